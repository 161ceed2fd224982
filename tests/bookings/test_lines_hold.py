"""Whatever families do, in whatever order, and however time passes: no session holds more than its places, kept places
are nobody else's, siblings stay together, the line is fair, and no place stays free while somebody waits who fits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub import clock
from hub.errors import Refused
from hub.people.models import Child, Person
from scheduling.bookings.bookings import book_outing, book_together, cancel_booking
from scheduling.bookings.kept_places import keep_places
from scheduling.bookings.line import FAIR, lines_of
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.seats import seats_of
from scheduling.bookings.series import book_series, cancel_series
from scheduling.bookings.tasks import look
from scheduling.bookings.turns import accept_turn, decline_turn, offer_instead
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.sessions import edit_session
from tests.bookings.factories import make_guardian, make_reading
from tests.support.make import MONDAY, make_hub, make_person, make_program

pytestmark = pytest.mark.django_db
State = Booking.State
SIZES = (1, 2, 3, 2, 1)
which = st.integers(0, 10**6)


class Lines(RuleBasedStateMachine):
    """One program's sessions in one week, few places, one of them kept; families of one to three children."""

    sessions: list[Session]
    families: list[tuple[Person, list[Child]]]

    def __init__(self) -> None:
        super().__init__()
        self.real_now = clock.now
        self.moment = clock.at(MONDAY - dt.timedelta(days=4), 10 * 60)
        clock.now = lambda: self.moment

    def teardown(self) -> None:
        clock.now = self.real_now

    @initialize()
    def begin(self) -> None:
        for model in (Booking, Turn, Claim):
            model.objects.all().delete()  # type: ignore[attr-defined]
        program, hub = make_program(kind="reading"), make_hub()
        self.sessions = [
            make_reading(
                program=program, hub=hub, places=places, priority_places=1, day=MONDAY + dt.timedelta(days), start=start
            )
            for places, days, start in ((2, 0, 9 * 60), (3, 0, 14 * 60), (2, 7, 9 * 60))
        ]
        self.staff = make_person()
        self.families = [make_guardian(size) for size in SIZES]
        self.priority = {self.families[0][1][0].pk, self.families[2][1][1].pk}
        for child in Child.objects.filter(pk__in=self.priority):
            child.hardship = "低保"
            child.save(update_fields=["hardship"])
        self.offered: set[int] = set()

    def attempt(self, deed: object, **values: object) -> None:
        with suppress(Refused):
            deed(**values)  # type: ignore[operator]

    def one_of(self, number: int) -> Session:
        return self.sessions[number % len(self.sessions)]

    def row(self, number: int, *states: str) -> Booking | None:
        rows = list(Booking.objects.filter(state__in=states or Booking.OPEN).order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule(session=which, who=which, size=st.integers(1, 3), all_or_none=st.booleans(), wait=st.sampled_from([1, 1, 0]))
    def books(self, session: int, who: int, size: int, all_or_none: bool, wait: int) -> None:
        guardian, children = self.families[who % len(SIZES)]
        there, chosen = Session.objects.select_related("program").get(pk=self.one_of(session).pk), children[:size]
        free = seats_of(there)
        before = self.held(there, chosen)
        self.attempt(
            book_together,
            session=there.pk,
            children=[child.pk for child in chosen],
            by=guardian,
            all_or_none=all_or_none,
            wait=bool(wait),
        )
        taken = self.held(there, chosen) - before
        assert len(taken) <= free.open + sum(child.person_id in taken for child in chosen if child.pk in self.priority)
        assert not taken or not all_or_none or len(taken) == len(chosen)

    def held(self, session: Session, children: list[Child]) -> set[int]:
        rows = Booking.objects.filter(session=session, participant__child__in=children, state=State.BOOKED)
        return set(rows.values_list("participant", flat=True))

    @rule(one=which, other=which, who=which)
    def goes_out(self, one: int, other: int, who: int) -> None:
        """The eldest to one session, the others to another: all or none."""
        guardian, (first, *others) = self.families[who % len(SIZES)]
        places = {self.one_of(one).pk: [first.pk]}
        if others and self.one_of(other).pk not in places:
            places[self.one_of(other).pk] = [child.pk for child in others]
        before = Booking.objects.count()
        self.attempt(book_outing, places=places, by=guardian)
        assert Booking.objects.count() in (before, before + sum(map(len, places.values())))

    @rule(session=which, kept=st.sampled_from([None, 0, 1, 2]))
    def is_kept_for_some(self, session: int, kept: int | None) -> None:
        self.attempt(keep_places, session=self.one_of(session).pk, kept=kept, by=self.staff)

    @rule(who=which)
    def books_every_week(self, who: int) -> None:
        guardian, children = self.families[who % len(SIZES)]
        self.attempt(book_series, session=self.sessions[0].pk, children=[children[0].pk], by=guardian)

    @rule(number=which, deed=st.sampled_from([cancel_booking, cancel_booking, cancel_series]))
    def gives_back(self, number: int, deed: object) -> None:
        if row := self.row(number):
            self.attempt(deed, booking=row.pk, by=row.participant.child.family.guardian)

    @rule(number=which, deed=st.sampled_from([accept_turn, accept_turn, decline_turn]))
    def answers(self, number: int, deed: object) -> None:
        if row := self.row(number, State.OFFERED):
            self.attempt(deed, turn=row.turn_id, by=row.participant.child.family.guardian)

    @rule(number=which, to=which)
    def is_offered_another_session(self, number: int, to: int) -> None:
        """As at the cut-off: a place is held elsewhere, the old one stays until it is taken."""
        row, target = self.row(number, State.BOOKED), self.one_of(to)
        if row is None or Booking.objects.filter(session=target, participant=row.participant, state__in=Booking.OPEN):
            return
        lock_people([row.participant_id])
        sessions = {key: lock_session(key) for key in sorted({row.session_id, target.pk})}
        old = Booking.objects.select_related("participant__child__family").get(pk=row.pk)
        if seats_of(sessions[target.pk]).open:
            until = self.moment + dt.timedelta(hours=4)
            offer_instead(olds=[old], to=sessions[target.pk], until=until, template="booking_offered")

    @rule(session=which)
    def gets_another_place(self, session: int) -> None:
        row = Session.objects.get(pk=self.one_of(session).pk)
        if (row.places or 0) < 4 and row.state == Session.State.PLANNED:
            edit_session(
                session_id=row.pk, revision=row.revision, by=None, places=(row.places or 0) + 1,
                duty_worker=None, note="",
            )  # fmt: skip

    @rule(hours=st.sampled_from([1, 5, 20, 40]))
    def time_passes(self, hours: int) -> None:
        if self.moment + dt.timedelta(hours=hours) < self.sessions[0].starts_at:
            self.moment += dt.timedelta(hours=hours)
        look()

    @invariant()
    def holds(self) -> None:
        rows = list(Booking.objects.select_related("participant__child__family").order_by("pk"))
        booked = [row for row in rows if row.state == State.BOOKED]
        children = {f"person:{row.participant_id}" for row in rows}
        claims = Claim.objects.filter(resource__in=children).values_list("session", "resource")
        assert set(claims) == {(row.session_id, f"person:{row.participant_id}") for row in booked}
        ours = Session.objects.filter(pk__in=[one.pk for one in getattr(self, "sessions", [])])
        for session in ours.filter(state=Session.State.PLANNED, starts_at__gt=self.moment):
            here = [row for row in rows if row.session_id == session.pk]
            held = [row for row in here if row.state in Booking.HOLDING]
            assert len(held) <= (session.places or 0)
            self.look_at_line(session, here)
        self.look_at_siblings(rows)

    def look_at_line(self, session: Session, here: list[Booking]) -> None:
        free = seats_of(session)
        line = lines_of([session]).get(session.pk, [])
        for entry in line:
            children = [row.participant.child.pk for row in entry]
            assert not all(free.within(children, self.priority)), "who fits into what is free is offered it"
        had = Counter(
            Booking.objects.filter(
                state__in=Booking.HOLDING, session__program=session.program_id, session__week=session.week
            ).values_list("participant__child__family", flat=True)
        )
        turns = {entry[0].turn_id: entry for entry in line}
        order = sorted(turns, key=lambda turn: (had[turns[turn][0].participant.child.family_id] >= FAIR, turn))
        assert [entry[0].turn_id for entry in line] == order
        # Whoever was offered a place just now, before one who came earlier and would have fitted too, has a kept one.
        line_only = [row for row in here if row.instead_of_id is None]
        fresh = {row.turn_id for row in line_only if row.state == State.OFFERED} - self.offered
        for turn in fresh:
            theirs = {row.participant.child.pk for row in here if row.turn_id == turn}
            passed = [
                entry
                for entry in line
                if len(entry) == 1 and (entry[0].turn_id or 0) < (turn or 0)
                and had[entry[0].participant.child.family_id] < FAIR
            ]  # fmt: skip
            assert not passed or theirs & self.priority
        self.offered |= {turn for turn in fresh if turn}

    def look_at_siblings(self, rows: list[Booking]) -> None:
        """A turn's children wait together or are offered places together."""
        turns: dict[int, set[str]] = {}
        for row in rows:
            if row.turn_id and row.state in (State.WAITING, State.OFFERED):
                turns.setdefault(row.turn_id, set()).add(row.state)
        assert all(len(states) == 1 for states in turns.values())
        assert not [row for row in rows if row.state == State.OFFERED and row.turn.answer_by is None]  # type: ignore[union-attr]


class TestLines(TestCase):
    def test_whatever_families_do(self) -> None:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Lines,
            settings=settings(
                max_examples=8,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
