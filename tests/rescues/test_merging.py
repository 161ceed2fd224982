"""合并: who serves and who is served go over as far as they can, everybody is told once, nothing is left half done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.bookings.models import Booking
from scheduling.rescues.merging import merge_sessions, sessions_near
from scheduling.rescues.outcome import Outcome
from scheduling.sessions.models import Claim, Need, Session, StaffPlace
from scheduling.signups.models import Assignment
from tests.bookings.factories import actor_for, book_for, make_guardian, make_reading
from tests.rescues.factories import SATURDAY, TEN, make_morning, make_reader, serving
from tests.signups.factories import make_standby, take
from tests.support.make import make_hub, make_person, make_program
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(SATURDAY, 8 * 60 + 40))


def pair(**values: object) -> tuple[Session, Need, Session, Need]:
    """Two readings at one site: the first lacks a reader, the second has one."""
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    short, need = make_morning(program=program, hub=hub, least=2)
    into, other = make_morning(**{"program": program, "hub": hub, "readers": 1} | values)
    return short, need, into, other


def merged(session: Session, into: Session) -> Outcome:
    by = make_person(Role.COORDINATOR, hub=session.hub)
    shown = merge_sessions(session=session, into=into.pk, seen="", by=by)
    assert not shown.done
    return merge_sessions(session=session, into=into.pk, seen=shown.seen, by=by)


def test_all_go_over_and_are_told_once() -> None:
    short, need, into, _ = pair()
    reader = make_reader()
    take(need, reader)
    guardian, children = make_guardian(2)
    for child in children:
        book_for(short, child)
    there = book_for(into)
    Message.objects.all().delete()

    done = merged(short, into)

    assert (done.done, done.session, done.missing) == (True, into.pk, 0)
    assert [(one.what, one.name) for one in done.people] == [
        ("comes_over", reader.person.name),
        ("comes_over", short.duty_worker.name if short.duty_worker else ""),
    ]
    assert [(one.what, one.children) for one in done.families] == [("moves", 2)]
    assert serving(short) == []
    assert (reader.pk, "accepted") in serving(into), "at the same time their yes holds"
    short.refresh_from_db()
    assert (short.state, bool(short.cancel_reason)) == (Session.State.CANCELLED, True)
    rows = Booking.objects.filter(session=into, state=Booking.State.BOOKED).order_by("pk")
    assert [row.participant_id for row in rows] == [there.participant_id, *(child.person_id for child in children)]
    assert {row.booked_by_id for row in rows if row != there} == {guardian.pk}
    assert StaffPlace.objects.get().session == into
    assert not Claim.objects.filter(session=short).exists()
    told = Counter(Message.objects.values_list("to_id", "template"))
    assert told == {
        (reader.person_id, "shifts_changed"): 1,
        (short.duty_worker_id, "staff_stands_in"): 1,
        (guardian.pk, "booking_merged"): 1,
    }


def test_a_look_writes_nothing() -> None:
    short, need, into, _ = pair()
    take(need, make_reader())
    book_for(short)
    Message.objects.all().delete()
    before = list(Assignment.objects.order_by("pk").values_list("pk", "state", "session"))
    merge_sessions(session=short, into=into.pk, seen="", by=make_person())
    assert list(Assignment.objects.order_by("pk").values_list("pk", "state", "session")) == before
    short.refresh_from_db()
    assert (short.state, Message.objects.count(), StaffPlace.objects.count()) == (Session.State.PLANNED, 0, 0)


def test_at_another_time_they_are_asked_again() -> None:
    short, need, into, _ = pair(start=TEN + 120)
    reader = make_reader()
    take(need, reader)
    done = merged(short, into)
    assert done.people[0].what == "asked_again"
    assert (reader.pk, "published") in serving(into)


def test_a_full_role_takes_one_more_and_who_may_not_stays_home() -> None:
    short, need, into, other = pair(target=1)
    welcome, left_us = make_reader(), make_reader()
    for volunteer in (welcome, left_us):
        take(need, volunteer)
    Volunteer.objects.filter(pk=left_us.pk).update(active=False)
    done = merged(short, into)
    assert [one.what for one in done.people[:2]] == ["comes_over", "stays_home"]
    assert Need.objects.get(pk=other.pk).target == 2
    told = dict(
        Message.objects.filter(to_id__in=[welcome.person_id, left_us.person_id]).values_list("to_id", "template")
    )
    assert told == {welcome.person_id: "shifts_changed", left_us.person_id: "shifts_released"}


def test_families_beyond_its_places_are_offered_others_those_booked_last_first() -> None:
    short, _, into, _ = pair(places=2)
    first, last = book_for(short), book_for(short)
    book_for(into)
    monday = make_reading(program=short.program, hub=short.hub, day=SATURDAY + dt.timedelta(2), places=1)
    done = merged(short, into)
    assert [one.what for one in done.families] == ["moves", "offered"]
    assert Booking.objects.get(session=into, participant=first.participant_id).state == "booked"
    offered = Booking.objects.get(session=monday)
    assert (offered.participant_id, offered.instead_of_id, offered.state) == (last.participant_id, last.pk, "offered")


def test_children_go_where_adults_suffice_for_them() -> None:
    """Duty workers of both and one reader: three adults are good for 24 of that age."""
    short, _, into, _ = pair(places=40)
    for _ in range(20):
        book_for(into)
    for _ in range(6):
        book_for(short)
    done = merged(short, into)
    assert Counter(one.what for one in done.families) == {"moves": 4, "told": 2}
    assert done.missing == 0


def test_who_stood_by_and_who_waited_hears_that_it_is_off() -> None:
    short, need, into, _ = pair()
    Session.objects.filter(pk=short.pk).update(places=1)
    book_for(short)
    waits = book_for(short)
    standby = make_standby(need, make_reader())
    Message.objects.all().delete()
    merged(short, into)
    told = dict(Message.objects.values_list("to_id", "template"))
    assert told[standby.volunteer.person_id] == "session_cancelled"
    assert told[waits.booked_by_id] == "booking_session_cancelled"


def test_what_is_near() -> None:
    short, _, into, _ = pair(start=TEN + 60)
    make_morning(program=short.program, hub=short.hub, start=TEN + 181)
    make_morning(program=short.program)
    make_morning(hub=short.hub)
    coordinator = make_person(Role.COORDINATOR, hub=short.hub)
    assert sessions_near(short, actor_for(coordinator)) == [into]
    assert sessions_near(short, actor_for(make_person(Role.COORDINATOR))) == []
    far, _ = make_morning()
    with pytest.raises(Refused, match="not_found"):
        merge_sessions(session=short, into=far.pk, seen="", by=coordinator)
