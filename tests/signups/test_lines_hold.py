"""Whatever people do, in whatever order, and however time passes: no need holds more than its target, nobody is in two
places, the line is served in its order, and no place stays free while somebody waits who fits into it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub import clock
from hub.errors import Refused
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment
from scheduling.signups.parties import sign_up_together
from scheduling.signups.requests import approve, refuse
from scheduling.signups.signups import accept, assign_by_hand, decline, release_place, sign_up
from scheduling.signups.tasks import look
from tests.signups.factories import make_regular
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
State = Assignment.State
MODES = [Need.Mode.INSTANT, Need.Mode.INSTANT, Need.Mode.APPROVAL, Need.Mode.PLAN]
PEOPLE = 6
which = st.integers(0, 10**6)


class Lines(RuleBasedStateMachine):
    """Sessions that overlap in pairs, few places, many who want them."""

    needs: list[Need]
    people: list[Volunteer]

    def __init__(self) -> None:
        super().__init__()
        self.real_now = clock.now
        self.moment = clock.at(MONDAY - dt.timedelta(days=5), 10 * 60)
        clock.now = lambda: self.moment

    def teardown(self) -> None:
        clock.now = self.real_now

    @initialize()
    def begin(self) -> None:
        Assignment.objects.all().delete()
        Claim.objects.all().delete()
        hub = make_hub()
        self.staff = make_person()
        self.needs = [
            make_need(session=make_session(hub=hub, start=540 + 60 * number), target=1 + number % 2, mode=mode)
            for number, mode in enumerate(MODES)
        ]
        self.people = [make_regular() for _ in range(PEOPLE)]

    def attempt(self, deed: object, **values: object) -> None:
        with suppress(Refused):
            deed(**values)  # type: ignore[operator]

    @rule(need=which, who=which)
    def signs_up(self, need: int, who: int) -> None:
        person = self.people[who % PEOPLE].person
        self.attempt(sign_up, need=self.needs[need % len(MODES)].pk, person=person.pk, by=person, wait=True)

    @rule(need=st.integers(0, 1), who=which, other=which)
    def sign_up_as_two(self, need: int, who: int, other: int) -> None:
        me, them = self.people[who % PEOPLE], self.people[other % PEOPLE]
        self.attempt(
            sign_up_together,
            need=self.needs[need].pk,
            person=me.person_id,
            companions=[them.pk],
            by=me.person,
            wait=True,
        )

    @rule(need=which, who=which)
    def is_assigned(self, need: int, who: int) -> None:
        person = self.people[who % PEOPLE].person_id
        self.attempt(assign_by_hand, need=self.needs[need % len(MODES)].pk, person=person, by=self.staff)

    @rule(number=which, deed=st.sampled_from([accept, accept, decline, release_place, approve, refuse]))
    def answers(self, number: int, deed: object) -> None:
        ids = list(Assignment.objects.exclude(state=State.WITHDRAWN).order_by("pk").values_list("pk", flat=True))
        if ids:
            self.attempt(deed, assignment=ids[number % len(ids)], by=self.staff)

    @rule(hours=st.sampled_from([1, 5, 20]))
    def time_passes(self, hours: int) -> None:
        if self.moment + dt.timedelta(hours=hours) < self.needs[0].session.starts_at:
            self.moment += dt.timedelta(hours=hours)
        look()

    @invariant()
    def holds(self) -> None:
        rows = list(Assignment.objects.select_related("session", "volunteer").order_by("pk"))
        held = [row for row in rows if row.state in Assignment.HOLDING]
        busy = [row for row in rows if row.state in Assignment.BUSY]
        for one, other in combinations(busy, 2):
            if one.volunteer_id == other.volunteer_id:
                assert one.session.ends_at <= other.session.starts_at or other.session.ends_at <= one.session.starts_at
        claims = set(Claim.objects.values_list("session", "resource"))
        assert claims == {(row.session_id, f"person:{row.volunteer.person_id}") for row in busy}
        for need in getattr(self, "needs", []):
            free = need.target - sum(row.need_id == need.pk for row in held)
            assert free >= 0
            self.look_at_line(need, free, [row for row in rows if row.need_id == need.pk])
        self.look_at_parties(rows)

    def look_at_line(self, need: Need, free: int, rows: list[Assignment]) -> None:
        waiting = [row for row in rows if row.state == State.WAITING]
        sizes = {row.party_id: sum(other.party_id == row.party_id for other in waiting) for row in waiting}
        for row in waiting:
            assert (sizes[row.party_id] if row.party_id else 1) > free, "who fits into what is free is offered it"
            # Whoever came later and was offered a place before them came alone where they are two.
            if not row.party_id:
                assert not [one for one in rows if one.state == State.OFFERED and one.pk > row.pk]
        assert not [row for row in rows if row.state == State.OFFERED and row.answer_by is None]

    def look_at_parties(self, rows: list[Assignment]) -> None:
        """All wait, all are asked, or all have come to an end or into their places together."""
        parties: dict[int, set[str]] = {}
        for row in rows:
            if row.party_id and row.state in (State.WAITING, State.OFFERED, State.AGREED):
                parties.setdefault(row.party_id, set()).add(row.state)
        for party, states in parties.items():
            assert states == {State.WAITING} or states <= {State.OFFERED, State.AGREED}
            members = [row for row in rows if row.party_id == party]
            assert len({row.state in Assignment.OPEN for row in members}) == 1


class TestLines(TestCase):
    def test_whatever_people_do(self) -> None:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Lines,
            settings=settings(
                max_examples=12,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
