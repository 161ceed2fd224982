"""减少名额: held with who is there; those booked last go, each family told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.bookings.models import Booking
from scheduling.rescues.fewer import fewer_places
from scheduling.rescues.outcome import Eased
from scheduling.sessions.models import Need, Session
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.rescues.factories import SATURDAY, make_morning
from tests.support.make import make_need, make_person, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(SATURDAY, 8 * 60 + 40))


def booked(session: Session) -> list[int]:
    rows = Booking.objects.filter(session=session, state=Booking.State.BOOKED).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def test_those_booked_last_are_offered_another_session_or_told() -> None:
    session, need = make_morning(readers=1, least=2)
    first = [book_for(session) for _ in range(16)]
    guardian, pair = make_guardian(2)
    siblings = [book_for(session, child) for child in pair]
    last = book_for(session)
    monday = make_reading(program=session.program, hub=session.hub, day=SATURDAY + dt.timedelta(2), places=1)
    by = make_person(Role.COORDINATOR, hub=session.hub)
    Message.objects.all().delete()

    shown = fewer_places(session=session, seen="", by=by)
    assert (shown.done, shown.missing, shown.places) == (False, 0, 16)
    assert shown.roles == [Eased("领读员", 2, 1)]
    assert [(one.what, one.children) for one in shown.families] == [("offered", 1), ("told", 2)]
    assert (len(booked(session)), Message.objects.count()) == (19, 0)

    assert fewer_places(session=session, seen=shown.seen, by=by).done
    assert booked(session) == [row.pk for row in first]
    session.refresh_from_db()
    need.refresh_from_db()
    assert (session.places, need.min, need.target) == (16, 1, 3)
    offered = Booking.objects.get(session=monday)
    assert (offered.state, offered.instead_of_id) == (Booking.State.OFFERED, last.pk)
    told = set(Message.objects.values_list("to_id", "template"))
    assert told == {(last.booked_by_id, "booking_uncovered"), (guardian.pk, "booking_uncovered_alone")}
    assert {row.pk for row in siblings}.isdisjoint(booked(session))


def test_where_everybody_is_covered_only_the_minimum_gives_way() -> None:
    session, need = make_morning(readers=1, least=2)
    book_for(session)
    by = make_person()
    shown = fewer_places(session=session, seen="", by=by)
    done = fewer_places(session=session, seen=shown.seen, by=by)
    assert (done.done, done.families, done.missing, done.places) == (True, [], 0, 1)
    assert Need.objects.get(pk=need.pk).min == 1
    assert book_for(session).state == Booking.State.WAITING


def test_why_it_is_no_way_out() -> None:
    visit = make_session(day=SATURDAY)
    empty, _ = make_morning()
    alone, _ = make_morning()
    full, _ = make_morning(readers=1)
    book_for(alone)
    why = ((visit, "not_for_children"), (empty, "nobody_booked"), (alone, "adults_too_few"), (full, "not_short"))
    for session, code in why:
        with pytest.raises(Refused) as no:
            fewer_places(session=session, seen="", by=make_person())
        assert no.value.code == code


def test_no_role_is_left_empty() -> None:
    session, _ = make_morning(readers=1)
    make_need(session=session, role="讲故事", min=1)
    book_for(session)
    with pytest.raises(Refused) as no:
        fewer_places(session=session, seen="", by=make_person())
    assert (no.value.code, no.value.facts) == ("role_empty", {"role": "讲故事"})


def test_a_change_meanwhile_is_shown_and_nothing_is_written() -> None:
    session, _ = make_morning(readers=1, least=2)
    for _ in range(17):
        book_for(session)
    by = make_person()
    shown = fewer_places(session=session, seen="", by=by)
    book_for(session)
    again = fewer_places(session=session, seen=shown.seen, by=by)
    assert (again.done, len(again.families), len(booked(session))) == (False, 2, 18)
