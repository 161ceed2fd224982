"""A proposal as it is looked through: by session and by person, with why each row is there and why places stay empty.

Codes and facts only; the screen words them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.among import among
from scheduling.planning.index import Triple
from scheduling.planning.proposal import Proposal, totals
from scheduling.planning.reasons import fits, reason, speaking_for
from scheduling.sessions.models import Need, Session
from scheduling.solver import scoring
from scheduling.solver.book import Book
from scheduling.solver.explain import explain_unfilled, near_misses
from scheduling.solver.plan import Unfilled
from volunteers.models import Volunteer

MOST_CANDIDATES = 20
MOST_NEAR = 12

Row = dict[str, Any]


@dataclass(frozen=True)
class Reckoned:
    """What follows from a proposal's state alone: it takes longer than reading the rest, and stays true."""

    short: Sequence[Unfilled]
    why: Sequence[Sequence[Row]]
    """Of each place, in order."""
    totals: Row


def reckon(proposal: Proposal) -> Reckoned:
    return Reckoned(
        short=explain_unfilled(proposal.problem, proposal.triples),
        why=[why_here(proposal, triple) for triple in proposal.triples],
        totals=totals(proposal),
    )


def review(proposal: Proposal, reckoned: Reckoned | None = None, *, masked: bool = False) -> Row:
    """All that the review shows; `masked` for who oversees without knowing people. A fixed number of queries."""
    reckoned = reckoned or reckon(proposal)
    index = proposal.index
    planned = set(proposal.triples)
    published = proposal.published
    short = {(one.session, one.need): one for one in reckoned.short}
    rows: list[Row] = [
        {
            "need": place[0],
            "volunteer": place[1],
            "why": why,
            "by_hand": by_hand,
            "pinned": place in proposal.pinned,
            "accepted": triple in proposal.accepted,
            "kept": triple in published,
            "waived": proposal.waived.get(place),
        }
        for (place, by_hand), triple, why in zip(proposal.places.items(), proposal.triples, reckoned.why, strict=True)
    ]
    needs: dict[int, Row] = {
        index.needs[s][r]: {
            "missing": one.missing,
            "reasons": dict(one.reasons),
            "near": [{"volunteer": index.volunteers[it["volunteer"]], "code": it["code"]} for it in one.relaxations],
        }
        for (s, r), one in short.items()
    }
    gone = [proposal.ids(triple) for triple in sorted(published - planned)]
    dropped: list[Row] = [{"need": need, "volunteer": who} for need, who in gone]
    unkept: list[Row] = [{"need": need, "volunteer": who, "code": code} for need, who, code in index.unkept]
    shown = {row["volunteer"] for row in [*rows, *dropped, *unkept]}
    shown |= {near["volunteer"] for need in needs.values() for near in need["near"]}
    return {
        "sessions": _sessions(proposal, needs),
        "rows": rows,
        "volunteers": people_of(proposal, shown, masked=masked),
        "dropped": dropped,
        "unkept": unkept,
        "left_out": index.left_out,
        "totals": reckoned.totals,
        "told": len({index.volunteers[v] for v, _, _ in planned ^ published}),
        "has_published": bool(published),
    }


def _sessions(proposal: Proposal, short: dict[int, Row]) -> list[Row]:
    told = Session.objects.filter(pk__in=among(proposal.index.sessions)).values_list(
        "pk", "program__name", "program__kind", "hub", "room__name", "starts_at", "ends_at"
    )
    sessions = {pk: facts for pk, *facts in told}
    roles = dict(Need.objects.filter(session__in=among(sessions)).values_list("pk", "role"))
    found = []
    for s, pk in enumerate(proposal.index.sessions):
        if pk not in sessions:
            continue
        title, kind, hub, room, starts_at, ends_at = sessions[pk]
        needs = []
        values = proposal.problem.sessions[s].needs
        for r, (need_id, need) in enumerate(zip(proposal.index.needs[s], values, strict=True)):
            filled = proposal.book.heads[s, r]
            needs.append(
                {
                    "id": need_id,
                    "role": roles.get(need_id, need.role),
                    "min": need.min,
                    "target": need.target,
                    "filled": filled,
                    **short.get(need_id, {"missing": 0, "reasons": {}, "near": []}),
                }
            )
        found.append(
            {
                "id": pk,
                "title": title,
                "kind": kind,
                "hub": hub,
                "room": room or "",
                "starts_at": starts_at,
                "ends_at": ends_at,
                "needs": needs,
            }
        )
    return found


def people_of(proposal: Proposal, ids: set[int], *, masked: bool = False) -> list[Row]:
    problem = proposal.problem
    count = Counter(v for v, _, _ in proposal.triples)
    found = []
    for pk, name in Volunteer.objects.filter(pk__in=among(ids)).order_by("pk").values_list("pk", "person__name"):
        v = proposal.v_of.get(pk)
        value = problem.volunteers[v] if v is not None else None
        found.append(
            {
                "id": pk,
                "name": f"{name[:1]}*" if masked else name,
                "places": count[v] if v is not None else 0,
                "history": value.history if value else 0,
                "limit": value.max_sessions if value else 0,
            }
        )
    return found


def why_here(proposal: Proposal, triple: Triple) -> list[Row]:
    """What speaks for this person in this place, the strongest first; never empty."""
    problem = proposal.problem
    v, s, r = triple
    volunteer = problem.volunteers[v]
    found: list[Row] = []
    if triple in proposal.accepted:
        found.append(reason("accepted"))
    if proposal.ids(triple) in proposal.pinned:
        found.append(reason("pinned"))
    if _open_to(proposal, s, r) == 1:
        found.append(reason("only_one"))
    if triple in proposal.published:
        found.append(reason("kept"))
    if volunteer.experienced and _is_company(proposal, v, s):
        found.append(reason("company"))
    return [*found, *speaking_for(problem, v, s)] or [fits(problem, v, s)]


def _open_to(proposal: Proposal, s: int, r: int) -> int:
    result = proposal.run.result or {}
    return int(result["open_to"][s][r]) if "open_to" in result else 0


def _is_company(proposal: Proposal, v: int, s: int) -> bool:
    """Whether a newcomer is there only because this person is."""
    people = [proposal.problem.volunteers[w] for w in proposal.book.present[s] if w != v]
    return any(one.new for one in people) and not any(one.experienced for one in people)


def candidates(proposal: Proposal, need_id: int, *, instead: int | None = None) -> Row:
    """Who could take this place (of volunteer `instead`, in a swap), the most suitable first, and who could if one
    thing gave way."""
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
    return {
        "need": need_id,
        "free_count": len(free),
        "free": [{"volunteer": ids[v], "why": why_here(proposal, (v, s, r))} for v in best],
        "near": [{"volunteer": ids[one["volunteer"]], "code": one["code"]} for one in near],
        "volunteers": people_of(proposal, {ids[v] for v in best} | {ids[one["volunteer"]] for one in near}),
    }
