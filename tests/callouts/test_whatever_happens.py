"""Whatever people do, in whatever order and however the clock moves: never two people for one seat, nobody asked twice
in one call-out, nobody rushed, and silence never holds a search up for longer than the pause."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub import clock
from hub.errors import Refused
from scheduling.callouts.answers import Outcome, record_call, say_no, say_yes
from scheduling.callouts.callouts import start_call_out, stop_call_out
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.tasks import look_at_due, look_soon
from scheduling.callouts.waves import pause_with, wave_with
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, decline, sign_up
from tests.signups.factories import make_regular
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
PEOPLE = 9
which = st.integers(0, 10**6)
START = clock.at(MONDAY, 9 * 60)


class Search(RuleBasedStateMachine):
    """One session with two roles, nine people, and a worker that looks whenever the clock has moved."""

    @initialize(hours=st.sampled_from([100, 30, 8, 3]))
    def begin(self, hours: int) -> None:
        Ask.objects.all().delete()
        CallOut.objects.all().delete()
        Assignment.objects.all().delete()
        Claim.objects.all().delete()
        Volunteer.objects.update(active=False)
        self.now = START - dt.timedelta(hours=hours)
        self.clock = patch("hub.clock.now", lambda: self.now)
        self.clock.start()
        self.staff = make_person()
        session = make_session(hub=make_hub())
        self.needs: list[Need] = [make_need(session=session, min=1, target=1 + number) for number in range(2)]
        self.people = [make_regular() for _ in range(PEOPLE)]
        for need, who in zip((*self.needs, self.needs[1]), self.people, strict=False):
            sign_up(need=need.pk, person=who.person_id, by=who.person)

    def teardown(self) -> None:
        if hasattr(self, "clock"):
            self.clock.stop()

    def attempt(self, deed: object, **values: object) -> None:
        with suppress(Refused):
            deed(**values)  # type: ignore[operator]
        # Outside a test each commit does this.
        for need in self.needs:
            look_soon(need.pk)
        look_at_due()

    def pick(self, rows: list[int], number: int) -> int | None:
        return rows[number % len(rows)] if rows else None

    @rule(number=which, deed=st.sampled_from([decline, decline, accept]))
    def answers_for_a_place(self, number: int, deed: object) -> None:
        if pk := self.pick(list(Assignment.objects.order_by("pk").values_list("pk", flat=True)), number):
            self.attempt(deed, assignment=pk, by=self.staff)

    @rule(number=which, deed=st.sampled_from([say_yes, say_no, say_no]))
    def answers_a_call_out(self, number: int, deed: object) -> None:
        if pk := self.pick(list(Ask.objects.order_by("pk").values_list("pk", flat=True)), number):
            self.attempt(deed, ask=pk, by=Ask.objects.get(pk=pk).volunteer.person)

    @rule(need=which, who=which, outcome=st.sampled_from(list(Outcome)))
    def is_rung(self, need: int, who: int, outcome: Outcome) -> None:
        self.attempt(
            record_call,
            need=self.needs[need % 2].pk,
            volunteer=self.people[who % PEOPLE].pk,
            outcome=outcome,
            by=self.staff,
        )

    @rule(need=which)
    def is_started(self, need: int) -> None:
        self.attempt(start_call_out, need=self.needs[need % 2].pk, by=self.staff)

    @rule(number=which)
    def is_stopped(self, number: int) -> None:
        if pk := self.pick(list(CallOut.objects.order_by("pk").values_list("pk", flat=True)), number):
            self.attempt(stop_call_out, callout=pk, by=self.staff)

    @rule(need=which, who=which)
    def signs_up(self, need: int, who: int) -> None:
        person = self.people[who % PEOPLE].person
        self.attempt(sign_up, need=self.needs[need % 2].pk, person=person.pk, by=person)

    @rule(minutes=st.sampled_from([1, 7, 19, 60, 240, 720]))
    def time_passes(self, minutes: int) -> None:
        self.now += dt.timedelta(minutes=minutes)
        self.attempt(lambda: None)

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        active = list(Assignment.objects.filter(state__in=Assignment.ACTIVE).values_list("need", "volunteer"))
        for need in getattr(self, "needs", []):
            assert sum(pk == need.pk for pk, _ in active) <= need.target
        assert len({volunteer for _, volunteer in active}) == len(active) == Claim.objects.count()

    @invariant()
    def nobody_is_asked_twice_or_rushed(self) -> None:
        for callout in CallOut.objects.prefetch_related("asks"):
            asked = [one.volunteer_id for one in callout.asks.all()]
            assert len(set(asked)) == len(asked)
            waves = sorted({(one.wave, one.asked_at) for one in callout.asks.all() if one.wave})
            assert [wave for wave, _ in waves] == list(range(1, len(waves) + 1)), "each wave is asked at one moment"
            for (wave, before), (_, after) in pairwise(waves):
                silent = [one for one in callout.asks.all() if one.wave == wave and (one.answered_at or after) >= after]
                assert not silent or after - before >= pause_with(START - before)
                assert sum(one.wave == wave for one in callout.asks.all()) <= wave_with(START - before).people * 2

    @invariant()
    def a_search_never_stands_still(self) -> None:
        for callout in CallOut.objects.filter(state="running"):
            assert callout.next_look is not None
            assert self.now < callout.next_look <= START
            newest = callout.asks.filter(wave=callout.wave, state="silent").first() if callout.wave else None
            filled = Assignment.objects.filter(need=callout.need_id, state__in=Assignment.ACTIVE).count()
            if callout.asking and newest and filled < callout.need.min:
                assert callout.next_look <= newest.asked_at + pause_with(START - newest.asked_at)
            assert filled < (callout.need.target if callout.wished else callout.need.min)
        running = CallOut.objects.filter(state="running").values_list("need", flat=True)
        assert len(set(running)) == len(running)


class TestSearch(TestCase):
    def test_whatever_people_do(self) -> None:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Search,
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
