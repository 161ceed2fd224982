"""The figures of eligibility and planning: read by planners, set by administrators."""

from __future__ import annotations

from typing import Any

import pytest

from hub.journal.models import Entry
from hub.people.models import Role
from scheduling.sessions.models import RosterSettings, default_weights
from tests.support.clients import client_for
from tests.support.make import make_person

pytestmark = pytest.mark.django_db
PATH = "/api/settings/roster"


def put(client: Any, body: dict[str, Any]) -> Any:
    return client.put(PATH, body, content_type="application/json")


def test_the_figures_begin_as_the_domain_has_them() -> None:
    figures = client_for(make_person(Role.COORDINATOR)).get(PATH).json()
    assert (figures["travel_base_minutes"], figures["travel_minutes_per_km"]) == (6, 4.5)
    assert figures["weights"]["min"] == {"first": 10000, "second": 4000, "third": 1500}
    assert RosterSettings.objects.count() == 0


def test_an_administrator_changes_them_and_it_is_recorded() -> None:
    admin = make_person(Role.ADMINISTRATOR)
    client = client_for(admin)
    figures = client.get(PATH).json()
    figures["min_rest_minutes"] = 30
    figures["weights"]["min"]["first"] = 12000
    assert put(client, figures).json() == figures
    assert client.get(PATH).json() == figures
    row = RosterSettings.objects.get()
    assert (row.min_rest_minutes, row.weights) == (30, default_weights() | {"min": {"1": 12000, "2": 4000, "3": 1500}})
    entry = Entry.objects.get(action="settings.changed")
    assert (entry.actor_id, set(entry.facts["changed"])) == (admin.pk, {"min_rest_minutes", "weights"})


def test_the_same_again_is_no_change() -> None:
    client = client_for(make_person(Role.ADMINISTRATOR))
    figures = client.get(PATH).json()
    put(client, figures)
    assert Entry.objects.filter(action="settings.changed").count() == 0


@pytest.mark.parametrize(("name", "value"), [
    ("min_rest_minutes", -1), ("min_rest_minutes", 1441), ("travel_minutes_per_km", -0.1), ("history_weeks", 53),
    ("history_weeks", "x"), ("max_travel_minutes", None), ("travel_base_minutes", "NaN"),
])  # fmt: skip
def test_impossible_figures_are_refused(name: str, value: object) -> None:
    client = client_for(make_person(Role.ADMINISTRATOR))
    answer = put(client, client.get(PATH).json() | {name: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert RosterSettings.objects.count() == 0


def test_a_coordinator_reads_only() -> None:
    client = client_for(make_person(Role.COORDINATOR))
    assert put(client, client.get(PATH).json()).status_code == 403
