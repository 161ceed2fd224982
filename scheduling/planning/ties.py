"""Who belongs where: what ties a volunteer to some of the week's sessions, as pairs of their positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hub.among import among
from scheduling.sessions.models import Session
from scheduling.signups.history import History
from scheduling.signups.models import Assignment
from volunteers.models import StandingShift
from volunteers.wishes import is_of

Pairs = frozenset[tuple[int, int]]
"""(volunteer, session)"""


def standing_pairs(sessions: Sequence[Session], v_of: Mapping[int, int]) -> Pairs:
    """Sessions that are the volunteer's own every week. One query."""
    shifts: dict[tuple[int, int], list[StandingShift]] = defaultdict(list)
    for shift in StandingShift.objects.filter(hub__in={one.hub_id for one in sessions}):
        if shift.volunteer_id in v_of:
            shifts[shift.program_id, shift.hub_id].append(shift)
    return frozenset(
        (v_of[shift.volunteer_id], s)
        for s, one in enumerate(sessions)
        for shift in shifts.get((one.program_id, one.hub_id), ())
        if is_of(shift, one.program_id, one.hub_id, one.starts_at)
    )


def wished_pairs(sessions: Sequence[Session], v_of: Mapping[int, int]) -> Pairs:
    """Sessions that the volunteer asked for, where the planner decides. One query."""
    s_of = {one.pk: s for s, one in enumerate(sessions)}
    wished = Assignment.objects.filter(session__in=among(s_of), state=Assignment.State.WISHED)
    return frozenset(
        (v_of[volunteer], s_of[session])
        for volunteer, session in wished.values_list("volunteer", "session")
        if volunteer in v_of
    )


def familiar_pairs(history: History, sessions: Sequence[Session], v_of: Mapping[int, int]) -> Pairs:
    """Sessions where those who come know the volunteer. No query."""
    known: dict[tuple[int, int], list[int]] = defaultdict(list)
    for volunteer, program, hub in history.familiar:
        if volunteer in v_of:
            known[program, hub].append(v_of[volunteer])
    return frozenset((v, s) for s, one in enumerate(sessions) for v in known.get((one.program_id, one.hub_id), ()))
