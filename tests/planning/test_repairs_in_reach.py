"""Repairs read of a week what is in reach of the session; read with everybody, they answer the same."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

import pytest

from hub import clock
from hub.access.actor import Actor, load_actor
from hub.errors import Refused
from hub.people.models import Role
from scheduling.planning.models import Bar
from scheduling.planning.repair_rows import repair_rows
from scheduling.planning.repairs import Repairs
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Session
from scheduling.signups.models import Assignment
from tests.planning.factories import make_assignment, make_open_need
from tests.signups.factories import make_standby
from tests.support.make import MONDAY, make_hub, make_person, make_volunteer
from volunteers.models import Absence, Volunteer

pytestmark = pytest.mark.django_db
STARTS = (9 * 60, 9 * 60 + 45, 14 * 60)
PEOPLE = 24


class AllRead(Repairs):
    def people_in_reach(self, actor: Actor, sites: Collection[int]) -> None:
        """As a plan of the week reads it: everybody, and all that holds anybody."""


@pytest.mark.parametrize("seed", range(6))
def test_who_is_out_of_reach_changes_no_answer(seed: int, at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(MONDAY, 8 * 60))
    dice = random.Random(seed)
    hub, near, far = make_hub(), make_hub(latitude=29.08), make_hub(latitude=29.6)
    people = [make_somebody(dice, home=dice.choice([hub, hub, near, far, None])) for _ in range(PEOPLE)]
    needs = [
        make_open_need(hub=site, day=day, start=start, min=dice.choice([1, 2]))
        for site, days in ((hub, (-3, 0, 0, 2)), (near, (0, 1)), (far, (0, 3)))
        for day in days
        for start in STARTS
    ]
    for need in needs:
        for who in dice.sample(people, 2)[: dice.randint(0, 2)]:
            make_assignment(need, who, dice.choice([*Assignment.HOLDING, "declined", "wished"]))
    for need in dice.sample(needs, 4):
        with suppress(Refused):
            make_standby(need, dice.choice(people))
        Bar.objects.create(session=need.session, volunteer=dice.choice(people))
    for need, who in zip(dice.sample(needs, 8), dice.sample(people, 8), strict=True):
        on_duty(need.session, who)
    actor = load_actor(make_person(Role.COORDINATOR, hub=hub))
    today = Session.objects.select_related("hub").filter(hub=hub, starts_at__date=MONDAY)

    def answers(kind: type[Repairs]) -> list[Any]:
        return [repair_rows(kind(one, actor, move_accepted=seed % 2 == 0)) for one in today.order_by("pk")]

    found = answers(Repairs)
    assert found == answers(AllRead)
    assert any(answer["ways"] for answer in found)


def on_duty(session: Session, who: Volunteer) -> None:
    span = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    Claim.objects.create(session=session, resource=person_resource(who.person_id), exclusive=True, **span)


def make_somebody(dice: random.Random, **values: Any) -> Volunteer:
    """Who can come on some days, for some sessions."""
    days = dice.sample(range(7), 5)
    who = make_volunteer(
        availability=[[day, 8 * 60, dice.choice([13 * 60, 18 * 60])] for day in {0, *days}],
        prior_minutes=dice.choice([0, 200 * 60]),
        max_sessions=dice.choice([None, 1, 3]),
        wish_per_week=dice.choice([None, 1, 2]),
        **values,
    )
    if dice.random() < 0.1:
        Absence.objects.create(volunteer=who, starts_at=clock.at(MONDAY), ends_at=clock.at(MONDAY, 12 * 60))
    return who
