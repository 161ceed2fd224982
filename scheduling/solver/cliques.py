"""Sessions that one volunteer can only have one of, gathered into as few sets as cover every clash (compiled)."""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

import numpy as np
from numba import njit

from scheduling.solver.build import Arrays, Ints

compiled = njit(cache=True, nogil=True)


def compatible(arrays: Arrays, columns: Ints, fixed: Ints) -> Ints:
    """Those of `columns` whose volunteer can take them beside the fixed ones, looking at clashes alone."""
    if not len(fixed) or not len(columns):
        return columns
    order = fixed[np.argsort(arrays.col_volunteer[fixed], kind="stable")]
    owner = arrays.col_volunteer[order]
    low = np.searchsorted(owner, arrays.col_volunteer[columns], side="left")
    high = np.searchsorted(owner, arrays.col_volunteer[columns], side="right")
    keep = _compatible(
        *(columns, low, high, arrays.col_session[order], arrays.col_volunteer, arrays.col_session),
        *(arrays.start, arrays.end, arrays.hub, arrays.min_rest, arrays.travel),
    )
    return columns[keep]


def cover(arrays: Arrays, columns: Ints) -> tuple[Ints, Ints]:
    """Cliques of clashing columns (ordered by volunteer): clique i is members[at[i]:at[i + 1]].

    Members are positions in `columns`. Every clash of a volunteer lies in some clique, and so do two columns of
    one session.
    """
    if not len(columns):
        return np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    session = arrays.col_session[columns]
    order = np.lexsort((session, arrays.end[session], arrays.start[session], arrays.col_volunteer[columns]))
    found = _cover(
        *(order, arrays.col_volunteer[columns], session),
        *(arrays.start, arrays.end, arrays.hub, arrays.min_rest, arrays.travel),
    )
    return found[0], found[1]


@compiled
def _clash(a: int, b: int, rest: int, start: Ints, end: Ints, hub: Ints, travel: Ints) -> bool:
    if a == b:
        return True
    if start[b] < start[a] or (start[b] == start[a] and (end[b] < end[a] or (end[b] == end[a] and hub[b] < hub[a]))):
        a, b = b, a
    return start[b] < end[a] + max(rest, travel[hub[a], hub[b]])


@compiled
def _compatible(
    columns: Ints,
    low: Ints,
    high: Ints,
    fixed_session: Ints,
    col_volunteer: Ints,
    col_session: Ints,
    start: Ints,
    end: Ints,
    hub: Ints,
    min_rest: Ints,
    travel: Ints,
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    keep = np.ones(len(columns), dtype=np.bool_)
    for i in range(len(columns)):
        rest = min_rest[col_volunteer[columns[i]]]
        for j in range(low[i], high[i]):
            if _clash(fixed_session[j], col_session[columns[i]], rest, start, end, hub, travel):
                keep[i] = False
                break
    return keep


@compiled
def _cover(
    order: Ints,
    volunteer: Ints,
    session: Ints,
    start: Ints,
    end: Ints,
    hub: Ints,
    min_rest: Ints,
    travel: Ints,
) -> tuple[Ints, Ints]:
    at, members = [0], [-1]
    members.pop()
    low = 0
    while low < len(order):
        v = volunteer[order[low]]
        high = low
        while high < len(order) and volunteer[order[high]] == v:
            high += 1
        size = high - low
        clash = np.zeros((size, size), dtype=np.bool_)
        for i in range(size):
            for j in range(i + 1, size):
                a, b = session[order[low + i]], session[order[low + j]]
                clash[i, j] = clash[j, i] = _clash(a, b, min_rest[v], start, end, hub, travel)
        open_ = clash.copy()
        for i in range(size):
            while open_[i, i + 1 :].any():
                first = i + 1
                while not open_[i, first]:
                    first += 1
                clique = [i, first]
                for j in range(i + 1, size):
                    if j == first or not clash[i, j]:
                        continue
                    together = True
                    for k in clique:
                        together = together and clash[j, k]
                    if together:
                        clique.append(j)
                for x in clique:
                    for y in clique:
                        open_[x, y] = False
                    members.append(order[low + x])
                at.append(len(members))
        low = high
    return np.array(at), np.array(members)
