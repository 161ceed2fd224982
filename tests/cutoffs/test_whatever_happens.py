"""Whatever families, adults and staff do, and however time passes: besides what holds of the lines, no child has a
place in two sessions at once. An hour before a session begins every child booked is covered by adults who said they
come, or staff said that they see to it; whoever had to go was told."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from hub import clock
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Role
from hub.people.names import given_name
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.tasks import look
from scheduling.callouts.answers import say_no, say_yes
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.tasks import look_at_due as look_at_call_outs
from scheduling.cutoffs.covering import booked_in, confirmed_adults, covers_anybody, uncovered
from scheduling.cutoffs.cutoffs import LAST, extend, step_in
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import RosterSettings, Session
from scheduling.sessions.sessions import cancel_session, move_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, assign_by_hand, decline, sign_up
from tests.bookings.factories import make_reading
from tests.bookings.test_lines_hold import Lines, which
from tests.signups.factories import make_regular
from tests.support.make import MONDAY, make_need, make_person, make_program

pytestmark = pytest.mark.django_db
State = CutOff.State
PEOPLE = 5
MOST_ROUNDS = 20
HOUR = dt.timedelta(hours=1)


class Covered(Lines):
    """The lines' sessions and one that overlaps the first, an adult or two short each; five volunteers."""

    @initialize()
    def begin(self) -> None:
        for model in (Ask, CallOut, CutOff, Assignment):
            model.objects.all().delete()
        Session.objects.update(state=Session.State.CANCELLED)
        super().begin()
        self.moment = clock.at(MONDAY - dt.timedelta(days=2), 8 * 60)
        beside = {"program": make_program(kind="reading"), "hub": self.sessions[0].hub, "priority_places": 0}
        self.sessions.append(make_reading(places=3, start=10 * 60, **beside))
        worker = make_person(Role.SOCIAL_WORKER)
        for number, session in enumerate(self.sessions):
            Session.objects.filter(pk=session.pk).update(duty_worker=worker if number != 1 else None)
            make_need(session=session, min=1, target=2)
        self.people = [make_regular() for _ in range(PEOPLE)]

    def pick(self, rows: object, number: int) -> int | None:
        found = list(rows)  # type: ignore[call-overload]
        return found[number % len(found)] if found else None

    def need(self, number: int) -> int:
        return self.one_of(number).needs.get().pk

    @rule(session=which, who=which, by_hand=st.booleans())
    def an_adult_comes(self, session: int, who: int, by_hand: bool) -> None:
        person = self.people[who % PEOPLE].person
        deed = assign_by_hand if by_hand else sign_up
        self.attempt(deed, need=self.need(session), person=person.pk, by=self.staff if by_hand else person)

    @rule(number=which, deed=st.sampled_from([accept, decline, decline]))
    def an_adult_answers(self, number: int, deed: object) -> None:
        active = Assignment.objects.filter(state__in=Assignment.ACTIVE).order_by("pk").values_list("pk", flat=True)
        if pk := self.pick(active, number):
            self.attempt(deed, assignment=pk, by=self.staff)

    @rule(number=which, deed=st.sampled_from([say_yes, say_no]))
    def a_stand_in_answers(self, number: int, deed: object) -> None:
        if pk := self.pick(Ask.objects.order_by("pk").values_list("pk", flat=True), number):
            self.attempt(deed, ask=pk, by=Ask.objects.get(pk=pk).volunteer.person)

    @rule(number=which, wait=st.sampled_from([True, True, False]))
    def staff_wait_or_step_in(self, number: int, wait: bool) -> None:
        if pk := self.pick(CutOff.objects.filter(state__in=CutOff.RUNNING).values_list("session", flat=True), number):
            if wait:
                self.attempt(extend, session=pk, hours=2, by=self.staff)
            else:
                self.attempt(step_in, session=pk, by=self.staff)
            self.work()

    @rule(session=which, hours=st.sampled_from([-2, 1, 26]))
    def moves(self, session: int, hours: int) -> None:
        row = Session.objects.select_related("hub", "room").get(pk=self.one_of(session).pk)
        by = hours * HOUR
        if row.starts_at > self.moment and row.starts_at + by > self.moment + 2 * HOUR:
            self.attempt(
                move_session, session_id=row.pk, revision=row.revision, hub=row.hub, room=None, confirmed=True,
                starts_at=row.starts_at + by, ends_at=row.ends_at + by, by=self.staff,
            )  # fmt: skip
            self.work()

    @rule(session=which, sure=st.sampled_from([False, False, True]))
    def is_cancelled(self, session: int, sure: bool) -> None:
        row = Session.objects.get(pk=self.one_of(session).pk)
        if sure:
            self.attempt(cancel_session, session_id=row.pk, revision=row.revision, reason="停电", by=self.staff)

    @rule(hours=st.sampled_from([1, 5, 11, 20]))
    def time_passes(self, hours: int) -> None:
        """The worker looks within five minutes of what was done, then whenever something is due."""
        end, first = self.moment + hours * HOUR, self.moment + dt.timedelta(minutes=5)
        while self.moment < end:
            self.moment = min([end, *(one for one in [first, *self.due()] if self.moment < one < end)])
            self.work()
            self.look_at_children()

    def due(self) -> list[dt.datetime]:
        hours = RosterSettings.current().cutoff_hours * HOUR
        starts = [one.starts_at for one in Session.objects.filter(pk__in=[one.pk for one in self.sessions])]
        steps = CutOff.objects.filter(next_look__isnull=False).values_list("next_look", flat=True)
        offers = Turn.objects.filter(answer_by__isnull=False).values_list("answer_by", flat=True)
        return [*(start - back for start in starts for back in (hours, LAST)), *steps, *offers]

    def work(self) -> None:
        rounds = 0
        while look():
            rounds += 1
            assert rounds < MOST_ROUNDS, "it comes to an end"
        look_at_call_outs()

    def look_at_children(self) -> None:
        for session in Session.objects.filter(pk__in=[one.pk for one in self.sessions], state="planned"):
            cut = CutOff.objects.filter(session=session).first()
            left = session.starts_at - self.moment
            if not dt.timedelta(0) < left <= LAST or (cut and cut.state == State.STEPPED_IN):
                continue
            booked = booked_in(session)
            over = uncovered(session, booked, confirmed_adults([session])[session.pk]) if booked else []
            # What falls into the last hour is for the staff: it is on their list, and nothing more happens by itself.
            assert not over or (left < LAST and cut and (cut.state, cut.next_look) == (State.CALLING, None))
            empty = not Booking.objects.filter(session=session, state__in=Booking.HOLDING).exists()
            closed = cut is not None and cut.state in CutOff.CLOSED
            assert left < LAST or not (empty and closed) or covers_anybody(session), "nobody comes for nothing"

    @invariant()
    def no_child_is_in_two_places(self) -> None:
        rows = Booking.objects.filter(state=Booking.State.BOOKED, session__state="planned").select_related("session")
        for one, other in combinations(rows, 2):
            if one.participant_id == other.participant_id:
                assert one.session.ends_at <= other.session.starts_at or other.session.ends_at <= one.session.starts_at

    @invariant()
    def who_had_to_go_was_told(self) -> None:
        subjects = Entry.objects.filter(action="booking.uncovered").values_list("subject", flat=True)
        ids = [int(subject.partition(":")[2]) for subject in subjects]
        gone = Booking.objects.filter(pk__in=ids).select_related("participant__child__family")
        told = Message.objects.filter(template__startswith="booking_uncovered")
        heard = {(one.to_id, name) for one in told for name in one.variables["children"].split()}
        for row in gone:
            assert (row.participant.child.family.guardian_id, given_name(row.participant.name)) in heard


class TestCovered(TestCase):
    def test_whatever_happens(self) -> None:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Covered,
            settings=settings(
                max_examples=10,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
