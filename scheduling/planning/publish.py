"""Publishing a proposal, or some of its sessions: one step, all or nothing, and twice is once.

Under the locks of everybody concerned (person, session, topic) the week is read anew and every row is judged by the
same rules as when it was planned, beside all that stays in force: what is not being published too. What no longer fits
is named; the coordinator may leave those rows out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from hub import clock
from hub.among import among
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import News, publish_each, told_together
from hub.people.models import Person
from scheduling.planning.edits import refusal
from scheduling.planning.group_tasks import tell_roster
from scheduling.planning.index import Index
from scheduling.planning.models import Proposed, Publication, Run
from scheduling.planning.proposal import Desk
from scheduling.planning.publications import left_in, sum_of
from scheduling.planning.snapshot import Snapshot, take_snapshot
from scheduling.sessions.claims import lock_people, lock_sessions, person_resource
from scheduling.sessions.models import Claim, Need, Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.signups.places import tell_taken
from scheduling.signups.requests import settle_wishes
from scheduling.signups.waiting import refill_needs
from scheduling.solver.book import Book
from volunteers.models import Volunteer

State = Assignment.State
Place = tuple[int, int]
"""(need id, volunteer id)"""


def publish_run(
    *, run: Run, by: Person | None, skip_conflicts: bool = False, sessions: Collection[int] | None = None
) -> dict[str, int]:
    """Put the proposal (None), or what it says of some `sessions`, in force; how many places were {added, released,
    kept} and people {told}.

    Published again, it says the same and does nothing. Refused("no_longer_fits", rows=[...]) names every row that a
    rule now keeps out; `skip_conflicts` publishes the others.
    """
    try:
        return _publish(run.pk, by, skip_conflicts, sessions)
    except IntegrityError:
        # Somebody who holds none of our locks was faster; nothing was written, and the next try will see them.
        raise Refused("try_again") from None


@transaction.atomic
@told_together()
def _publish(run_id: int, by: Person | None, skip_conflicts: bool, sessions: Collection[int] | None) -> dict[str, int]:
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state != Run.State.FINISHED:
        raise Refused("run_not_finished", state=run.state)
    wanted = _wanted(run, sessions)
    earlier = list(run.publications.order_by("pk"))
    published = {pk for one in earlier for pk in one.sessions}
    chosen = wanted - published
    if run.published is not None or not chosen:
        return sum_of(one for one in earlier if not wanted.isdisjoint(one.sessions))
    proposed = list(
        Proposed.objects.filter(run=run, need__session__in=among(chosen))
        .order_by("pk")
        .values_list("need_id", "volunteer_id")
    )
    _lock(chosen, {volunteer for _, volunteer in proposed})
    now = clock.now()
    fresh = take_snapshot(week=run.week, hub_ids=list(run.hubs.values_list("pk", flat=True)), now=now)
    judged = _judge(run, fresh, proposed, chosen)
    if judged.conflicts and not skip_conflicts:
        rows = [{"need": need, "volunteer": who, "code": code} for (need, who), code in judged.conflicts.items()]
        raise Refused("no_longer_fits", rows=rows)
    released = _release(judged.released, by, now)
    added = _add(judged.added, by, now)
    settle_wishes(added)
    tell_taken(*added)
    told = announce_roster(added=added, released=released, by=by)
    figures = {"added": len(added), "released": len(released), "kept": judged.kept, "told": told}
    earlier.append(_write(run, chosen, figures, by, now))
    if not left_in(run, published | chosen):
        run.published, run.published_at = sum_of(earlier), now
        run.save(update_fields=["published", "published_at"])
    tell_roster.enqueue(run.pk)
    _tell(run, added, released, by, chosen)
    refill_needs(row.need_id for row in released)
    return sum_of(one for one in earlier if not wanted.isdisjoint(one.sessions))


def _wanted(run: Run, sessions: Collection[int] | None) -> set[int]:
    planned = set(run.index["sessions"])
    if sessions is None:
        return planned
    if not sessions:
        raise Refused("no_sessions")
    if unknown := set(sessions) - planned:
        raise Refused("not_found", model="session", id=min(unknown))
    return set(sessions)


def _lock(sessions: Collection[int], volunteers: set[int]) -> None:
    """People first, then sessions, each in order of their keys."""
    now_there = Assignment.objects.filter(session__in=among(sessions), state__in=Assignment.ACTIVE)
    everybody = volunteers | set(now_there.values_list("volunteer", flat=True))
    lock_people(Volunteer.objects.filter(pk__in=everybody).values_list("person", flat=True))
    lock_sessions(sorted(sessions))


def _write(
    run: Run, sessions: Collection[int], figures: dict[str, int], by: Person | None, now: dt.datetime
) -> Publication:
    there = Assignment.objects.filter(session__in=among(sessions), state__in=Assignment.ACTIVE).order_by("pk")
    return Publication.objects.create(
        run=run,
        sessions=sorted(sessions),
        roster=[list(place) for place in there.values_list("need_id", "volunteer_id")],
        figures=figures,
        by=by,
        at=now,
    )


@dataclass
class Judged:
    added: list[Place]
    released: list[int]
    """Assignment ids."""
    kept: int
    conflicts: dict[Place, str]


def _judge(run: Run, fresh: Snapshot, proposed: Sequence[Place], chosen: Collection[int]) -> Judged:
    """Each proposed row of the `chosen` sessions against the week as it is now, beside what stays whatever it says:
    accepted places, places given since it was planned, and all other sessions as they are."""
    all_there = {*run.index["sessions"], *fresh.index.sessions}
    now_there = Assignment.objects.filter(session__in=among(all_there), state__in=Assignment.ACTIVE)
    in_force = {(one.need_id, one.volunteer_id): one for one in now_there}
    known = _published_when_planned(run)
    open_ones = set(chosen).intersection(fresh.index.sessions)
    staying = {
        place
        for place, one in in_force.items()
        if one.session_id not in open_ones or one.state == State.ACCEPTED or place not in known
    }
    desk = Fresh(fresh)
    book = Book(desk.triple(*place) for place in staying if desk.counts(in_force[place]))
    conflicts: dict[Place, str] = {}
    accepted: set[Place] = set()
    open_rows = [place for place in proposed if place not in staying]
    # Who brings experience comes first: a newcomer is judged beside them.
    for place in sorted(open_rows, key=lambda place: (place not in in_force, not desk.is_experienced(place))):
        if no := refusal(desk, book, *place):
            conflicts[place] = no.code
        else:
            v, s, r = desk.triple(*place)
            book.taken[v].append((s, r))
            book.present[s].append(v)
            book.heads[s, r] += 1
            accepted.add(place)
    gone = [one.pk for place, one in in_force.items() if place not in staying and place not in accepted]
    added = [place for place in proposed if place in accepted and place not in in_force]
    kept = sum(1 for place in proposed if place in in_force and (place in accepted or place in staying))
    return Judged(added, gone, kept, conflicts)


def _published_when_planned(run: Run) -> set[Place]:
    index = Index.from_json(run.index)
    return {(index.needs[s][r], index.volunteers[v]) for v, s, r in run.snapshot["published"]}


class Fresh(Desk):
    """The week as it is now."""

    def __init__(self, fresh: Snapshot) -> None:
        super().__init__(fresh.index)
        self.problem = fresh.problem
        self._held = {(need, volunteer) for need, volunteer, _ in fresh.index.unkept}

    def knows(self, place: Place) -> bool:
        return place[0] in self.place_of and place[1] in self.v_of

    def counts(self, one: Assignment) -> bool:
        """Whether a place in force is one of the plan's, and not held fixed by the problem itself."""
        place = (one.need_id, one.volunteer_id)
        return self.knows(place) and not (one.state == State.ACCEPTED and place in self._held)

    def is_experienced(self, place: Place) -> bool:
        return self.knows(place) and self.problem.volunteers[self.v_of[place[1]]].experienced


