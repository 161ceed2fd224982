"""Who served, and who will: rosters of the demo's weeks, made by the planner's own problem and first solution."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from random import Random

from django.db import transaction

from hub import clock
from hub.places.models import Hub
from scheduling.planning.index import Triple
from scheduling.planning.snapshot import Snapshot, take_snapshot
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.solver.solve import solve
from volunteers.models import Volunteer
from volunteers.wishes import make_standing

State = Assignment.State
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
    made = _rows(snapshot, plan.assignments, told=clock.at(monday - dt.timedelta(days=4), 17 * 60))
    if not over:
        for one in made:
            drawn = random.random()
            if drawn > ACCEPTED:
                one.state = State.PUBLISHED if drawn < UNANSWERED else State.DECLINED
        _leave_one_to_answer(made)
    _write(made)
    return made


def keep_some_standing(made: list[Assignment]) -> None:
    """One in six of those who answered all their shifts of the week comes to the first of them every week."""
    first: dict[int, Assignment] = {}
    for one in sorted(made, key=lambda one: one.session.starts_at):
        first.setdefault(one.volunteer_id, one)
    waiting = {one.volunteer_id for one in made if one.state != State.ACCEPTED}
    for number, pk in enumerate(sorted(first.keys() - waiting)):
        if number % 6 == 0:
            session, volunteer = first[pk].session, first[pk].volunteer
            make_standing(
                volunteer=volunteer,
                program=session.program,
                hub=session.hub,
                starts_at=session.starts_at,
                by=volunteer.person,
            )


@transaction.atomic
def ask_early(monday: dt.date) -> list[Assignment]:
    """Ask one person for two shifts of the coming week by hand, where nobody has two ahead in the week that is now:
    the demo has somebody to answer even on a Sunday night."""
    now = clock.now()
    in_force = Assignment.objects.filter(session__starts_at__gt=now, state__in=Assignment.ACTIVE)
    ahead = list(in_force.select_related("session"))
    if _several_ahead(ahead):
        return []
    snapshot = take_snapshot(week=monday, hub_ids=list(Hub.objects.values_list("pk", flat=True)), now=now)
    possible = _rows(snapshot, solve(snapshot.problem, seconds=0).assignments, told=now)
    busy = {one.volunteer_id for one in ahead}
    asked = _several_ahead([one for one in possible if one.volunteer_id not in busy])[:2]
    for one in asked:
        one.source = Assignment.Source.HAND
    _leave_one_to_answer(asked)
    _write(asked)
    return asked


def _leave_one_to_answer(made: list[Assignment]) -> None:
    """One who has several ahead has not answered for the next one yet, and said yes to the others."""
    for place, one in enumerate(_several_ahead(made)):
        one.state = State.ACCEPTED if place else State.PUBLISHED


def _several_ahead(rows: list[Assignment]) -> list[Assignment]:
    """The shifts ahead of who has two or more, the next one from tomorrow on and as soon as possible."""
    ahead: dict[int, list[Assignment]] = defaultdict(list)
    now, tomorrow = clock.now(), clock.at(clock.today() + dt.timedelta(days=1))
    for one in sorted(rows, key=lambda one: one.session.starts_at):
        if one.session.starts_at > now:
            ahead[one.volunteer_id].append(one)
    lasting = [mine for mine in ahead.values() if len(mine) > 1 and mine[0].session.starts_at >= tomorrow]
    return min(lasting, key=lambda mine: (mine[0].session.starts_at, mine[0].volunteer_id), default=[])


def _rows(snapshot: Snapshot, places: Iterable[Triple], *, told: dt.datetime) -> list[Assignment]:
    index = snapshot.index
    sessions = Session.objects.select_related("program", "hub").in_bulk(index.sessions)
    volunteers = Volunteer.objects.select_related("person").in_bulk(index.volunteers)
    return [
        Assignment(
            need_id=index.needs[s][r],
            session=sessions[index.sessions[s]],
            volunteer=volunteers[index.volunteers[v]],
            state=State.ACCEPTED,
            source=Assignment.Source.PLANNER,
            created_at=told,
            changed_at=told,
        )
        for v, s, r in places
    ]


def _write(rows: list[Assignment]) -> None:
    Assignment.objects.bulk_create(rows)
    Claim.objects.bulk_create(
        Claim(
            session=one.session,
            resource=person_resource(one.volunteer.person_id),
            starts_at=one.session.starts_at,
            ends_at=one.session.ends_at,
        )
        for one in rows
        if one.state in Assignment.ACTIVE
    )


def tell_those_ahead(made: list[Assignment]) -> None:
    """The messages of a publication, for what is still to come."""
    ahead = [one for one in made if one.session.starts_at > clock.now() and one.state == Assignment.State.PUBLISHED]
    announce_roster(added=ahead, released=[], by=None)
