"""Who could take a place, and which of their own places would they leave for it? (compiled)

A need is named by its number through all sessions. Places that nobody may take away are locked.
"""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

from typing import NamedTuple

import numpy as np
from numba import njit

from scheduling.solver.build import Flags, Ints

NEVER = 1 << 40  # dearer than anything
MOST_DROPPED = 2  # places that one person may leave for another
QUESTION, VOLUNTEER, CANDIDATE, FIRST, SECOND, FIRST_LEADS, SECOND_LEADS, PRICE, TOTAL, FIELDS = range(10)
"""Fields of an option: who, by which candidate row, leaving which needs (-1: none), whether newcomers lose their only
experienced person there, the price, and the price with what is left staying empty."""


# Fields of the tables' rows.
WHO, COST, OPEN = range(3)  # of a candidate
START, END, HUB, MINUTES, LEADS, NEWCOMERS = range(6)  # of a session: when, where, experienced and new people there
NEED, PLACE_COST, LOCKED = range(3)  # of a place somebody holds
PLACES, USED, MAX_SESSIONS, MAX_MINUTES, REST, EXPERIENCED, NEWCOMER, WISH = range(8)  # of a person
BUDDIES, BUDDIES_END, AVOIDED, AVOIDED_END = range(8, 12)
FAIR, BUDDY, OPENING, WISHING = range(4)  # of the weights


class Tables(NamedTuple):
    """What the compiled part sees: few arrays with rows, since each array passed on costs time."""

    at: Ints  # need n has candidates at[n]:at[n + 1]
    candidates: Ints
    need_session: Ints
    sessions: Ints
    people: Ints
    held: Ints  # what person v holds is held[v, :people[v, PLACES]]
    travel: Ints
    others: Ints  # buddies and avoided people, as the rows of people say
    weights: Ints


compiled = njit(cache=True, nogil=True)


@compiled
def options(
    at: Ints,
    candidates: Ints,
    need_session: Ints,
    sessions: Ints,
    people: Ints,
    held: Ints,
    travel: Ints,
    others: Ints,
    weights: Ints,
    questions: Ints,
    leads_only: Flags,
    leaving: Ints,
    best_only: bool,
    only: int,
) -> Ints:
    rows = np.empty((max(64, len(questions)), FIELDS), dtype=np.int64)
    ways = np.empty((64, 2), dtype=np.int64)
    size = 0
    for q in range(len(questions)):
        n = questions[q]
        s = need_session[n]
        found = -1
        for i in range(at[n], at[n + 1]):
            v = candidates[i, WHO]
            if candidates[i, OPEN] == 0 or (only >= 0 and v != only) or (leads_only[q] and people[v, EXPERIENCED] == 0):
                continue
            if people[v, NEWCOMER] and sessions[s, LEADS] == 0:
                continue
            for w in range(_ways(v, s, ways, need_session, sessions, people, held, travel, others)):
                if size == len(rows):
                    rows = np.concatenate((rows, np.empty_like(rows)))
                rows[size, QUESTION], rows[size, VOLUNTEER], rows[size, CANDIDATE] = q, v, i
                _price(
                    rows,
                    size,
                    candidates[i, COST],
                    s,
                    ways[w, 0],
                    ways[w, 1],
                    leaving,
                    need_session,
                    sessions,
                    people,
                    held,
                    others,
                    weights,
                )
                if not best_only:
                    size += 1
                elif found < 0:
                    found, size = size, size + 1
                elif rows[size, TOTAL] < rows[found, TOTAL]:
                    rows[found] = rows[size]
    return rows[:size]


@compiled
def _is_in(v: int, s: int, need_session: Ints, people: Ints, held: Ints) -> bool:
    for j in range(people[v, PLACES]):  # noqa: SIM110 (compiled: no generators)
        if need_session[held[v, j, NEED]] == s:
            return True
    return False


