"""Whatever people do, in whatever order: no need holds more than its target, nobody is in two places."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hub.errors import Refused
from scheduling.sessions.models import Claim, Need
from scheduling.sessions.sessions import cancel_session, move_session
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, assign_by_hand, decline, release_place, sign_up
from tests.signups.factories import make_regular
from tests.support.make import make_hub, make_need, make_person, make_session
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
SESSIONS, PEOPLE = 4, 4
which = st.integers(0, 10**6)


class Roster(RuleBasedStateMachine):
    """Sessions that overlap or touch, one or two places each, and a few people who want them all."""

    needs: list[Need]
    people: list[Volunteer]

    @initialize()
    def begin(self) -> None:
        Assignment.objects.all().delete()
        Claim.objects.all().delete()
        hub = make_hub()
        self.staff = make_person()
        self.needs = [
            make_need(session=make_session(hub=hub, start=540 + 60 * number), target=1 + number % 2)
            for number in range(SESSIONS)
        ]
        self.people = [make_regular() for _ in range(PEOPLE)]

    def attempt(self, deed: object, **values: object) -> None:
        with suppress(Refused):
            deed(**values)  # type: ignore[operator]

    def assignment(self, number: int) -> int | None:
        ids = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
        return ids[number % len(ids)] if ids else None

    @rule(need=which, who=which)
    def signs_up(self, need: int, who: int) -> None:
        person = self.people[who % PEOPLE].person
        self.attempt(sign_up, need=self.needs[need % SESSIONS].pk, person=person.pk, by=person)

    @rule(need=which, who=which)
    def is_assigned(self, need: int, who: int) -> None:
        person = self.people[who % PEOPLE].person
        self.attempt(assign_by_hand, need=self.needs[need % SESSIONS].pk, person=person.pk, by=self.staff)

    @rule(number=which, deed=st.sampled_from([accept, decline, release_place]))
    def answers(self, number: int, deed: object) -> None:
        pk = self.assignment(number)
        if pk is not None:
            self.attempt(deed, assignment=pk, by=self.staff)

    @rule(need=which, start=st.sampled_from([540, 570, 600, 700, 800]))
    def moves(self, need: int, start: int) -> None:
        session = self.needs[need % SESSIONS].session
        session.refresh_from_db()
        moved = make_session(hub=session.hub, start=start)
        self.attempt(
            move_session,
            session_id=session.pk,
            revision=session.revision,
            hub=session.hub,
            room=None,
            starts_at=moved.starts_at,
            ends_at=moved.ends_at,
            by=self.staff,
        )

    @rule(need=which)
    def is_cancelled(self, need: int) -> None:
        session = self.needs[need % SESSIONS].session
        session.refresh_from_db()
        self.attempt(cancel_session, session_id=session.pk, revision=session.revision, reason="停电", by=self.staff)

    @invariant()
    def holds(self) -> None:
        active = list(Assignment.objects.filter(state__in=Assignment.ACTIVE).select_related("session", "volunteer"))
        for need in getattr(self, "needs", []):
            assert sum(one.need_id == need.pk for one in active) <= need.target
        for one, other in combinations(active, 2):
            if one.volunteer_id == other.volunteer_id:
                assert one.session.ends_at <= other.session.starts_at or other.session.ends_at <= one.session.starts_at
        held = {(one.session_id, f"person:{one.volunteer.person_id}") for one in active}
        assert set(Claim.objects.filter(resource__startswith="person:").values_list("session", "resource")) == held


class TestRoster(TestCase):
    def test_whatever_people_do(self) -> None:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Roster,
            settings=settings(
                max_examples=15,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
