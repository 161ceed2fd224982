"""Who served, and who will: rosters of the demo's weeks, made by the planner's own problem and first solution."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.db import transaction

from hub import clock
from hub.places.models import Hub
from scheduling.planning.snapshot import take_snapshot
from scheduling.sessions.models import Claim, Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.solver.solve import solve
from volunteers.models import Volunteer

ACCEPTED, UNANSWERED = 0.86, 0.95
"""Below the first they said they come; below the second they have not answered; else they can't."""


@transaction.atomic
def fill_week(monday: dt.date, *, over: bool) -> list[Assignment]:
    """Give the week a published roster. `over`: the week is past, everybody came."""
    snapshot = take_snapshot(
        week=monday, hub_ids=list(Hub.objects.values_list("pk", flat=True)), now=clock.at(monday, -1)
    )
    plan = solve(snapshot.problem, seconds=0)
    random = Random(monday.toordinal())
    index, told = snapshot.index, clock.at(monday - dt.timedelta(days=4), 17 * 60)
    sessions = Session.objects.in_bulk(index.sessions)
    persons = dict(Volunteer.objects.values_list("pk", "person_id"))
    made: list[Assignment] = []
    claims: list[Claim] = []
    for v, s, r in plan.assignments:
        drawn = random.random()
        state = Assignment.State.ACCEPTED
        if not over and drawn > ACCEPTED:
            state = Assignment.State.PUBLISHED if drawn < UNANSWERED else Assignment.State.DECLINED
        session = sessions[index.sessions[s]]
        one = Assignment(
            need_id=index.needs[s][r],
            session=session,
            volunteer_id=index.volunteers[v],
            state=state,
            source=Assignment.Source.PLANNER,
            created_at=told,
            changed_at=told,
        )
        made.append(one)
        if state in Assignment.ACTIVE:
            claims.append(
                Claim(
                    session=session,
                    resource=f"person:{persons[one.volunteer_id]}",
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                )
            )
    Assignment.objects.bulk_create(made)
    Claim.objects.bulk_create(claims)
    return made


def tell_those_ahead(made: list[Assignment]) -> None:
    """The messages of a publication, for what is still to come."""
    ahead = [one for one in made if one.session.starts_at > clock.now() and one.state == Assignment.State.PUBLISHED]
    announce_roster(added=ahead, released=[], by=None)
