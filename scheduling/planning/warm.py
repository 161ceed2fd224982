"""Where a plan starts from: the last proposal of the same week, with its edits, as far as it still fits."""

from __future__ import annotations

import datetime as dt

from scheduling.planning.index import Index
from scheduling.planning.models import Proposed


def warm_start(week: dt.date, index: Index) -> list[list[int]]:
    """The newest proposed places of the needs in `index`, as positions."""
    place = {need: (s, r) for s, needs in enumerate(index.needs) for r, need in enumerate(needs)}
    v_of = {volunteer: v for v, volunteer in enumerate(index.volunteers)}
    rows = Proposed.objects.filter(run__week=week, need__in=place).order_by("run_id")
    newest: dict[int, tuple[int, set[int]]] = {}
    for run_id, need_id, volunteer_id in rows.values_list("run_id", "need_id", "volunteer_id"):
        if newest.get(need_id, (0, set()))[0] != run_id:
            newest[need_id] = (run_id, set())
        if volunteer_id in v_of:
            newest[need_id][1].add(v_of[volunteer_id])
    return sorted([v, *place[need]] for need, (_, people) in newest.items() for v in people)
