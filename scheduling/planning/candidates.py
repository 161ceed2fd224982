"""Who could take a place of a proposal: those whom nothing keeps from it, then those whom one thing does."""

from __future__ import annotations

from typing import Any

from scheduling.planning.people import names_of
from scheduling.planning.places import why_here
from scheduling.planning.proposal import Proposal
from scheduling.solver import scoring
from scheduling.solver.book import Book
from scheduling.solver.explain import near_misses

MOST_CANDIDATES = 20
MOST_NEAR = 12


def candidates(proposal: Proposal, need_id: int, *, instead: int | None = None) -> dict[str, Any]:
    """For the place (in a swap, of volunteer `instead`): who suits best first; and who could if one thing gave way."""
    problem = proposal.problem
    s, r = proposal.place_of[need_id]
    book = Book(triple for triple in proposal.triples if triple != (proposal.v_of.get(instead or 0), s, r))
    session = problem.sessions[s]
    everybody = [v for v, pk in enumerate(proposal.index.volunteers) if pk != instead]
    free = [v for v in everybody if not book.reasons(problem, v, s, r)]

    def cost(v: int) -> tuple[int, int]:
        one, taken = problem.volunteers[v], len(book.taken.get(v, ()))
        fair = scoring.fairness_cost(problem, one, taken + 1) - scoring.fairness_cost(problem, one, taken)
        return scoring.travel_cost(problem, one, session) + fair - scoring.preference(one, session), v

    best = sorted(free, key=cost)[:MOST_CANDIDATES]
    near = near_misses(problem, book, everybody, s, r, limit=MOST_NEAR)
    ids = proposal.index.volunteers
    names = names_of({ids[v] for v in best} | {ids[one["volunteer"]] for one in near})

    def named(v: int) -> dict[str, Any]:
        return {"volunteer": ids[v], "name": names.get(ids[v], "")}

    return {
        "need": need_id,
        "free_count": len(free),
        "free": [named(v) | {"why": why_here(proposal, (v, s, r))} for v in best],
        "near": [named(one["volunteer"]) | {"code": one["code"]} for one in near],
    }
