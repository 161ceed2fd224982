"""A board whose people or times are no longer those of the problem it was made for."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from scheduling.solver import scoring
from scheduling.solver.board import Board
from scheduling.solver.build import build
from scheduling.solver.crowd import Crowd
from scheduling.solver.events import ChangedTime
from scheduling.solver.options import (
    END,
    EXPERIENCED,
    MAX_MINUTES,
    MAX_SESSIONS,
    MINUTES,
    NEWCOMER,
    OPEN,
    REST,
    START,
    USED,
    WISH,
)
from scheduling.solver.problem import Problem, Volunteer


def add_newcomer(board: Board, changed: Problem, person: Volunteer) -> None:
    """One person more at the end of the tables."""
    v, t = len(changed.volunteers) - 1, board.t
    alone = replace(changed, volunteers=(person,), published=(), buddies=(), avoid=(), pins=(), barred=frozenset())
    arrays = build(alone)
    row = np.zeros((1, t.people.shape[1]), dtype=np.int64)
    row[0, [MAX_SESSIONS, MAX_MINUTES, REST]] = person.max_sessions, person.max_minutes, person.min_rest
    row[0, [EXPERIENCED, NEWCOMER]] = person.experienced, person.new and not person.experienced
    row[0, WISH] = -1 if person.wish is None else person.wish
    board.t = t._replace(people=np.vstack([t.people, row]), held=np.pad(t.held, ((0, 1), (0, 0), (0, 0))))
    found = {}
    for n in arrays.col_need.tolist():
        s, r = board.place(n)
        others = t.candidates[t.at[n] : t.at[n + 1], :OPEN]
        found[n] = np.vstack([others, [[v, scoring.assignment_cost(changed, v, s, r)]]])
    board.set_candidates(found)


def set_times(board: Board, changed: Problem, moved: ChangedTime, present: Collection[int]) -> None:
    """A session at another time: who is in it stays, and others may come."""
    crowd, s, row = Crowd(changed), moved.session, board.t.sessions[moved.session]
    longer = moved.end - moved.start - int(row[MINUTES])
    board.t.people[list(present), USED] += longer
    row[[START, END, MINUTES]] = moved.start, moved.end, moved.end - moved.start
    found = {}
    for r in range(len(changed.sessions[s].needs)):
        free = crowd.eligible(s, r)
        costs = [scoring.assignment_cost(changed, v, s, r) for v in free.tolist()]
        found[board.need(s, r)] = board.rows(free, costs)
    board.set_candidates(found)
