"""Simulated annealing by insert and eject, compiled. Every hard rule holds after each step.

A move puts one column into the plan, takes out whatever that breaks (clashes, limits, a full need, an avoided
person, newcomers left without company), refills the places and people it disturbed where that pays, and is undone
as a whole unless accepted. Pinned columns never leave.
"""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

import numpy as np

from scheduling.solver.build import Arrays, Ints
from scheduling.solver.state import (
    CANDIDATES,
    CANDIDATES_END,
    COL_COUNT,
    COL_FIELDS,
    COLS,
    COUNT,
    EXPERIENCED_IN,
    HEADS,
    HELD,
    MEMBERS,
    NEED,
    NEED_FIELDS,
    NEEDS,
    NEEDS_END,
    NEWCOMER,
    NEWCOMERS_IN,
    OWN,
    OWN_END,
    PERSON,
    PINNED,
    SESSION,
    TARGET,
    State,
    add,
    avoids,
    clashing,
    compiled,
    fits,
    found_in,
    is_full,
    price,
    remove,
)

LOG = 256  # changes one move may make before it is given up
TRIES = 12  # candidates looked at to refill a place


def anneal(state: State, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
    """Run `steps` moves while cooling from `hot` to `cold`; returns the change in cost.

    Half of the moves fill one of the needs in `focus` (the short ones), when there are any.
    """
    return int(_anneal(state.w, seed, steps, hot, cold, state.addresses(focus)))


@compiled
def _drop(w: Ints, c: int, log: Ints, size: int) -> tuple[int, int, bool]:
    """Take c out, and newcomers who lose their company with it. Returns (change, log size, whether allowed)."""
    if w[c + PINNED] or size + 1 >= LOG:
        return 0, size, False
    change = remove(w, c)
    log[size] = -c
    size += 1
    session = w[c + SESSION]
    if w[session + NEWCOMERS_IN] > 0 and w[session + EXPERIENCED_IN] == 0:
        for need in range(w[session + NEEDS], w[session + NEEDS_END], NEED_FIELDS):
            for j in range(w[need + MEMBERS] + w[need + HEADS] - 1, w[need + MEMBERS] - 1, -1):
                other = w[j]
                if w[w[other + PERSON] + NEWCOMER]:
                    if w[other + PINNED] or size + 1 >= LOG:
                        return change, size, False
                    change += remove(w, other)
                    log[size] = -other
                    size += 1
    return change, size, True


@compiled
def _victim(w: Ints, c: int) -> int:
    """A column to take out before c fits; -1 when none is in the way, -2 when none would help."""
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    found = clashing(w, person, session)
    if found >= 0:
        return found
    if is_full(w, person, session):
        return w[w[person + HELD] + np.random.randint(w[person + COUNT])] if w[person + COUNT] > 0 else -2
    if w[need + HEADS] >= w[need + TARGET]:
        return w[w[need + MEMBERS] + np.random.randint(w[need + HEADS])] if w[need + HEADS] > 0 else -2
    return avoids(w, person, session)


@compiled
def _make_room(w: Ints, c: int, log: Ints) -> tuple[int, int, bool]:
    """Take out whatever keeps c from fitting. Returns (change, log size, whether c fits now)."""
    total, size = 0, 0
    victim = _victim(w, c)
    while victim >= 0:
        change, size, allowed = _drop(w, victim, log, size)
        total += change
        if not allowed:
            return total, size, False
        victim = _victim(w, c)
    company = not w[w[c + PERSON] + NEWCOMER] or w[w[c + SESSION] + EXPERIENCED_IN] > 0
    return total, size, victim == -1 and company


@compiled
def _best_fit(w: Ints, low: int, size: int, listed: bool, forbidden: int) -> int:
    """The most saving of a few random columns that fit as things stand, or -1.

    The columns are those in the list w[low:low + size], or (not listed) the `size` rows from address `low` on.
    """
    best, found = 0, -1
    for k in range(min(TRIES, size)):
        i = k if size <= TRIES else np.random.randint(size)
        c = w[low + i] if listed else low + i * COL_FIELDS
        if c != forbidden and fits(w, c):
            cost = price(w, c)
            if cost < best:
                best, found = cost, c
    return found


@compiled
def _undo(w: Ints, log: Ints, size: int) -> None:
    for k in range(size - 1, -1, -1):
        if log[k] > 0:
            remove(w, log[k])
        else:
            add(w, -log[k])


@compiled
def _insert(w: Ints, c: int, temperature: float, log: Ints) -> int:
    total, size, fits = _make_room(w, c, log)
    if fits:
        ejected = size
        total += add(w, c)
        log[size] = c
        size += 1
        for k in range(ejected):  # refill the places that were left, then the people
            gone = -log[k]
            person, need = w[gone + PERSON], w[gone + NEED]
            if size + 2 >= LOG:
                break
            low = w[need + CANDIDATES]
            extra = _best_fit(w, low, w[need + CANDIDATES_END] - low, True, gone)
            if extra >= 0:
                total += add(w, extra)
                log[size] = extra
                size += 1
            low = w[person + OWN]
            extra = _best_fit(w, low, (w[person + OWN_END] - low) // COL_FIELDS, False, gone)
            if extra >= 0:
                total += add(w, extra)
                log[size] = extra
                size += 1
        if total <= 0 or np.random.random() < np.exp(-total / temperature):
            return total
    _undo(w, log, size)
    return 0


@compiled
def _withdraw(w: Ints, c: int, temperature: float, log: Ints) -> int:
    change, size, allowed = _drop(w, c, log, 0)
    if allowed and (change <= 0 or np.random.random() < np.exp(-change / temperature)):
        return change
    _undo(w, log, size)
    return 0


@compiled
def _anneal(w: Ints, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
    np.random.seed(seed)
    total = 0
    if w[COL_COUNT] == 0:
        return 0
    log = np.zeros(LOG, dtype=np.int64)
    cooling = (cold / hot) ** (1.0 / max(1, steps))
    temperature = hot
    for _ in range(steps):
        temperature *= cooling
        c = w[COLS] + COL_FIELDS * np.random.randint(w[COL_COUNT])
        if len(focus) > 0 and np.random.random() < 0.5:
            need = focus[np.random.randint(len(focus))]
            size = w[need + CANDIDATES_END] - w[need + CANDIDATES]
            if size > 0:
                c = w[w[need + CANDIDATES] + np.random.randint(size)]
        if found_in(w, w[c + PERSON], w[c + SESSION]) != c:
            total += _insert(w, c, temperature, log)
        elif np.random.random() < 0.05:
            total += _withdraw(w, c, temperature, log)
    return total


def warm_up(arrays: Arrays, columns: Ints) -> None:
    """Compile (or load from the cache) everything above on a small problem."""
    state = State(arrays)
    state.load(columns)
    anneal(state, 0, 10, 10.0, 1.0, state.short_needs())
