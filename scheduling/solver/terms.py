"""Terms that people recognize, each off unless the file gives it a weight.

| weight | what a file says | what it costs |
|---|---|---|
| `x_standing` | `x_standing: [[volunteer, session]]`, their own shift | minus the weight where they have it |
| `x_familiar` | `x_familiar: [[volunteer, session]]`, known to those who come | minus the weight where they are there |
| `x_wish` | a volunteer's `x_wish`, sessions a week | 1, 3, 6... weights for 1, 2, 3... sessions off the wish |
| `x_shared` | `x_unpopular_before`, unpopular sessions taken of late | that many weights per unpopular session |
| `x_asked` | `x_weeks_since_asked` | a weight for each week below four, per session |
| `x_wanted` | `x_wished_before`, sessions wished for of late | minus the weight for each of `history` within it |

With `x_wanted` at `fair_step`, fairness counts what somebody did beyond what they wished for, and nothing else.

All but the wish hang on one assignment alone; the wish is convex in a volunteer's sessions, as fairness is.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduling.solver.problem import Problem, Volunteer

Ints = NDArray[np.int64]
PLACE_TERMS = ("standing", "familiar", "shared", "asked", "wanted")
ASKED_WEEKS = 4


def place_terms(problem: Problem, v: int, s: int) -> dict[str, int]:
    """What the terms that are on cost for this volunteer in this session."""
    weights, volunteer = problem.weights, problem.volunteers[v]
    found = {}
    if weights.standing:
        found["standing"] = -weights.standing * ((v, s) in problem.standing)
    if weights.familiar:
        found["familiar"] = -weights.familiar * ((v, s) in problem.familiar)
    if weights.shared:
        found["shared"] = weights.shared * volunteer.unpopular_before * (problem.sessions[s].unpopular < 0)
    if weights.asked:
        found["asked"] = weights.asked * _weeks_too_soon(volunteer)
    if weights.wanted:
        found["wanted"] = -weights.wanted * _as_wished(volunteer)
    return found


def wish_cost(problem: Problem, volunteer: Volunteer, count: int) -> int:
    if volunteer.wish is None:
        return 0
    off = abs(count - volunteer.wish)
    return problem.weights.wish * (off * (off + 1) // 2)


def unheard(problem: Problem) -> int:
    """What all wishes cost while nobody has a session."""
    return sum(wish_cost(problem, volunteer, 0) for volunteer in problem.volunteers)


def column_costs(problem: Problem, col_volunteer: Ints, col_session: Ints) -> Ints:
    """The sum of `place_terms` for many places at once, in the order given."""
    weights, people = problem.weights, problem.volunteers
    cost = np.zeros(len(col_volunteer), dtype=np.int64)
    if weights.standing:
        cost -= weights.standing * _among(problem.standing, col_volunteer, col_session, len(problem.sessions))
    if weights.familiar:
        cost -= weights.familiar * _among(problem.familiar, col_volunteer, col_session, len(problem.sessions))
    if weights.shared:
        unpopular = np.array([session.unpopular < 0 for session in problem.sessions], dtype=np.bool_)
        cost += (
            weights.shared * _per_person([v.unpopular_before for v in people], col_volunteer) * unpopular[col_session]
        )
    if weights.asked:
        cost += weights.asked * _per_person([_weeks_too_soon(v) for v in people], col_volunteer)
    if weights.wanted:
        cost -= weights.wanted * _per_person([_as_wished(v) for v in people], col_volunteer)
    return cost


def _weeks_too_soon(volunteer: Volunteer) -> int:
    return 0 if volunteer.weeks_since_asked is None else max(0, ASKED_WEEKS - volunteer.weeks_since_asked)


def _as_wished(volunteer: Volunteer) -> int:
    """Of the sessions they had before, those they wished for."""
    return min(volunteer.history, volunteer.wished_before)


def _per_person(values: Sequence[int], col_volunteer: Ints) -> Ints:
    return np.array(values, dtype=np.int64)[col_volunteer]


def _among(
    pairs: frozenset[tuple[int, int]], col_volunteer: Ints, col_session: Ints, sessions: int
) -> NDArray[np.bool_]:
    keys = np.array([v * sessions + s for v, s in pairs], dtype=np.int64)
    return np.isin(col_volunteer * sessions + col_session, keys)
