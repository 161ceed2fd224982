"""From the cut-off on: a call-out, a move proposed, a cancellation with the nearest other place; staff step in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.notify.models import Message
from hub.people.models import Person, Role
from hub.people.names import given_name
from programs.models import AdultRatio
from scheduling.bookings.bookings import cancel_booking
from scheduling.bookings.models import Booking
from scheduling.bookings.seats import seats_of
from scheduling.bookings.turns import accept_turn, guardian_behind
from scheduling.callouts.models import CallOut
from scheduling.cutoffs.cutoffs import extend, step_in
from scheduling.cutoffs.due import look_at_due
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session
from scheduling.sessions.sessions import move_session
from scheduling.signups.signups import decline
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.cutoffs.factories import HOUR, place_in, short_session
from tests.support.make import MONDAY, make_hub, make_person, make_program
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
State = CutOff.State


@pytest.fixture(autouse=True)
def _a_week_before(at_time: AtTime) -> None:
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))


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


def test_only_the_last_booked_go(at_time: AtTime) -> None:
    session, need = short_session(places=30)
    place_in(need)
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
    assert book_for(session).state == "waiting", "nobody covers another child there"


def test_every_family_is_offered_the_nearest_that_still_has_room(at_time: AtTime) -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    session, _ = short_session(program=program, hub=hub)
    near, far = (make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(days), places=1) for days in (1, 2))
    last = [book_for(session) for _ in range(2)]
    for moment in (session.starts_at - 24 * HOUR, session.starts_at - 20 * HOUR):
        at_time(moment)
        look_at_due()
    offered = Booking.objects.filter(state=Booking.State.OFFERED).order_by("session__starts_at")
    assert [(row.session_id, row.instead_of_id) for row in offered] == [(near.pk, last[1].pk), (far.pk, last[0].pk)]


def test_nobody_is_sent_to_a_session_that_is_short_itself(at_time: AtTime) -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    session, _ = short_session(program=program, hub=hub)
    short_session(program=program, hub=hub, start=18 * 60)
    book_for(session)
    other = make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(3))
    for moment in (session.starts_at - 24 * HOUR, session.starts_at - 20 * HOUR):
        at_time(moment)
        look_at_due()
    assert [row.session_id for row in Booking.objects.filter(state=Booking.State.OFFERED)] == [other.pk]


def test_a_sibling_whose_offer_is_gone_is_told_too(at_time: AtTime) -> None:
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    session, _ = short_session(program=program, hub=hub)
    make_reading(program=program, hub=hub, day=MONDAY + dt.timedelta(2), places=2)
    guardian, pair = make_guardian(2)
    rows = [book_for(session, child) for child in pair]
    for moment in (session.starts_at - 24 * HOUR, session.starts_at - 20 * HOUR):
        at_time(moment)
        look_at_due()
    declined = Booking.objects.get(instead_of=rows[0])
    cancel_booking(booking=declined.pk, by=guardian)
    at_time(clock.at(MONDAY, 9 * 60))
    look_at_due()
    told = {one.template: one.variables["children"] for one in Message.objects.filter(template__contains="uncovered")}
    names = [given_name(child.person.name) for child in pair]
    assert told == {"booking_uncovered": names[1], "booking_uncovered_alone": names[0]}


def test_an_adult_lost_after_the_last_step_begins_it_anew(at_time: AtTime) -> None:
    session, need = short_session(places=30)
    there = place_in(need)
    book_for(session)
    for _ in range(16):
        book_for(session)
    for hours in (24, 20, 7):
        at_time(session.starts_at - hours * HOUR)
        look_at_due()
    assert CutOff.objects.get().state == State.CANCELLED
    assert Booking.objects.filter(state=Booking.State.BOOKED).exists()
    decline(assignment=there.pk, by=make_person())
    look_at_due()
    assert CutOff.objects.get().state == State.CALLING
    at_time(session.starts_at - HOUR)
    look_at_due()
    assert not Booking.objects.filter(state=Booking.State.BOOKED).exists()


def test_in_the_last_hour_only_people_decide(at_time: AtTime, sign_in: SignIn) -> None:
    session, need = short_session()
    there = place_in(need)
    book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    at_time(session.starts_at - HOUR + dt.timedelta(minutes=1))
    decline(assignment=there.pk, by=make_person())
    assert (look_at_due(), look_at_due()) == (1, 0)
    assert CallOut.objects.get().need == need
    at_time(session.starts_at - dt.timedelta(minutes=1))
    assert look_at_due() == 0
    assert Booking.objects.get().state == "booked"
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    assert [(one["state"], one["next_look"]) for one in client.get("/api/cutoffs").json()] == [("last_hour", None)]


def test_in_the_last_hour_it_takes_as_many_more_as_its_adults_cover(at_time: AtTime) -> None:
    session, need = short_session()
    at_time(session.starts_at - HOUR - dt.timedelta(minutes=1))
    assert seats_of(session).open == 9
    at_time(session.starts_at - HOUR)
    assert seats_of(session).open == 0
    place_in(need)
    for _ in range(4):
        book_for(session)
    assert (seats_of(session).open, count_queries(lambda: seats_of(session))) == (5, 6)
    AdultRatio.objects.create(up_to_age=18, children_per_adult=3, valid_from=MONDAY)
    assert seats_of(session).open == 2


def test_another_time_has_a_cut_off_of_its_own(at_time: AtTime) -> None:
    session, _ = short_session(places=1)
    book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    session.refresh_from_db()
    later = session.starts_at + dt.timedelta(days=7)
    move_session(
        session_id=session.pk, revision=session.revision, hub=session.hub, room=None, starts_at=later,
        ends_at=later + HOUR, by=make_person(), confirmed=True,
    )  # fmt: skip
    assert look_at_due() == 0
    assert seats_of(Session.objects.get()).open == 0
    cancel_booking(booking=Booking.objects.get().pk, by=make_person(), as_staff=True)
    assert book_for(Session.objects.get()).state == "booked"


def test_covered_after_all(at_time: AtTime) -> None:
    session, need = short_session()
    book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    place_in(need)
    at_time(session.starts_at - 20 * HOUR)
    assert (look_at_due(), CutOff.objects.get().state) == (1, State.COVERED)
    assert book_for(session).state == "booked"


def test_enough_adults_or_nobody_booked_is_no_concern(at_time: AtTime) -> None:
    session, need = short_session()
    place_in(need)
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
