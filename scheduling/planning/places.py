"""The places of a proposal as rows: who has each, why, and what holds them there. Codes and facts; the screen words
them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduling.planning.index import Triple
from scheduling.planning.proposal import Proposal
from scheduling.planning.reasons import fits, reason, speaking_for
from scheduling.planning.waivers import Place

Row = dict[str, Any]


def place_row(proposal: Proposal, place: Place, names: Mapping[int, str]) -> Row:
    triple, volunteer = proposal.triple(*place), place[1]
    return {
        "volunteer": volunteer,
        "name": names.get(volunteer, ""),
        "why": why_here(proposal, triple),
        "by_hand": proposal.places[place],
        "pinned": place in proposal.pinned,
        "accepted": triple in proposal.accepted,
        "is_new": bool(proposal.published) and triple in proposal.differing,
        "published": triple[1] in proposal.closed,
        "waived": proposal.waived.get(place),
    }


def why_here(proposal: Proposal, triple: Triple) -> list[Row]:
    """What speaks for this person in this place, the strongest first; never empty."""
    problem = proposal.problem
    v, s, r = triple
    found: list[Row] = []
    if triple in proposal.accepted:
        found.append(reason("accepted"))
    if proposal.ids(triple) in proposal.pinned:
        found.append(reason("pinned"))
    if proposal.open_to[s][r] == 1:
        found.append(reason("only_one"))
    if triple in proposal.published:
        found.append(reason("kept"))
    if problem.volunteers[v].experienced and _is_company(proposal, v, s):
        found.append(reason("company"))
    return [*found, *speaking_for(problem, v, s)] or [fits(problem, v, s)]


def _is_company(proposal: Proposal, v: int, s: int) -> bool:
    """Whether a newcomer is there only because this person is."""
    people = [proposal.problem.volunteers[w] for w in proposal.book.present[s] if w != v]
    return any(one.new for one in people) and not any(one.experienced for one in people)
