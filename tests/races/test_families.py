"""Many families at the same moment: siblings, cancellations, offers answered twice, and the cut-off in between."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Child, Person, Role
from hub.tokens import token_hash
from scheduling.bookings.bookings import book_together, cancel_booking
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.tasks import look
from scheduling.bookings.turns import accept_turn, guardian_behind
from scheduling.cutoffs.covering import booked_in, confirmed_adults, uncovered
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.sessions import move_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, decline, sign_up
from tests.bookings.factories import book_for, make_guardian, make_reading, offered_to
from tests.signups.factories import make_regular
from tests.support.clients import client_for
from tests.support.make import MONDAY, make_child, make_hub, make_need, make_person, make_program

AtOnce = Callable[..., list[object]]
Family = tuple[Person, list[Child]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
State = Booking.State
LANES = 50
"""As many connections as a server has; the rest stand in line."""


def all_at_once(at_once: AtOnce, calls: Sequence[Callable[[], object]]) -> list[object]:
    """In the order of the lanes; an exception is a result like any other."""

    def walk(lane: Sequence[Callable[[], object]]) -> list[object]:
        found: list[object] = []
        for call in lane:
            try:
                found.append(call())
            except Exception as error:
                found.append(error)
        return found

    lanes = [calls[start::LANES] for start in range(min(LANES, len(calls)))]
    return [result for lane in at_once([partial(walk, lane) for lane in lanes]) for result in lane]  # type: ignore[attr-defined]


def faults(results: Sequence[object]) -> list[object]:
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]


def booking(session: Session, family: Family) -> Callable[[], object]:
    guardian, children = family
    ids = [child.pk for child in children]
    return partial(book_together, session=session.pk, children=ids, by=guardian, all_or_none=True)


def by_family(session: Session) -> list[list[str]]:
    """The states of each family's children, in the order in which the session's lock let their rows be written."""
    rows: dict[int, list[str]] = defaultdict(list)
    found = Booking.objects.filter(session=session).order_by("pk")
    for family, state in found.values_list("participant__child__family", "state"):
        rows[family].append(state)
    return list(rows.values())


def test_two_hundred_families_for_twelve_seats(at_once: AtOnce) -> None:
    session = make_reading(places=12)
    families = [make_guardian(size) for size in [1] * 120 + [2] * 60 + [3] * 20]
    random.Random(7).shuffle(families)

    results = all_at_once(at_once, [booking(session, family) for family in families])

    assert [one for one in results if isinstance(one, Exception)] == []
    found = by_family(session)
    assert len(found) == 200
    assert Counter(state for states in found for state in states) == {"booked": 12, "waiting": 288}
    # One after the other in that order: who fits has places, who doesn't waits, and nobody is split.
    free = 12
    for states in found:
        fits = len(states) <= free
        assert states == [State.BOOKED if fits else State.WAITING] * len(states)
        free -= len(states) if fits else 0
    assert Claim.objects.filter(session=session).count() == 12
    turns = Booking.objects.filter(session=session, state=State.WAITING).order_by("pk").values_list("turn", flat=True)
    assert list(turns) == sorted(turns), "the line is numbered in the same order"


def test_families_come_while_others_give_back(at_once: AtOnce) -> None:
    """Twelve places given back one by one: each goes to whoever came first in line and fits, none to newcomers."""
    session = make_reading(places=12)
    holders = [book_for(session) for _ in range(12)]
    pairs, singles = [make_guardian(2) for _ in range(6)], [make_child() for _ in range(16)]
    for one, other in zip([*pairs, *[None] * 10], singles, strict=True):
        if one:
            booking(session, one)()
        book_for(session, other)
    newcomers = [make_guardian(size) for size in [1, 2] * 20]
    calls = [partial(cancel_booking, booking=row.pk, by=row.booked_by) for row in holders]
    calls += [booking(session, family) for family in newcomers]  # type: ignore[list-item]
    random.Random(7).shuffle(calls)

    results = all_at_once(at_once, calls)

    assert [one for one in results if isinstance(one, Exception)] == []
    offered = Booking.objects.filter(session=session, state=State.OFFERED).order_by("turn")
    # A pair finds one place free at a time: it keeps its turn.
    assert list(offered.values_list("participant", flat=True)) == [child.person_id for child in singles[:12]]
    assert all(len(set(states)) == 1 for states in by_family(session))
    assert Claim.objects.filter(session=session).count() == 0
    assert look() == 0, "every freed place was offered at once"


def test_an_offer_answered_by_link_and_on_two_phones(at_once: AtOnce) -> None:
    """Father's and mother's phone, and the link of the message: siblings have their places once, or not at all."""
    for answers in ([True] * 6, [True, False] * 3):
        guardian, pair = make_guardian(2)
        row = offered_to(*pair)
        waiting = book_for(row.session)
        token = "families-race"
        Turn.objects.filter(token_hash__isnull=False).update(token_hash=None)
        Turn.objects.filter(pk=row.turn_id).update(token_hash=token_hash(token))
        phones = [client_for(guardian), client_for(guardian), Client()]
        paths = [f"/api/turns/{row.turn_id}/answer"] * 2 + [f"/api/turn-links/{token}"]
        calls = [
            partial(phones[number % 3].post, paths[number % 3], {"coming": coming}, "application/json")
            for number, coming in enumerate(answers)
        ]
        statuses = Counter(result.status_code for result in at_once(calls))  # type: ignore[attr-defined]
        states = set(Booking.objects.filter(turn=row.turn_id).values_list("state", flat=True))
        waiting.refresh_from_db()
        if all(answers):
            assert statuses == {200: 6}
        assert set(statuses) <= {200, 409}
        assert (states, waiting.state) in (
            ({State.BOOKED}, State.WAITING),
            ({State.CANCELLED}, State.OFFERED),
        )
        held = 2 if states == {State.BOOKED} else 0
        assert Claim.objects.filter(session=row.session).count() == held
        assert (
            Entry.objects.filter(action="booking.accepted", for_id__in=[one.person_id for one in pair]).count() == held
        )


def test_the_cut_off_while_families_and_adults_change_their_minds(
    at_once: AtOnce, at_time: Callable[[dt.datetime], None]
) -> None:
    """Each step is taken once, whoever books, gives back, accepts another session, comes or can't come meanwhile."""
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))
    program, hub = make_program(kind="reading"), make_hub()
    duty = make_person(Role.SOCIAL_WORKER)
    short = make_reading(program=program, hub=hub, places=10, start=16 * 60, duty_worker=duty)
    other = make_reading(program=program, hub=hub, places=6, day=MONDAY + dt.timedelta(days=1), start=16 * 60)
    need = make_need(session=short, min=1, target=3)
    adults = [make_regular() for _ in range(3)]
    families = [make_guardian(size) for size in (1, 2, 1, 2, 1)]
    for family in families:
        booking(short, family)()
    sign_up(need=need.pk, person=adults[0].person_id, by=adults[0].person)
    decline(assignment=Assignment.objects.get().pk, by=adults[0].person)
    steps = [short.starts_at - dt.timedelta(hours=hours) for hours in (24, 20, 7)]

    for number, moment in enumerate(steps):
        at_time(moment)
        turns = Turn.objects.filter(bookings__state=State.OFFERED).distinct()
        rows = Booking.objects.filter(session=short, state=State.BOOKED).order_by("-pk")
        calls: list[Callable[[], object]] = [look] * 4
        calls += [partial(accept_turn, turn=turn.pk, by=guardian_behind(turn.pk)) for turn in turns[:2]] * 2
        calls += [partial(cancel_booking, booking=row.pk, by=row.booked_by) for row in rows[:1]]
        calls += [booking(short, make_guardian(2)), booking(other, make_guardian(1))]
        if number:  # The first step finds adults lacking.
            adult = adults[number].person
            calls += [partial(sign_up, need=need.pk, person=adult.pk, by=adult)]
            for row in Assignment.objects.filter(need=need):
                calls += [partial(accept, assignment=row.pk, by=None), partial(decline, assignment=row.pk, by=None)]
        assert faults(all_at_once(at_once, calls)) == []
        for session in (short, other):
            held = Booking.objects.filter(session=session, state__in=Booking.HOLDING)
            assert held.count() <= (session.places or 0)
            booked = Booking.objects.filter(session=session, state=State.BOOKED).values_list("participant", flat=True)
            claimed = Claim.objects.filter(session=session, resource__in=[f"person:{pk}" for pk in booked])
            assert claimed.count() == len(booked)
        for _, children in families:
            for child in children:
                assert Booking.objects.filter(participant=child.person, state=State.BOOKED).count() <= 1
        steps_taken = Entry.objects.filter(action__startswith="cutoff.").values_list("action", flat=True)
        assert Counter(steps_taken).most_common(1)[0][1] <= number + 1, "no step is taken twice at one moment"

    at_time(short.starts_at - dt.timedelta(hours=1))
    for _ in range(10):
        if not look():
            break
    short.refresh_from_db()
    booked_rows = booked_in(short)
    assert short.state == "cancelled" or not uncovered(short, booked_rows, confirmed_adults([short])[short.pk])
    assert CutOff.objects.count() == 1


def test_a_session_moves_onto_another_while_its_children_book_there(at_once: AtOnce) -> None:
    for _ in range(3):
        hub = make_hub()
        moving, staying = make_reading(hub=hub, places=6), make_reading(hub=hub, start=14 * 60, places=6)
        rows = [book_for(moving) for _ in range(6)]
        children = [row.participant.child for row in rows]
        by = make_person()
        starts = staying.starts_at
        calls: list[Callable[[], object]] = [
            partial(
                move_session,
                session_id=moving.pk,
                revision=moving.revision,
                hub=hub,
                room=None,
                by=by,
                starts_at=starts,
                ends_at=starts + dt.timedelta(minutes=90),
                confirmed=True,
            )
        ]
        calls += [booking(staying, (child.family.guardian, [child])) for child in children]
        assert faults(all_at_once(at_once, calls)) == []
        for child in children:
            assert Booking.objects.filter(participant=child.person, state=State.BOOKED).count() == 1
