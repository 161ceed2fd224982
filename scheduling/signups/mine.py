"""My shifts: what one volunteer has taken, with whom, and which are their own every week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hub import clock
from hub.sealed import mask_name
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment, Standby
from volunteers.models import StandingShift
from volunteers.wishes import is_of

MOST_PAST = 60
State = Assignment.State
ANSWERABLE = (*Assignment.ACTIVE, *Assignment.OPEN, State.DECLINED)


@dataclass(frozen=True)
class MyShift:
    assignment: Assignment
    company: Sequence[str]
    """The others who come: family name and a star."""
    standing_id: int | None
    """The standing shift by which it is their own every week."""
    ahead: int | None = None
    """How many stand before them in line; none who does not wait."""

    @property
    def answerable(self) -> bool:
        return is_answerable(self.assignment)


def is_answerable(assignment: Assignment) -> bool:
    """May still be answered, or answered differently."""
    session = assignment.session
    return assignment.state in ANSWERABLE and session.state == Session.State.PLANNED and session.starts_at > clock.now()


def _with_session(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related(
        "need", "session__program", "session__hub", "session__room", "session__duty_worker"
    ).order_by("session__starts_at", "pk")


def upcoming_shifts(person_id: int) -> list[MyShift]:
    """From now on, soonest first; with what was asked for, what was declined, so that a no can be taken back, and what
    was cancelled. Three queries for any number; a fourth where they wait in line."""
    rows = Assignment.objects.filter(volunteer__person=person_id, session__ends_at__gt=clock.now())
    rows = rows.exclude(state=State.WITHDRAWN)
    return _with_company(_newest_each(list(_with_session(rows))))


def past_shifts(person_id: int) -> list[MyShift]:
    """The last ones they had a place in, newest first."""
    rows = Assignment.objects.filter(
        volunteer__person=person_id,
        session__ends_at__lte=clock.now(),
        state__in=Assignment.ACTIVE,
        session__state=Session.State.PLANNED,
    )
    return _with_company(list(_with_session(rows).order_by("-session__starts_at", "-pk")[:MOST_PAST]))


def standbys_of(person_id: int) -> list[Standby]:
    """What they keep their time for, soonest first. One query."""
    ready = Standby.objects.filter(
        volunteer__person=person_id, state=Standby.State.READY, session__ends_at__gt=clock.now()
    )
    facts = ready.select_related("session__program", "session__hub", "session__room")
    return list(facts.order_by("session__starts_at", "pk"))


def shifts_of(assignments: QuerySet[Assignment]) -> list[MyShift]:
    return _with_company(list(_with_session(assignments)))


def _newest_each(rows: Collection[Assignment]) -> list[Assignment]:
    """One row per session: who said no and signed up again has two."""
    newest: dict[int, Assignment] = {}
    for row in rows:
        known = newest.get(row.session_id)
        if known is None or _weight(row) > _weight(known):
            newest[row.session_id] = row
    return list(newest.values())


def _weight(row: Assignment) -> tuple[bool, bool, int]:
    return row.state in Assignment.HOLDING, row.state in Assignment.OPEN, row.pk


def _ahead(rows: Sequence[Assignment]) -> dict[int, int]:
    """Assignment id -> how many stand before it in line, its own party not counted."""
    mine = [row for row in rows if row.state == State.WAITING]
    if not mine:
        return {}
    line = Assignment.objects.filter(need__in={row.need_id for row in mine}, state=State.WAITING)
    waiting = list(line.values_list("pk", "need", "party"))
    return {
        row.pk: sum(
            pk < row.pk and need == row.need_id and (party is None or party != row.party_id)
            for pk, need, party in waiting
        )
        for row in mine
    }


def _with_company(rows: Sequence[Assignment]) -> list[MyShift]:
    company: dict[int, list[tuple[int, str]]] = defaultdict(list)
    present = Assignment.objects.filter(session__in=[row.session_id for row in rows], state__in=Assignment.ACTIVE)
    names = present.order_by("pk").values_list("session", "volunteer", "volunteer__person__name")
    for session, volunteer, name in names:
        company[session].append((volunteer, mask_name(name)))
    ahead = _ahead(rows)
    own = list(StandingShift.objects.filter(volunteer__in={row.volunteer_id for row in rows}))
    return [
        MyShift(
            row,
            [name for volunteer, name in company[row.session_id] if volunteer != row.volunteer_id],
            next((one.pk for one in own if one.volunteer_id == row.volunteer_id and _is_of(one, row.session)), None),
            ahead.get(row.pk),
        )
        for row in rows
    ]


def _is_of(shift: StandingShift, session: Session) -> bool:
    return is_of(shift, session.program_id, session.hub_id, session.starts_at)
