"""Planning runs: asked for, taken up by a worker, followed, cancelled, finished; given back when their worker dies.

A worker holds a run by its attempt number: every write of a worker asks for that number, so that one that was given up
for dead and comes back writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from hub import clock
from hub.among import among
from hub.errors import Refused
from hub.journal.append import append, append_all, deed
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.models import Hub
from scheduling.planning.models import Proposed, Run
from scheduling.planning.policies import Chosen, choose
from scheduling.planning.signals import run_queued
from scheduling.planning.snapshot import Snapshot, take_snapshot
from scheduling.planning.warm import warm_start
from scheduling.sessions.models import Need
from scheduling.solver.book import Book
from scheduling.solver.problem import to_json
from scheduling.solver.scoring import score

DEAD_AFTER = dt.timedelta(seconds=20)
LONGEST = 600
Point = tuple[float, int, int | None]
"""(seconds, objective, bound)"""


def request_run(
    *,
    week: dt.date,
    hubs: Collection[Hub],
    seconds: int,
    by: Person | None,
    policy: str = "",
    enqueue: bool = True,
) -> Run:
    """Ask for a plan of these hubs' week by a `policy` (policies.choose). The snapshot is of this moment;
    `enqueue=False` for who solves it at once."""
    if not hubs:
        raise Refused("no_hubs")
    if week != clock.monday_of(week):
        raise Refused("not_a_monday")
    if not 1 <= seconds <= LONGEST:
        raise Refused("seconds_out_of_range", longest=LONGEST)
    now = clock.now()
    sweep_dead_runs()
    chosen = choose(policy, hubs)
    snapshot = take_snapshot(week=week, hub_ids=[hub.pk for hub in hubs], now=now, goals=chosen.goals)
    if not any(snapshot.index.needs):
        raise Refused("nothing_to_plan")
    return write_run(snapshot, week=week, hubs=hubs, seconds=seconds, policy=chosen, by=by, now=now, enqueue=enqueue)


@transaction.atomic
def write_run(
    snapshot: Snapshot,
    *,
    week: dt.date,
    hubs: Collection[Hub],
    seconds: int,
    policy: Chosen,
    by: Person | None,
    now: dt.datetime,
    enqueue: bool,
) -> Run:
    """A run that waits, of a snapshot that was taken `now`. Refused("run_in_progress")."""
    # The hubs' rows are the lock: of two who ask at once for overlapping hubs, one is refused.
    locked = list(Hub.objects.select_for_update().filter(pk__in=[hub.pk for hub in hubs]).order_by("pk"))
    if running := Run.objects.filter(week=week, hubs__in=locked, state__in=Run.LIVE).first():
        raise Refused("run_in_progress", run=running.pk)
    document = {**to_json(snapshot.problem), "x_warm": warm_start(week, snapshot.index)}
    run = Run.objects.create(
        week=week,
        seconds=seconds,
        snapshot=document,
        index=snapshot.index.to_json(),
        empty_objective=score(snapshot.problem, ()).total,
        policy=policy.to_json(),
        requested_by=by,
        created_at=now,
    )
    run.hubs.set(locked)
    actor = by.pk if by else None
    append_all(deed(action="run.requested", subject=run, actor_id=actor, hub_id=hub.pk) for hub in locked)
    if enqueue:
        run_queued.send(Run, run_id=run.pk)
    _tell_all(run, "run.requested")
    return run


def claim_run(run_id: int) -> int | None:
    """Take a queued run up; the attempt number that the worker holds it by, or None when it is not to be had."""
    with transaction.atomic():
        now = clock.now()
        taken = Run.objects.filter(pk=run_id, state=Run.State.QUEUED, cancel_asked=False).update(
            state=Run.State.RUNNING, attempts=F("attempts") + 1, started_at=now, heartbeat_at=now, progress=[]
        )
        if not taken:
            return None
        _tell(run_id, "run.started")
        return int(Run.objects.values_list("attempts", flat=True).get(pk=run_id))


def record_progress(run_id: int, attempt: int, points: Sequence[Point]) -> bool:
    """Write the worker's heartbeat and what it found; whether it should go on."""
    with transaction.atomic():
        held = Run.objects.select_for_update().filter(_held(run_id, attempt))
        run = held.only("progress", "cancel_asked").first()
        if run is None or run.cancel_asked:
            return False
        if points:
            seconds, objective, bound = points[-1]
            progress = [*run.progress, [seconds, objective, bound]]
            held.update(heartbeat_at=clock.now(), objective=objective, bound=bound, progress=progress)
            _tell(run_id, "run.progress")
        else:
            held.update(heartbeat_at=clock.now())
        return True


