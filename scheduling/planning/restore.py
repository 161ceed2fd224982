"""An earlier roster as a proposal: the places that were in force once it was published, as far as they may be again.

Nobody comes back who said no or was taken out since, or whom a rule keeps out now; who said that they come stays.
Sessions that the earlier roster did not know keep what they have. It is published as any proposal is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from hub import clock
from hub.among import among
from hub.errors import Refused
from hub.journal.append import append_all, deed
from hub.people.models import Person
from hub.places.models import Hub
from scheduling.planning import runs
from scheduling.planning.edits import refusal
from scheduling.planning.index import Triple
from scheduling.planning.lookup import runs_to_show
from scheduling.planning.models import Publication, Run
from scheduling.planning.policies import Chosen, chosen_by
from scheduling.planning.publish import Fresh, Place
from scheduling.planning.snapshot import Snapshot, take_snapshot
from scheduling.planning.solving import open_to
from scheduling.signups.models import Assignment
from scheduling.solver.book import Book
from scheduling.solver.scoring import score

Difference = tuple[int, int, str]
"""(need id, volunteer id, code): why"""


def restore_run(*, run: Run, by: Person | None) -> Run:
    """A proposal like the roster that publishing `run` put in force, with each difference and its reason.

    Refused: not_published; what asking for a plan is refused for.
    """
    earlier = list(run.publications.order_by("pk"))
    if not earlier:
        raise Refused("not_published", run=run.pk)
    now, policy, hubs = clock.now(), chosen_by(run), list(run.hubs.all())
    snapshot = take_snapshot(week=run.week, hub_ids=[hub.pk for hub in hubs], now=now, goals=policy.goals)
    if not any(snapshot.index.needs):
        raise Refused("nothing_to_plan")
    places, without, besides = _places_again(snapshot, earlier)
    restored = {"run": run.pk, "at": earlier[-1].at.isoformat(), "without": without, "besides": besides}
    return _write(run, hubs, snapshot, now, places, restored, policy, by)


@transaction.atomic
def _write(
    run: Run,
    hubs: Collection[Hub],
    snapshot: Snapshot,
    now: dt.datetime,
    places: Collection[Triple],
    restored: dict[str, object],
    policy: Chosen,
    by: Person | None,
) -> Run:
    made = runs.write_run(
        snapshot, week=run.week, hubs=hubs, seconds=run.seconds, policy=policy, by=by, now=now, enqueue=False
    )
    attempt = runs.claim_run(made.pk)
    assert attempt is not None
    plan = {
        "assignments": sorted(places),
        "objective": score(snapshot.problem, places).total,
        "bound": None,
        "seconds": {"total": 0},
    }
    runs.finish_run(made.pk, attempt, plan=plan, open_to=open_to(snapshot.problem))
    Run.objects.filter(pk=made.pk).update(restored=restored)
    actor = by.pk if by else None
    append_all(deed(action="run.restored", subject=made, actor_id=actor, hub_id=hub.pk, run=run.pk) for hub in hubs)
    return runs_to_show().get(pk=made.pk)


def _places_again(
    snapshot: Snapshot, earlier: Sequence[Publication]
) -> tuple[set[Triple], list[Difference], list[Difference]]:
    """The places of the proposal; of the earlier roster those that are not among them; and those it did not have."""
    desk, index = Fresh(snapshot), snapshot.index
    roster: list[Place] = list(dict.fromkeys((need, who) for one in earlier for need, who in one.roster))
    covered = {pk for one in earlier for pk in one.sessions}
    book = Book(snapshot.problem.pins)
    places = set(snapshot.problem.pins)
    held = {(need, who) for need, who, _ in index.unkept} & {(one.need_id, one.volunteer_id) for one in snapshot.held}
    for triple in snapshot.problem.published:
        if index.sessions[triple[1]] not in covered and refusal(desk, book, *desk.ids(triple)) is None:
            book.add(triple)
            places.add(triple)
    taken_out = _taken_out(earlier)
    without: list[Difference] = []
    # Who brings experience comes first: a newcomer is judged beside them.
    for place in sorted(roster, key=lambda place: not desk.is_experienced(place)):
        if place in held or (desk.knows(place) and desk.triple(*place) in places):
            continue
        if place in taken_out:
            without.append((*place, "taken_out"))
        elif no := refusal(desk, book, *place):
            without.append((*place, no.code))
        else:
            book.add(desk.triple(*place))
            places.add(desk.triple(*place))
    accepted, had = set(index.accepted), set(roster)
    besides = [
        (*desk.ids(one), "accepted" if one in accepted else "pinned")
        for one in snapshot.problem.pins
        if desk.ids(one) not in had and index.sessions[one[1]] in covered
    ]
    return places, without, besides


def _taken_out(earlier: Sequence[Publication]) -> set[Place]:
    """Whom somebody took out by hand since, as opposed to those whom another roster left out."""
    rosters = Publication.objects.filter(run__week=earlier[0].run.week).values_list("at", flat=True)
    # A roster goes out in parts: who was taken out before a later one gave them the place is in it.
    since = {pk: one.at for one in earlier for pk in one.sessions}
    rows = Assignment.objects.filter(
        session__in=among(since), state=Assignment.State.RELEASED, changed_at__gt=earlier[0].at
    ).exclude(changed_at__in=rosters)
    told = rows.values_list("need_id", "volunteer_id", "session_id", "changed_at")
    return {(need, who) for need, who, session, at in told if at > since[session]}
