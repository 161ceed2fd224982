"""Columns that no plan can hold go before anything is priced: a bound is only as good as what it leaves out."""

import numpy as np

from scheduling.solver import cliques
from scheduling.solver.build import Arrays, Ints, restrict


def presolve(arrays: Arrays) -> Arrays:
    """The same problem without the columns that pins forbid or that bring a newcomer where nobody can keep company."""
    return restrict(arrays, open_columns(arrays, np.flatnonzero(~arrays.col_pinned), np.flatnonzero(arrays.col_pinned)))


def open_columns(arrays: Arrays, columns: Ints, fixed: Ints) -> Ints:
    """The fixed columns, and those of `columns` that may still be taken beside them (sorted)."""
    heads = np.bincount(arrays.col_need[fixed], minlength=arrays.needs)
    counts = np.bincount(arrays.col_volunteer[fixed], minlength=arrays.volunteers)
    minutes = arrays.minutes[arrays.col_session[fixed]]
    used = np.bincount(arrays.col_volunteer[fixed], weights=minutes, minlength=arrays.volunteers)
    v, s, n = arrays.col_volunteer[columns], arrays.col_session[columns], arrays.col_need[columns]
    keep = (heads[n] < arrays.need_target[n]) & (counts[v] < arrays.max_sessions[v])
    keep &= used[v] + arrays.minutes[s] <= arrays.max_minutes[v]
    found = cliques.compatible(arrays, columns[keep], fixed)
    company = np.zeros(arrays.sessions, dtype=np.bool_)
    for some in (found, fixed):
        company[arrays.col_session[some][arrays.experienced[arrays.col_volunteer[some]]]] = True
    found = found[~arrays.newcomer[arrays.col_volunteer[found]] | company[arrays.col_session[found]]]
    kept = np.zeros(arrays.columns, dtype=np.bool_)
    kept[found] = kept[fixed] = True
    return np.flatnonzero(kept)