@transaction.atomic
def finish_run(run_id: int, attempt: int, *, plan: dict[str, Any], open_to: list[list[int]]) -> bool:
    """Keep the plan as a proposal. False when the run is no longer this worker's."""
    run = Run.objects.select_for_update().filter(_held(run_id, attempt)).first()
    if run is None or run.cancel_asked:
        return False
    run.state, run.finished_at = Run.State.FINISHED, clock.now()
    run.objective, run.bound = plan["objective"], plan["bound"]
    run.result = {**plan, "open_to": open_to}
    book, sessions = Book(plan["assignments"]), run.snapshot["sessions"]
    run.short = sum(book.missing(s, (need["min"] for need in one["needs"])) for s, one in enumerate(sessions))
    total = plan["seconds"]["total"]
    run.progress = [*run.progress, [round(total, 2), plan["objective"], plan["bound"]]]
    # Without the snapshot: it is long, and nobody changes it.
    run.save(update_fields=["state", "finished_at", "objective", "bound", "result", "short", "progress"])
    needs, volunteers = run.index["needs"], run.index["volunteers"]
    places = [(needs[s][r], volunteers[v]) for v, s, r in plan["assignments"]]
    # A session may have been taken away while it was planned.
    held = Need.objects.select_for_update(no_key=True).filter(pk__in=among({need for need, _ in places})).order_by("pk")
    there = set(held.values_list("pk", flat=True))
    Proposed.objects.bulk_create(
        [Proposed(run=run, need_id=need, volunteer_id=who) for need, who in places if need in there]
    )
    _tell_all(run, "run.finished")
    return True


@transaction.atomic
def end_run(run_id: int, attempt: int, *, error: str = "") -> None:
    """End a run without a plan: cancelled when that was asked, failed otherwise."""
    held = Run.objects.select_for_update().filter(_held(run_id, attempt))
    run = held.only("cancel_asked").first()
    if run is None:
        return
    state = Run.State.CANCELLED if run.cancel_asked else Run.State.FAILED
    held.update(state=state, error="" if run.cancel_asked else error, finished_at=clock.now())
    _tell_all(run, "run.finished")


@transaction.atomic
def cancel_run(*, run: Run, by: Person | None) -> None:
    """Ask a run to end. One that waits ends at once; the worker of a running one reads it at its next heartbeat."""
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state not in Run.LIVE:
        raise Refused("run_over", state=row.state)
    row.cancel_asked = True
    if row.state == Run.State.QUEUED:
        row.state, row.finished_at = Run.State.CANCELLED, clock.now()
    row.save(update_fields=["cancel_asked", "state", "finished_at"])
    append(action="run.cancelled", subject=row, actor_id=by.pk if by else None)
    if row.state == Run.State.CANCELLED:
        _tell_all(row, "run.finished")
    else:
        _tell(row.pk, "run.progress")


@transaction.atomic
def give_back(run_id: int, attempt: int) -> None:
    """The worker was told to stop: the run waits for the next one."""
    held = Run.objects.filter(_held(run_id, attempt), cancel_asked=False)
    if held.update(state=Run.State.QUEUED):
        run_queued.send(Run, run_id=run_id)
        _tell(run_id, "run.progress")


def sweep_dead_runs() -> int:
    """Give runs whose worker died to another, once; the second time they fail. Returns how many were found."""
    dead = Q(state=Run.State.RUNNING, heartbeat_at__lt=clock.now() - DEAD_AFTER)
    found = list(Run.objects.filter(dead).values_list("pk", "attempts"))
    for run_id, attempt in found:
        _sweep(run_id, attempt, dead)
    return len(found)


@transaction.atomic
def _sweep(run_id: int, attempt: int, dead: Q) -> None:
    run = Run.objects.select_for_update().filter(_held(run_id, attempt)).filter(dead).first()
    if run is None:
        return
    if run.cancel_asked or run.requeues:
        end_run(run_id, attempt, error="worker_died")
        return
    run.state, run.requeues = Run.State.QUEUED, run.requeues + 1
    run.save(update_fields=["state", "requeues"])
    run_queued.send(Run, run_id=run_id)
    _tell(run_id, "run.progress")


def _held(run_id: int, attempt: int) -> Q:
    return Q(pk=run_id, attempts=attempt, state=Run.State.RUNNING)


def _tell_all(run: Run, kind: str) -> None:
    """Those who follow the run, and everybody at its hubs."""
    hubs = [f"hub:{pk}" for pk in run.hubs.values_list("pk", flat=True)]
    publish([*hubs, f"run:{run.pk}"], kind, run=[run.pk])


def _tell(run_id: int, kind: str) -> None:
    publish([f"run:{run_id}"], kind, run=[run_id])
