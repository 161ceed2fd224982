"""Which needs each volunteer may take, as far as one session and one person alone are concerned (compiled)."""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduling.solver.problem import Problem

Ints = NDArray[np.int64]
compiled: Any = njit(cache=True, nogil=True)


def open_needs(problem: Problem, first_need: Ints, need_skill: Sequence[str]) -> tuple[Ints, Ints]:
    """The needs (numbered through all sessions) open to each volunteer, in order: (how many of each, the needs)."""
    people, sessions = problem.volunteers, problem.sessions
    skills, clearances = _numbers(need_skill), _numbers(s.clearance for s in sessions if s.clearance is not None)
    barred: dict[int, list[int]] = {}
    for v, s in problem.barred:
        barred.setdefault(v, []).append(s)
    travel = np.array(problem.travel, dtype=np.int64).reshape(len(problem.travel), len(problem.travel))
    return _open_needs(
        *_flat([v.available for v in people], 2),
        *_flat([v.blocked for v in people], 2),
        *_flat([barred.get(v, ()) for v in range(len(people))], 1),
        _table([v.skills for v in people], skills),
        _table([v.clearances for v in people], clearances),
        np.array([(v.home, v.max_travel, v.max_sessions, v.max_minutes) for v in people], np.int64).reshape(-1, 4),
        np.array([(s.start, s.end, s.hub) for s in sessions], np.int64).reshape(-1, 3),
        np.array([clearances.get(s.clearance or "", -1) for s in sessions], np.int64),
        travel,
        first_need,
        np.array([skills[name] for name in need_skill], np.int64),
    )


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(sorted(set(names)))}


def _table(held: Sequence[Iterable[str]], numbers: dict[str, int]) -> NDArray[np.bool_]:
    table = np.zeros((len(held), len(numbers) + 1), dtype=np.bool_)
    for i, names in enumerate(held):
        table[i, [numbers[name] for name in names if name in numbers]] = True
    return table


def _flat(rows: Sequence[Sequence[Any]], width: int) -> tuple[Ints, Ints]:
    """Lists of different length end to end, and where each begins."""
    at = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return at, np.array([item for row in rows for item in row], dtype=np.int64).reshape(-1, width)


@compiled  # type: ignore[untyped-decorator]
def _open_needs(
    available_at: Ints,
    available: Ints,
    blocked_at: Ints,
    blocked: Ints,
    barred_at: Ints,
    barred: Ints,
    skilled: NDArray[np.bool_],
    cleared: NDArray[np.bool_],
    limits: Ints,
    sessions: Ints,
    clearance: Ints,
    travel: Ints,
    first_need: Ints,
    need_skill: Ints,
) -> tuple[Ints, Ints]:
    counts = np.zeros(len(limits), dtype=np.int64)
    found = np.empty(1024, dtype=np.int64)
    size = 0
    inside = np.empty(len(sessions), dtype=np.bool_)
    by_start = np.argsort(sessions[:, 0])
    starts = sessions[by_start, 0]
    longest = np.max(sessions[:, 1] - sessions[:, 0]) if len(sessions) else 0
    for v in range(len(limits)):
        home, max_travel, max_sessions, max_minutes = limits[v]
        if max_sessions < 1:
            continue
        inside[:] = False
        for i in range(available_at[v], available_at[v + 1]):
            low, high = available[i]
            for s in by_start[np.searchsorted(starts, low) : np.searchsorted(starts, high)]:
                if sessions[s, 1] <= high:
                    inside[s] = True
        for i in range(blocked_at[v], blocked_at[v + 1]):
            low, high = blocked[i]
            for s in by_start[np.searchsorted(starts, low - longest) : np.searchsorted(starts, high)]:
                if sessions[s, 1] > low:
                    inside[s] = False
        for i in range(barred_at[v], barred_at[v + 1]):
            inside[barred[i, 0]] = False
        before = size
        for s in range(len(sessions)):
            if not inside[s] or sessions[s, 1] - sessions[s, 0] > max_minutes:
                continue
            if travel[home, sessions[s, 2]] > max_travel or (clearance[s] >= 0 and not cleared[v, clearance[s]]):
                continue
            for n in range(first_need[s], first_need[s + 1]):
                if skilled[v, need_skill[n]]:
                    if size == len(found):
                        found = np.concatenate((found, np.empty(size, dtype=np.int64)))
                    found[size] = n
                    size += 1
        counts[v] = size - before
    return counts, found[:size].copy()


@compiled  # type: ignore[untyped-decorator]
def in_order(keys: Ints, count: int) -> Ints:
    """Positions ordered by key (0 to `count` - 1), equal ones as they were: counting is faster than sorting."""
    at = np.zeros(count + 1, dtype=np.int64)
    for key in keys:
        at[key + 1] += 1
    for key in range(count):
        at[key + 1] += at[key]
    found = np.empty(len(keys), dtype=np.int64)
    for i in range(len(keys)):
        found[at[keys[i]]] = i
        at[keys[i]] += 1
    return found


@compiled  # type: ignore[untyped-decorator]
def _get_ready() -> int:
    return 0


_get_ready()  # numba sets itself up at the first call, for half a second: now, and not while a clock runs
