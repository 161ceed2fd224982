"""A proposal held ready for questions. Reading a district takes longer than answering, so the newest few are kept."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from hub.errors import Refused
from scheduling.planning.proposal import Proposal
from scheduling.planning.review import Reckoned, people_of, reckon
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
    def reckoned(self) -> Reckoned:
        return reckon(self.proposal)

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


_ready: OrderedDict[Hashable, Ready] = OrderedDict()
_door = Lock()


def ready(proposal: Proposal) -> Ready:
    """What is held of just this state of the proposal."""
    with _door:
        found = _ready.pop(proposal.state, None) or Ready(proposal)
        _ready[proposal.state] = found
        while len(_ready) > MOST:
            _ready.popitem(last=False)
    return found


def why_this_person(proposal: Proposal, need_id: int, volunteer_id: int) -> dict[str, Any]:
    """What the place costs with this person and with the next best one, term by term."""
    if (need_id, volunteer_id) not in proposal.places:
        raise Refused("not_in_proposal", need=need_id, volunteer=volunteer_id)
    held = ready(proposal)
    with held.lock:
        found = held.explainer.why(*proposal.triple(need_id, volunteer_id))
    others = set() if found.next_best is None else {proposal.index.volunteers[found.next_best]}
    return {
        "terms": dict(found.terms),
        "next_best": next(iter(people_of(proposal, others)), None),
        "next_terms": dict(found.next_terms),
    }
