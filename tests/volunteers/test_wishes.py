"""How often somebody wishes to come, and the shifts that are their own: said, changed, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Person, Role
from tests.support.make import MONDAY, make_hub, make_person, make_program, make_session, make_volunteer
from tests.support.queries import count_queries
from tests.volunteers.factories import make_standing_shift
from volunteers.models import StandingShift
from volunteers.wishes import end_standing, set_wish

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + dt.timedelta(days=1)


def put_wish(client: Client, per_week: Any) -> int:
    return client.put("/api/volunteers/me/wish", {"per_week": per_week}, content_type="application/json").status_code


def test_a_wish_is_said_changed_and_taken_back(sign_in: SignIn) -> None:
    me = make_volunteer()
    client = sign_in(me.person)
    for per_week in (2, 0, None):
        assert put_wish(client, per_week) == 200
        assert client.get("/api/volunteers/me").json()["wish_per_week"] == per_week
    assert [put_wish(client, wrong) for wrong in (-1, 15, "often")] == [422] * 3
    entries = Entry.objects.filter(action="volunteer.wished").order_by("pk")
    assert [(one.actor_id, one.for_id, one.facts) for one in entries] == [
        (me.person_id, None, {"per_week": per_week}) for per_week in (2, 0, None)
    ]


def test_the_same_wish_again_is_no_news() -> None:
    me, other = make_volunteer(wish_per_week=2), make_person(Role.COORDINATOR)
    set_wish(volunteer=me, per_week=2, by=me.person)
    assert (Entry.objects.count(), Event.objects.count()) == (0, 0)
    set_wish(volunteer=me, per_week=3, by=other)
    assert list(Entry.objects.values_list("actor_id", "for_id")) == [(other.pk, me.person_id)]
    assert list(Event.objects.values_list("topic__name", "kind", "ids")) == [
        (f"person:{me.person_id}", "volunteer.changed", {"volunteer": [me.pk]})
    ]
    with pytest.raises(Refused, match="wish_out_of_range"):
        set_wish(volunteer=me, per_week=15, by=me.person)


def test_a_shift_becomes_my_own_once() -> None:
    session = make_session(day=TUESDAY, start=16 * 60 + 30)
    shift = make_standing_shift(session=session)
    assert (shift.program, shift.hub, shift.weekday, shift.starts_minute) == (session.program, session.hub, 1, 990)
    me = shift.volunteer
    again = make_session(
        day=TUESDAY + dt.timedelta(weeks=1), start=16 * 60 + 50, hub=session.hub, program=session.program
    )
    assert make_standing_shift(volunteer=me, session=again) == shift
    later = make_session(day=TUESDAY, start=17 * 60 + 30, hub=session.hub, program=session.program)
    assert make_standing_shift(volunteer=me, session=later) != shift
    assert Entry.objects.filter(action="standing_shift.made").count() == 2
    assert StandingShift.objects.filter(volunteer=me).count() == 2


def test_it_is_taken_back_by_its_owner_and_by_who_plans_there(sign_in: SignIn) -> None:
    session = make_session()
    for person in (None, make_person(Role.COORDINATOR, hub=session.hub), make_person(Role.ADMINISTRATOR)):
        shift = make_standing_shift(session=session)
        address = f"/api/volunteers/standing-shifts/{shift.pk}"
        assert sign_in(person or shift.volunteer.person).delete(address).status_code == 204
        assert not StandingShift.objects.exists()
        assert sign_in(shift.volunteer.person).delete(address).status_code == 404
    assert Entry.objects.filter(action="standing_shift.ended").count() == 3


def test_taking_back_again_is_harmless() -> None:
    shift = make_standing_shift()
    for one in (shift, StandingShift.objects.get()):
        end_standing(shift=one, by=shift.volunteer.person)
    assert Entry.objects.filter(action="standing_shift.ended").count() == 1


def test_my_record_lists_them_in_the_weeks_order(sign_in: SignIn) -> None:
    me, hub, program = make_volunteer(), make_hub(name="沙溪"), make_program(name="共读")
    client = sign_in(me.person)

    def add(day: int, start: int) -> int:
        at = MONDAY + dt.timedelta(days=day)
        session = make_session(day=at, start=start, hub=hub, program=program)
        return make_standing_shift(volunteer=me, session=session).pk

    later, sooner = add(3, 480), add(1, 990)
    record = client.get("/api/volunteers/me").json()
    assert [one["id"] for one in record["standing_shifts"]] == [sooner, later]
    assert record["standing_shifts"][0] == {
        "id": sooner,
        "program": "共读",
        "kind": program.kind,
        "hub": "沙溪",
        "weekday": 1,
        "start": 990,
    }
    two = count_queries(lambda: client.get("/api/volunteers/me"))
    for number in range(28):
        add(number % 7, 60 * (number // 7))
    assert count_queries(lambda: client.get("/api/volunteers/me")) == two
