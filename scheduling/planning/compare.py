"""A proposal beside another plan of its week, or beside the roster in force: figures, by place and by person.

Both are scored anew, under the weights and in the problem of the proposal looked at: what each was planned by may
differ, and figures of two policies say nothing about each other. Only sessions that both plan are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from hub.among import among
from scheduling.planning.index import Triple
from scheduling.planning.models import Proposed, Run
from scheduling.planning.newest import Newest
from scheduling.planning.people import names_of
from scheduling.planning.proposal import Proposal
from scheduling.planning.shifts import shifts_of
from scheduling.planning.waivers import Place
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from scheduling.solver import scoring
from scheduling.solver.book import Book
from scheduling.solver.problem import Problem

Row = dict[str, Any]


@dataclass(frozen=True)
class Side:
    places: frozenset[Triple]
    book: Book
    score: scoring.Score

    @property
    def loads(self) -> Counter[int]:
        """How many places each person has."""
        return Counter({v: len(taken) for v, taken in self.book.taken.items()})


@dataclass(frozen=True)
class Compared:
    proposal: Proposal
    sessions: int
    """How many both plan."""
    ours: Side
    """The proposal's."""
    theirs: Side
    beyond: int
    """Places of the other's that the proposal can't have: of people whom nobody may assign any more."""

    @property
    def differing(self) -> frozenset[Triple]:
        return self.ours.places ^ self.theirs.places


_compared: Newest[Compared] = Newest(8)


def compare(proposal: Proposal, other: Run | None) -> Compared:
    """`other`: None for the roster in force."""
    sessions = set(proposal.index.sessions)
    if other is not None:
        sessions &= set(other.index["sessions"])
    places = _places(other, sessions)
    key = (proposal.state, frozenset(sessions), frozenset(places))
    return _compared.of(key, lambda: _score_both(proposal, sessions, places))


def _places(other: Run | None, sessions: Collection[int]) -> list[Place]:
    if other is not None:
        rows = Proposed.objects.filter(run=other, need__session__in=among(sessions))
        return list(rows.values_list("need_id", "volunteer_id"))
    active = Assignment.objects.filter(session__in=among(sessions), state__in=Assignment.ACTIVE)
    return list(active.values_list("need_id", "volunteer_id"))


def _score_both(proposal: Proposal, sessions: Collection[int], places: Collection[Place]) -> Compared:
    both = {s for s, pk in enumerate(proposal.index.sessions) if pk in sessions}
    problem = _only(proposal.problem, both)
    # What is held fixed stays under either plan, and is no place of the problem.
    held = {(need, who) for need, who, _ in proposal.index.unkept}
    free = [place for place in places if place not in held]
    known = [place for place in free if place[0] in proposal.place_of and place[1] in proposal.v_of]
    return Compared(
        proposal,
        len(both),
        _side(problem, frozenset(one for one in proposal.triples if one[1] in both)),
        _side(problem, frozenset(proposal.triple(*place) for place in known)),
        len(free) - len(known),
    )


def _side(problem: Problem, places: frozenset[Triple]) -> Side:
    return Side(places, Book(places), scoring.score(problem, places))


def _only(problem: Problem, both: Collection[int]) -> Problem:
    """The problem with nothing asked for in all other sessions, nor in force there."""
    if len(both) == len(problem.sessions):
        return problem
    sessions = [one if s in both else replace(one, needs=()) for s, one in enumerate(problem.sessions)]
    published = tuple(one for one in problem.published if one[1] in both)
    return replace(problem, sessions=tuple(sessions), published=published)


def figures(compared: Compared) -> Row:
    ours, theirs = compared.ours, compared.theirs
    mine, other = ours.score.terms, theirs.score.terms
    return {
        "sessions": compared.sessions,
        "left_out": len(compared.proposal.index.sessions) - compared.sessions,
        "beyond": compared.beyond,
        "same": len(ours.places & theirs.places),
        "ours": _totals(ours),
        "theirs": _totals(theirs),
        "terms": [
            {"term": name, "ours": mine[name], "theirs": other[name]} for name in mine if mine[name] != other[name]
        ],
    }


def _totals(side: Side) -> Row:
    return {
        "places": len(side.places),
        "people": len(side.book.taken),
        "short_of_min": side.score.short_of_min,
        "short_of_target": side.score.short_of_target,
        "points": side.score.total,
    }


def by_session(compared: Compared, *, most: int, masked: bool = False) -> Row:
    """The places where other people would be: those where one of the two is shorter first, then in order of time."""
    proposal = compared.proposal
    touched: dict[tuple[int, int], list[Triple]] = defaultdict(list)
    for triple in sorted(compared.differing):
        touched[triple[1:]].append(triple)

    def short(side: Side, s: int, r: int) -> int:
        return max(0, proposal.problem.sessions[s].needs[r].min - side.book.heads[s, r])

    order = sorted(touched, key=lambda at: (short(compared.ours, *at) == short(compared.theirs, *at), at))
    shown = order[:most]
    names = names_of({proposal.index.volunteers[v] for at in shown for v, _, _ in touched[at]}, masked=masked)
    shifts = shifts_of({proposal.index.needs[s][r] for s, r in shown})
    sites = dict(
        Session.objects.filter(pk__in=among(proposal.index.sessions[s] for s, _ in shown)).values_list("pk", "hub")
    )

    def people(at: tuple[int, int], side: Side) -> list[Row]:
        ids = [proposal.index.volunteers[one[0]] for one in touched[at] if one in side.places]
        return [{"volunteer": who, "name": names.get(who, "")} for who in ids]

    return {
        "count": len(order),
        "rows": [
            {
                "shift": shifts[need],
                "hub": sites[shifts[need]["session"]],
                "short": [short(compared.ours, *at), short(compared.theirs, *at)],
                "ours": people(at, compared.ours),
                "theirs": people(at, compared.theirs),
            }
            for at in shown
            if (need := proposal.index.needs[at[0]][at[1]]) in shifts
        ],
    }


def by_person(compared: Compared, *, most: int, masked: bool = False) -> Row:
    """Whose week would be another: those who would have more or fewer shifts first."""
    proposal = compared.proposal
    touched: dict[int, list[Triple]] = defaultdict(list)
    for triple in sorted(compared.differing):
        touched[triple[0]].append(triple)
    ours, theirs = (side.loads for side in (compared.ours, compared.theirs))
    order = sorted(touched, key=lambda v: (-abs(ours[v] - theirs[v]), v))
    shown = order[:most]
    names = names_of([proposal.index.volunteers[v] for v in shown], masked=masked)
    shifts = shifts_of({proposal.ids(triple)[0] for v in shown for triple in touched[v]})

    def only(v: int, side: Side) -> list[Row]:
        needs = [proposal.ids(triple)[0] for triple in touched[v] if triple in side.places]
        return [shifts[need] for need in needs if need in shifts]

    return {
        "count": len(order),
        "people": [
            {
                "volunteer": proposal.index.volunteers[v],
                "name": names.get(proposal.index.volunteers[v], ""),
                "places": [ours[v], theirs[v]],
                "ours": only(v, compared.ours),
                "theirs": only(v, compared.theirs),
            }
            for v in shown
        ],
    }
