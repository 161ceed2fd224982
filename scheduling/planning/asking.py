"""A proposal held ready for questions. Reading a district takes longer than answering, so the newest few are kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from hub.errors import Refused
from scheduling.planning.newest import Newest
from scheduling.planning.people import names_of
from scheduling.planning.proposal import Proposal
from scheduling.solver.explain import Explainer
from scheduling.solver.relax import Relaxer
from scheduling.solver.repair import Repairer
from scheduling.solver.whatif import Asker

MOST = 4


@dataclass
class Ready:
    """What answers about one state of a proposal. One at a time: the solver's boards are not made for sharing."""

    proposal: Proposal

    def __post_init__(self) -> None:
        self.lock = Lock()

    @cached_property
    def relaxer(self) -> Relaxer:
        engaged: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for v, start, end in self.proposal.index.engaged:
            engaged[v].append((start, end))
        return Relaxer(Repairer(self.proposal.problem, self.proposal.triples), engaged=engaged)

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.proposal.problem, self.proposal.triples)

    @cached_property
    def asker(self) -> Asker:
        return Asker(self.proposal.problem, self.proposal.triples)


_ready: Newest[Ready] = Newest(MOST)


def ready(proposal: Proposal) -> Ready:
    """What is held of just this state of the proposal."""
    return _ready.of(proposal.state, lambda: Ready(proposal))


def why_this_person(proposal: Proposal, need_id: int, volunteer_id: int) -> dict[str, Any]:
    """What the place costs with this person and with the next best one, term by term."""
    if (need_id, volunteer_id) not in proposal.places:
        raise Refused("not_in_proposal", need=need_id, volunteer=volunteer_id)
    held = ready(proposal)
    with held.lock:
        found = held.explainer.why(*proposal.triple(need_id, volunteer_id))
    others = [] if found.next_best is None else [proposal.index.volunteers[found.next_best]]
    return {
        "terms": dict(found.terms),
        "next_best": next(({"volunteer": pk, "name": name} for pk, name in names_of(others).items()), None),
        "next_terms": dict(found.next_terms),
    }
