"""From the cut-off on: a call-out, a move proposed, a cancellation with the nearest other place; staff step in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.notify.models import Message
from hub.people.models import Person, Role
from scheduling.bookings.models import Booking
from scheduling.bookings.turns import accept_turn, guardian_behind
from scheduling.callouts.models import CallOut
from scheduling.cutoffs.cutoffs import extend, step_in
from scheduling.cutoffs.due import look_at_due
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_program, make_volunteer
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
State = CutOff.State
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_week_before(at_time: AtTime) -> None:
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))


def short_session(**values: object) -> tuple[Session, Need]:
    """At four in the afternoon, two adults needed, one confirmed."""
    duty = make_person(Role.SOCIAL_WORKER)
    session = make_reading(**{"start": 16 * 60, "places": 9, "duty_worker": duty} | values)
    return session, make_need(session=session, min=1, target=2, clearance="child")


def confirm(need: Need, count: int = 1) -> None:
    now = clock.now()
    for _ in range(count):
        Assignment.objects.create(
            need=need, session=need.session, volunteer=make_volunteer(), state="accepted", source="hand",
            created_at=now, changed_at=now,
        )  # fmt: skip


def test_step_by_step(at_time: AtTime) -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    session, need = short_session(program=program, hub=hub)
    other = make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(1), start=16 * 60, places=9)
    make_reading(program=make_program(kind="reading"), hub=hub, day=MONDAY, start=18 * 60, places=9)
    guardian, pair = make_guardian(2)
    rows = [book_for(session, child) for child in pair]
    cut = session.starts_at - 24 * HOUR
    at_time(cut - dt.timedelta(seconds=1))
    assert look_at_due() == 0
    at_time(cut)
    assert (look_at_due(), look_at_due()) == (1, 0)
    row = CutOff.objects.get()
    assert (row.state, row.next_look) == (State.CALLING, cut + 4 * HOUR)
    assert CallOut.objects.get().need == need

    at_time(cut + 4 * HOUR)
    assert (look_at_due(), look_at_due()) == (1, 0)
    proposed = Booking.objects.filter(session=other, state=Booking.State.OFFERED)
    assert sorted(one.instead_of_id or 0 for one in proposed) == [one.pk for one in rows]
    message = Message.objects.get(template="booking_move_proposed")
    assert (message.to_id, message.variables["before"]) == (guardian.pk, program.name)
    row.refresh_from_db()
    # Ten hours after the cut-off is two at night.
    assert (row.state, row.next_look) == (State.MOVING, clock.at(MONDAY, 9 * 60))

    turn = proposed[0].turn_id or 0
    accept_turn(turn=turn, by=guardian_behind(turn))
    states = dict(Booking.objects.order_by("pk").values_list("session", "state"))
    assert states == {session.pk: "cancelled", other.pk: "booked"}


def test_silence_is_cancelled_with_the_same_place_still_held(at_time: AtTime) -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    session, _ = short_session(program=program, hub=hub)
    other = make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(2), places=1)
    alone = book_for(session)
    near = book_for(session)
    for moment in (session.starts_at - 24 * HOUR, session.starts_at - 20 * HOUR):
        at_time(moment)
        look_at_due()
    at_time(clock.at(MONDAY, 9 * 60))
    assert look_at_due() == 1
    for row in (alone, near):
        row.refresh_from_db()
    assert {alone.state, near.state} == {"cancelled"}
    assert Booking.objects.get(session=other).participant_id == near.participant_id
    assert Message.objects.get(template="booking_uncovered").to_id == near.booked_by_id
    assert Message.objects.get(template="booking_uncovered_alone").to_id == alone.booked_by_id
    assert CutOff.objects.get().state == State.CANCELLED
    assert book_for(session).state == "waiting", "nobody covers another child there"


def test_only_the_last_booked_go(at_time: AtTime) -> None:
    session, need = short_session(places=30)
    confirm(need)
    first = [book_for(session) for _ in range(16)]
    last = book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    for hours in (4, 19):
        at_time(session.starts_at - 24 * HOUR + hours * HOUR)
        look_at_due()
    states = dict(Booking.objects.values_list("pk", "state"))
    gone = [pk for pk, state in states.items() if state == "cancelled"]
    assert last.pk in gone
    assert first[0].pk not in gone
    assert gone == [row.pk for row in [*first, last]][-len(gone) :]


def test_covered_after_all(at_time: AtTime) -> None:
    session, need = short_session()
    book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    confirm(need)
    at_time(session.starts_at - 20 * HOUR)
    assert (look_at_due(), CutOff.objects.get().state) == (1, State.COVERED)
    assert book_for(session).state == "booked"


def test_enough_adults_or_nobody_booked_is_no_concern(at_time: AtTime) -> None:
    session, need = short_session()
    confirm(need)
    book_for(session)
    make_reading(start=16 * 60)
    at_time(session.starts_at - 24 * HOUR)
    assert (look_at_due(), CutOff.objects.count()) == (0, 0)


def test_staff_see_it_wait_or_step_in(at_time: AtTime, sign_in: SignIn) -> None:
    session, _ = short_session()
    book_for(session)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    at_time(session.starts_at - 30 * HOUR)
    (coming,) = client.get("/api/cutoffs").json()
    assert {name: coming[name] for name in ("session", "state", "lacking", "families", "children")} == {
        "session": session.pk, "state": "coming", "lacking": 1, "families": 1, "children": 1,
    }  # fmt: skip
    cut = session.starts_at - 24 * HOUR
    at_time(cut)
    look_at_due()
    assert client.post(f"/api/cutoffs/{session.pk}/extend", {"hours": 3}, "application/json").status_code == 204
    assert CutOff.objects.get().next_look == cut + 7 * HOUR
    assert client.post(f"/api/cutoffs/{session.pk}/step-in").status_code == 204
    at_time(session.starts_at - HOUR)
    assert look_at_due() == 0
    assert [one["state"] for one in client.get("/api/cutoffs").json()] == ["stepped_in"]
    assert Booking.objects.get().state == "booked"


def test_waiting_ends_an_hour_before_it_begins(at_time: AtTime) -> None:
    session, _ = short_session()
    book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    by = make_person()
    assert extend(session=session.pk, hours=24, by=by).next_look == session.starts_at - HOUR
    assert step_in(session=session.pk, by=by).next_look is None


def test_many_cost_as_many_queries_as_one(at_time: AtTime, sign_in: SignIn) -> None:
    hub = make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    session, _ = short_session(hub=hub)
    book_for(session)
    at_time(session.starts_at - 30 * HOUR)
    client.get("/api/cutoffs")
    one = count_queries(lambda: client.get("/api/cutoffs"))
    for _ in range(10):
        book_for(short_session(hub=hub)[0])
    assert count_queries(lambda: client.get("/api/cutoffs")) == one
