"""A proposal held ready for questions and for looking through. Reading a district takes longer than answering, so the
newest few are kept: apart, so that who asks holds up nobody who looks, and puts nothing out that is looked at."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Generic, TypeVar

from hub.errors import Refused
from scheduling.planning.proposal import Proposal
from scheduling.planning.review import Reckoned, people_of, reckon
from scheduling.solver.explain import Explainer
from scheduling.solver.relax import Relaxer
from scheduling.solver.repair import Repairer
from scheduling.solver.whatif import Asker

T = TypeVar("T")
MOST = 4
MOST_LOOKED_AT = 16
"""Figures and codes: a small part of what answers questions."""


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


class Look:
    """What is shown of one state of a proposal, reckoned once however many look at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reckoned: Reckoned | None = None

    def reckoned(self, proposal: Proposal) -> Reckoned:
        with self._lock:
            if self._reckoned is None:
                self._reckoned = reckon(proposal)
            return self._reckoned


class Newest(Generic[T]):
    """The few that were last asked for, each of one state of a proposal."""

    def __init__(self, most: int) -> None:
        self._most, self._door = most, Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def of(self, state: Hashable, make: Callable[[], T]) -> T:
        with self._door:
            found = self._kept.pop(state, None) or make()
            self._kept[state] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found


_ready: Newest[Ready] = Newest(MOST)
_looks: Newest[Look] = Newest(MOST_LOOKED_AT)


def ready(proposal: Proposal) -> Ready:
    """What is held of just this state of the proposal."""
    return _ready.of(proposal.state, lambda: Ready(proposal))


def reckoned(proposal: Proposal) -> Reckoned:
    """What follows from just this state of it."""
    return _looks.of(proposal.state, Look).reckoned(proposal)


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