def _release(ids: Sequence[int], by: Person | None, now: dt.datetime) -> list[Assignment]:
    chosen = Assignment.objects.filter(pk__in=ids)
    rows = list(chosen.select_related("session__program", "session__hub", "volunteer").order_by("pk"))
    chosen.update(state=State.RELEASED, by=by, changed_at=now)
    by_session: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        row.state, row.by, row.changed_at = State.RELEASED, by, now
        by_session[row.session_id].append(person_resource(row.volunteer.person_id))
    for session, resources in by_session.items():
        Claim.objects.filter(session=session, resource__in=resources).delete()
    return rows


def _add(places: Sequence[Place], by: Person | None, now: dt.datetime) -> list[Assignment]:
    need_ids, volunteer_ids = {need for need, _ in places}, {volunteer for _, volunteer in places}
    needs = Need.objects.filter(pk__in=need_ids).select_related("session__program", "session__hub")
    sessions = {need.pk: need.session for need in needs}
    volunteers = Volunteer.objects.in_bulk(volunteer_ids)
    rows = [
        Assignment(
            need_id=need,
            session=sessions[need],
            volunteer=volunteers[volunteer],
            state=State.PUBLISHED,
            source=Assignment.Source.PLANNER,
            by=by,
            created_at=now,
            changed_at=now,
        )
        for need, volunteer in places
    ]
    Assignment.objects.bulk_create(rows)
    Claim.objects.bulk_create(
        Claim(
            session=row.session,
            resource=person_resource(row.volunteer.person_id),
            starts_at=row.session.starts_at,
            ends_at=row.session.ends_at,
            exclusive=True,
        )
        for row in rows
    )
    return rows


def _tell(
    run: Run, added: Iterable[Assignment], released: Iterable[Assignment], by: Person | None, sessions: Collection[int]
) -> None:
    """The journal of each hub, then each hub's and each affected person's topic."""
    changed = [*added, *released]
    hub_ids = set(Session.objects.filter(pk__in=among(sessions)).values_list("hub", flat=True))
    by_topic: dict[str, list[Assignment]] = {f"hub:{pk}": [] for pk in hub_ids}
    for row in changed:
        by_topic[f"hub:{row.session.hub_id}"].append(row)
        by_topic.setdefault(f"person:{row.volunteer.person_id}", []).append(row)
    for pk in sorted(hub_ids):
        counts = Counter(str(row.state) for row in by_topic[f"hub:{pk}"])
        append(action="roster.published", subject=run, actor_id=by.pk if by else None, hub_id=pk, **counts)
    news: list[News] = [(f"run:{run.pk}", "run.published", {"run": [run.pk]})]
    for topic, rows in by_topic.items():
        kind = "roster.published" if topic.startswith("hub:") else "assignment.changed"
        sessions = sorted({row.session_id for row in rows})
        news.append((topic, kind, {"session": sessions, "assignment": [row.pk for row in rows]}))
    publish_each(news)
