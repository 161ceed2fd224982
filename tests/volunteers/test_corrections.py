"""What a volunteer corrects on their record, and how it must look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hub.journal.models import Entry
from hub.people.models import Person, Role
from tests.support.make import make_hub, make_person, make_volunteer
from volunteers.corrections import correct_profile
from volunteers.models import Volunteer

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
ME = "/api/volunteers/me"


def patch(client: Client, address: str, **said: Any) -> Any:
    return client.patch(address, said, content_type="application/json")


def test_a_site_that_is_none_leaves_the_one_there_is(sign_in: SignIn) -> None:
    me = make_volunteer(home=make_hub())
    client = sign_in(me.person)
    for unknown in (0, 10**6):
        answer = client.patch(ME, {"home": unknown}, content_type="application/json")
        assert (answer.status_code, answer.json()["facts"]["model"]) == (404, "hub")
    me.refresh_from_db()
    assert me.home_id
    assert patch(client, ME, home=None).json()["home_id"] is None


def test_everything_that_is_mine_to_say(sign_in: SignIn) -> None:
    me, home = make_volunteer(), make_hub()
    windows = [{"weekday": 2, "start": 480, "end": 720}, {"weekday": 0, "start": 540, "end": 600}]
    record = patch(
        sign_in(me.person),
        ME,
        availability=windows,
        max_sessions=3,
        max_minutes=360,
        preferred_kinds=["visit", "reading"],
        home=home.pk,
        language="en",
        official_no=" 5001-1000 1234 ",
    ).json()
    assert record["availability"] == windows[::-1]
    assert (record["max_sessions"], record["max_minutes"], record["home_id"]) == (3, 360, home.pk)
    assert (sorted(record["preferred_kinds"]), record["language"]) == (["reading", "visit"], "en")
    assert record["official_no"] == "****1234"
    assert Volunteer.objects.get().official_no == "500110001234"
    entry = Entry.objects.get(action="volunteer.corrected")
    named = ["availability", "home", "language", "max_minutes", "max_sessions", "official_no", "preferred_kinds"]
    assert entry.facts == {"fields": named}


def test_what_is_not_named_stays_and_the_same_again_is_no_news(sign_in: SignIn) -> None:
    me = make_volunteer(max_sessions=2, max_minutes=100)
    client = sign_in(me.person)
    record = patch(client, ME, max_minutes=None).json()
    assert (record["max_sessions"], record["max_minutes"]) == (2, None)
    patch(client, ME, max_minutes=None, max_sessions=2)
    assert Entry.objects.filter(action="volunteer.corrected").count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"availability": [{"weekday": 7, "start": 0, "end": 60}]}, "times_wrong"),
        ({"availability": [{"weekday": 0, "start": 60, "end": 60}]}, "times_wrong"),
        ({"availability": [{"weekday": 0, "start": 0, "end": 1441}]}, "times_wrong"),
        ({"max_sessions": -1}, "limit_out_of_range"),
        ({"max_minutes": 10081}, "limit_out_of_range"),
        ({"preferred_kinds": ["dancing"]}, "unknown_kind"),
        ({"language": "fr"}, "unknown_language"),
        ({"official_no": "12"}, "official_no_wrong"),
    ],
)
def test_what_makes_no_sense_changes_nothing(sign_in: SignIn, said: dict[str, Any], code: str) -> None:
    me = make_volunteer()
    answer = patch(sign_in(me.person), ME, **said)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert not Entry.objects.filter(action="volunteer.corrected").exists()


def test_an_official_number_is_one_persons_and_unreadable_in_the_table(sign_in: SignIn) -> None:
    one, other = make_volunteer(), make_volunteer()
    correct_profile(volunteer=one, said={"official_no": "500110001234"}, by=one.person)
    answer = patch(sign_in(other.person), ME, official_no="5001 1000 1234")
    assert (answer.status_code, answer.json()["code"]) == (409, "official_no_taken")
    with connection.cursor() as cursor:
        cursor.execute("SELECT official_no FROM volunteers_volunteer WHERE id = %s", [one.pk])
        assert "500110001234" not in cursor.fetchone()[0]


def test_staff_correct_for_who_phones_and_it_is_marked(sign_in: SignIn) -> None:
    volunteer, by = make_volunteer(), make_person(Role.COORDINATOR)
    record = patch(sign_in(by), f"/api/volunteers/{volunteer.pk}", max_sessions=1).json()
    assert record["profile"]["max_sessions"] == 1
    entry = Entry.objects.get(action="volunteer.corrected")
    assert (entry.actor_id, entry.for_id) == (by.pk, volunteer.person_id)
