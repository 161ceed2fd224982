"""Calendar addresses over the API: made, shown once, replaced, ended; a calendar as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from hub.journal.models import Entry
from hub.people.models import Person, Role
from hub.places.models import District
from scheduling.calendars.models import Feed
from tests.bookings.factories import make_guardian
from tests.calendars.factories import fetch, open_address
from tests.signups.factories import make_regular, take
from tests.support.make import make_agency, make_hub, make_need, make_person, make_program, make_room, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
JSON = "application/json"


def make(client: Client, scope: str, scope_id: int | None = None) -> Any:
    return client.post("/api/feeds", {"scope": scope, "scope_id": scope_id}, JSON)


def test_an_address_is_shown_once_replaced_and_revoked(sign_in: SignIn) -> None:
    place = take(make_need())
    client = sign_in(place.volunteer.person)
    first = make(client, "volunteer")
    assert first.status_code == 201
    assert fetch(first.json()["path"]).status_code == 200
    (listed,) = client.get("/api/feeds").json()
    assert (listed["id"], listed["scope"], "path" in listed) == (first.json()["id"], "volunteer", False)
    assert listed["last_used_at"] is not None

    second = make(client, "volunteer").json()
    assert fetch(first.json()["path"]).status_code == 410
    assert fetch(second["path"]).status_code == 200
    assert [one["id"] for one in client.get("/api/feeds").json()] == [second["id"]]

    assert client.delete(f"/api/feeds/{second['id']}").status_code == 204
    assert client.delete(f"/api/feeds/{second['id']}").status_code == 204
    assert fetch(second["path"]).status_code == 410
    assert client.get("/api/feeds").json() == []
    actions = Entry.objects.filter(action__startswith="feed.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["feed.opened", "feed.replaced", "feed.revoked"]


def test_an_alarm_is_chosen_and_stays_with_a_new_address(sign_in: SignIn) -> None:
    client = sign_in(take(make_need()).volunteer.person)
    feed = make(client, "volunteer").json()
    assert (feed["alarm"], b"VALARM" in fetch(feed["path"]).content) == (0, False)
    changed = client.patch(f"/api/feeds/{feed['id']}", {"alarm": 30}, JSON)
    assert (changed.status_code, changed.json()["alarm"]) == (200, 30)
    assert b"TRIGGER:-PT30M" in fetch(feed["path"]).content
    assert client.patch(f"/api/feeds/{feed['id']}", {"alarm": 31}, JSON).status_code == 422
    renewed = make(client, "volunteer").json()
    assert (renewed["alarm"], b"TRIGGER:-PT30M" in fetch(renewed["path"]).content) == (30, True)
    client.patch(f"/api/feeds/{renewed['id']}", {"alarm": 0}, JSON)
    assert b"VALARM" not in fetch(renewed["path"]).content


def test_the_district_is_its_administrators(sign_in: SignIn) -> None:
    district = District.objects.create(name="綦江区")
    for role, status in ((Role.ADMINISTRATOR, 201), (Role.COORDINATOR, 404)):
        client = sign_in(make_person(role))
        offered = [one for one in client.get("/api/feeds/targets").json() if one["scope"] == "district"]
        assert [one["name"] for one in offered] == (["綦江区"] if status == 201 else [])
        assert make(client, "district", district.pk).status_code == status


def test_only_what_is_ones_own(sign_in: SignIn) -> None:
    hub = make_hub()
    other, (_child,) = make_guardian()
    me = sign_in(make_regular().person)
    for scope, scope_id in (
        ("volunteer", make_regular().pk),
        ("family", other.guarded_family.pk),
        ("family", None),
        ("hub", hub.pk),
        ("room", make_room(hub=hub).pk),
        ("agency", make_agency().pk),
        ("program", make_program().pk),
    ):
        assert (scope, make(me, scope, scope_id).status_code) == (scope, 404)
        query = f"?scope={scope}" + (f"&scope_id={scope_id}" if scope_id else "")
        assert (scope, me.get(f"/api/feeds/file{query}").status_code) == (scope, 404)
    assert Feed.objects.count() == 0


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SOCIAL_WORKER, Role.ADMINISTRATOR])
def test_staff_subscribe_to_what_they_look_after(sign_in: SignIn, role: Role) -> None:
    hub, agency = make_hub(), make_agency()
    agency.residencies.create(hub=hub)
    room, program = make_room(hub=hub), make_program(agency=agency)
    elsewhere = make_session()
    client = sign_in(make_person(role, hub=hub, agency=agency))
    ours = {("hub", hub.pk), ("room", room.pk), ("agency", agency.pk), ("program", program.pk)}
    offered = {(one["scope"], one["scope_id"]) for one in client.get("/api/feeds/targets").json()}
    others = {("hub", elsewhere.hub_id), ("program", elsewhere.program_id), ("agency", elsewhere.program.agency_id)}
    assert ours <= offered
    assert (others & offered == set()) == (role != Role.ADMINISTRATOR)
    assert {make(client, *target).status_code for target in ours} == {201}
    expected = 201 if role == Role.ADMINISTRATOR else 404
    assert {make(client, *target).status_code for target in others} == {expected}


def test_a_file_holds_what_the_feed_holds(sign_in: SignIn) -> None:
    place = take(make_need())
    person = place.volunteer.person
    response = sign_in(person).get("/api/feeds/file?scope=volunteer")
    assert response["Content-Disposition"] == f'attachment; filename="renqi-volunteer-{place.volunteer_id}.ics"'
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).events
    feed = Calendar.from_ical(fetch(open_address(person, "volunteer")).content)
    assert event.to_ical() == feed.events[0].to_ical()


def test_a_list_of_addresses_costs_the_same_for_one_and_for_thirty(sign_in: SignIn) -> None:
    admin = make_person(Role.ADMINISTRATOR)
    client = sign_in(admin)
    open_address(admin, "hub", make_hub().pk)
    client.get("/api/feeds")
    one = count_queries(lambda: client.get("/api/feeds"))
    for _ in range(29):
        open_address(admin, "hub", make_hub().pk)
    assert len(client.get("/api/feeds").json()) == 30
    assert count_queries(lambda: client.get("/api/feeds")) == one
