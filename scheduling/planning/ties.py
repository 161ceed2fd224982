"""Who belongs where: what ties a volunteer to some of the week's sessions, as pairs of their positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scheduling.sessions.models import Session
from scheduling.signups.history import History

Pairs = frozenset[tuple[int, int]]
"""(volunteer, session)"""


def familiar_pairs(history: History, sessions: Sequence[Session], v_of: Mapping[int, int]) -> Pairs:
    """Sessions where those who come know the volunteer. No query."""
    known: dict[tuple[int, int], list[int]] = defaultdict(list)
    for volunteer, program, hub in history.familiar:
        if volunteer in v_of:
            known[program, hub].append(v_of[volunteer])
    return frozenset((v, s) for s, one in enumerate(sessions) for v in known.get((one.program_id, one.hub_id), ()))