@compiled
def _ways(
    v: int,
    s: int,
    ways: Ints,
    need_session: Ints,
    sessions: Ints,
    people: Ints,
    held: Ints,
    travel: Ints,
    others: Ints,
) -> int:
    """Writes which of v's places (by position, -1: none) must go before v can be in s; returns how many ways."""
    first, second, forced = -1, -1, 0
    places, most = people[v, PLACES], people[v, MAX_SESSIONS]
    room = people[v, MAX_MINUTES] - people[v, USED] - sessions[s, MINUTES]
    for j in range(places):
        other = need_session[held[v, j, NEED]]
        if other == s:
            return 0
        # of two sessions the one that begins first must end, with rest or way, before the other begins
        way = max(people[v, REST], travel[sessions[other, HUB], sessions[s, HUB]])
        back = max(people[v, REST], travel[sessions[s, HUB], sessions[other, HUB]])
        if sessions[s, START] < sessions[other, END] + way and sessions[other, START] < sessions[s, END] + back:
            forced += 1
            if held[v, j, LOCKED] or forced > MOST_DROPPED:
                return 0
            if forced == 1:
                first = j
            else:
                second = j
            room += sessions[other, MINUTES]
    for i in range(people[v, AVOIDED], people[v, AVOIDED_END]):
        if _is_in(others[i], s, need_session, people, held):
            return 0
    left = places - forced
    if left < most and room >= 0:
        ways[0, 0], ways[0, 1] = first, second
        return 1
    if forced == MOST_DROPPED or most < 1:
        return 0
    size = 0
    for j in range(places):
        if j == first or held[v, j, LOCKED]:
            continue
        after = room + sessions[need_session[held[v, j, NEED]], MINUTES]
        if left - 1 < most and after >= 0:
            ways[size, 0], ways[size, 1] = j, first
            size += 1
        elif forced == 0:
            for k in range(j + 1, places):
                more = after + sessions[need_session[held[v, k, NEED]], MINUTES]
                if not held[v, k, LOCKED] and left - 2 < most and more >= 0 and size < len(ways):
                    ways[size, 0], ways[size, 1] = j, k
                    size += 1
        if size == len(ways):
            break
    return size


@compiled
def _price(
    rows: Ints,
    at: int,
    cost: int,
    s: int,
    first: int,
    second: int,
    leaving: Ints,
    need_session: Ints,
    sessions: Ints,
    people: Ints,
    held: Ints,
    others: Ints,
    weights: Ints,
) -> None:
    """Fills in what the option in this row leaves and costs."""
    v = rows[at, VOLUNTEER]
    places = people[v, PLACES]
    price = cost - _count_cost(v, places, people, weights)
    price -= weights[BUDDY] * _met(v, s, need_session, people, held, others)
    empty = 0
    for k in range(2):
        j = first if k == 0 else second
        if j < 0:
            rows[at, FIRST + k], rows[at, FIRST_LEADS + k] = -1, 0
            continue
        n = held[v, j, NEED]
        left = need_session[n]
        places -= 1
        price -= held[v, j, PLACE_COST]
        price += weights[BUDDY] * _met(v, left, need_session, people, held, others)
        leads = people[v, EXPERIENCED] > 0 and sessions[left, LEADS] == 1 and sessions[left, NEWCOMERS] > 0
        rows[at, FIRST + k], rows[at, FIRST_LEADS + k] = n, leads
        empty += NEVER if leads else leaving[n]
    price += _count_cost(v, places + 1, people, weights)
    rows[at, PRICE], rows[at, TOTAL] = price, price + empty


@compiled
def _count_cost(v: int, places: int, people: Ints, weights: Ints) -> int:
    cost = weights[FAIR] * (places * (places - 1) // 2)
    if places > 0:
        cost += weights[OPENING]
    if weights[WISHING] > 0 and people[v, WISH] >= 0:
        off = abs(places - people[v, WISH])
        cost += weights[WISHING] * (off * (off + 1) // 2)
    return cost


@compiled
def _met(v: int, s: int, need_session: Ints, people: Ints, held: Ints, others: Ints) -> int:
    """Buddies of v in a session."""
    met = 0
    for i in range(people[v, BUDDIES], people[v, BUDDIES_END]):
        if _is_in(others[i], s, need_session, people, held):
            met += 1
    return met
