"""A proposal on the planner's desk: its rows as positions in the run's problem, and what they come to."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import orjson
from django.db.models import TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from hub.among import among
from scheduling.bookings.models import Booking
from scheduling.planning.index import Index, Triple
from scheduling.planning.models import Bar, Pin, Proposed, Run
from scheduling.planning.newest import Newest
from scheduling.planning.publications import published_in
from scheduling.planning.waivers import Place, waivers_in, with_figures
from scheduling.sessions.models import Session
from scheduling.signups import facts
from scheduling.signups.models import Assignment, Standby
from scheduling.solver import scoring
from scheduling.solver.book import Book
from scheduling.solver.problem import Problem, parse_problem
from scheduling.solver.waiving import with_waivers

NONE: frozenset[str] = frozenset()
UNPLANNED = (Assignment.State.REQUESTED, Assignment.State.WAITING)
"""Asked for, and nothing that a plan goes by."""


class Desk:
    """A problem with the rows behind its positions."""

    problem: Problem

    def __init__(self, index: Index) -> None:
        self.index = index
        self.apart = {(v, s): code for v, s, code in index.apart}
        self.v_of = {pk: v for v, pk in enumerate(index.volunteers)}
        self.place_of = {need: (s, r) for s, needs in enumerate(index.needs) for r, need in enumerate(needs)}

    def triple(self, need_id: int, volunteer_id: int) -> Triple:
        return self.v_of[volunteer_id], *self.place_of[need_id]

    def ids(self, triple: Triple) -> tuple[int, int]:
        """(need id, volunteer id)"""
        v, s, r = triple
        return self.index.needs[s][r], self.index.volunteers[v]

    def refine(self, code: str, v: int, s: int) -> str:
        """Who said the no that the problem only knows as a bar."""
        if code != "barred":
            return code
        if (v, s) in self.apart:
            return self.apart[v, s]
        named = {
            "declined": self.index.declined,
            "standby": self.index.standby,
            "clash": self.index.elsewhere,
            "unassignable": self.index.underage,
        }
        return next((name for name, pairs in named.items() if (v, s) in pairs), code)


class Proposal(Desk):
    """A finished run's rows, read once."""

    def __init__(self, run: Run) -> None:
        read = _read_once.of((run.pk, run.created_at), lambda: _read(run.pk))
        super().__init__(read.index)
        self._snapshot, self.open_to = read.problem, read.open_to
        self.run = run
        rows = Proposed.objects.filter(run=run).order_by("pk")
        self.places = {(need, who): by_hand for need, who, by_hand in rows.values_list("need", "volunteer", "by_hand")}
        """Each proposed place, and whether it was given by hand."""
        published = frozenset() if run.published_at else published_in(run)
        self.closed = frozenset(s for s, pk in enumerate(self.index.sessions) if pk in published)
        """Sessions whose part was published while the rest waits: they are no proposal any more."""

    @cached_property
    def problem(self) -> Problem:  # type: ignore[override]
        """The run's problem as of this moment: bars set by hand since then count and lifted ones don't, and so do
        checks made, pins and exceptions."""
        waived = [(*self.triple(*place)[:2], code) for place, code in self.waived.items()]
        problem, self.apart = with_waivers(self.strict, waived)
        return problem

    @cached_property
    def strict(self) -> Problem:
        """The same without exceptions."""
        people = list(self._snapshot.volunteers)
        for v, told in self.index.strict:
            people[v] = with_figures(people[v], told)
        if self._asks_clearance:
            for v, pk in enumerate(self.index.volunteers):
                if people[v].clearances != self.cleared.get(pk, NONE):
                    people[v] = replace(people[v], clearances=self.cleared.get(pk, NONE))
        s_of = {pk: s for s, pk in enumerate(self.index.sessions)}
        barred = {(self.v_of[v], s_of[s]) for v, s in self.barred if v in self.v_of}
        theirs = (*self.index.declined, *self.index.elsewhere, *self.index.underage, *self.index.standby)
        fixed = [one for one in self.triples if one in self.accepted or self.ids(one) in self.pinned]
        return replace(
            self._snapshot,
            volunteers=tuple(people),
            barred=frozenset([*barred, *theirs]),
            pins=tuple(fixed),
            accepted=self.accepted,
        )

    @cached_property
    def state(self) -> Hashable:
        """The same for two proposals just when all that is reckoned of them is."""
        return (
            *(self.run.pk, self.run.created_at, frozenset(self.places.items()), frozenset(self.pinned), self.closed),
            *(frozenset(self.waived.items()), self.barred, frozenset(self.cleared.items())),
        )

    @cached_property
    def barred(self) -> frozenset[tuple[int, int]]:
        """(volunteer id, session id) set by hand."""
        bars = Bar.objects.filter(session__in=among(self.index.sessions))
        return frozenset(bars.values_list("volunteer_id", "session_id"))

    @cached_property
    def cleared(self) -> dict[int, frozenset[str]]:
        """Who holds a check now, where one is asked for."""
        return facts.clearances_in(self.run.week) if self._asks_clearance else {}

    @property
    def _asks_clearance(self) -> bool:
        return any(session.clearance for session in self._snapshot.sessions)

    def is_engaged(self, v: int, s: int) -> bool:
        """Whether something holds this volunteer then that no exception can undo."""
        session = self._snapshot.sessions[s]
        return any(w == v and start < session.end and session.start < end for w, start, end in self.index.engaged)

    @cached_property
    def waived(self) -> dict[Place, str]:
        """The proposal's places that are exceptions, each with the rule that gave way."""
        found = waivers_in(self.index.sessions)
        return {place: code for place, code in found.items() if place in self.places}

    @cached_property
    def triples(self) -> list[Triple]:
        return [self.triple(*place) for place in self.places]

    @cached_property
    def book(self) -> Book:
        return Book(self.triples)

    def lacks(self, s: int) -> bool:
        """Whether a session has fewer people than it must."""
        return self.missing(s) > 0

    def missing(self, s: int) -> int:
        """How many people a session lacks to what it must have."""
        return self.book.missing(s, (need.min for need in self._snapshot.sessions[s].needs))

    @property
    def short(self) -> int:
        """How many people its sessions lack to what they must have."""
        return sum(self.missing(s) for s in range(len(self.index.sessions)))

    @cached_property
    def pinned(self) -> set[tuple[int, int]]:
        """(need id, volunteer id) pinned by hand."""
        pins = Pin.objects.filter(need__session__in=among(self.index.sessions))
        return set(pins.values_list("need_id", "volunteer_id"))

    @cached_property
    def published(self) -> frozenset[Triple]:
        """In force when it was planned."""
        return self._snapshot.in_force

    @cached_property
    def differing(self) -> frozenset[Triple]:
        """Places that publishing would give or take, as far as it was not done."""
        return frozenset(one for one in self.published ^ set(self.triples) if one[1] not in self.closed)

    @cached_property
    def accepted(self) -> frozenset[Triple]:
        return frozenset(self.index.accepted)

    @cached_property
    def score(self) -> scoring.Score:
        return scoring.score(self.problem, self.triples)


@dataclass(frozen=True)
class _Read:
    """What of a finished run never changes."""

    index: Index
    problem: Problem
    open_to: list[list[int]]
    """For each session, for each of its needs: how many people it alone would let in."""


_read_once: Newest[_Read] = Newest(8)
"""A page asks for several parts of a proposal at the same moment."""


def _read(run_id: int) -> _Read:
    """Reading a district's takes a moment: as text, which is taken apart faster than a model's field would be."""
    texts = Run.objects.filter(pk=run_id).values_list(
        Cast("index", TextField()), Cast("snapshot", TextField()), KT("result__open_to")
    )
    index, snapshot, open_to = map(orjson.loads, texts.get())
    return _Read(Index.from_json(index), parse_problem(snapshot), open_to)


def totals(proposal: Proposal) -> dict[str, Any]:
    """The proposal in figures, as it stands after edits."""
    problem, score = proposal.problem, proposal.score
    needs = [need for session in problem.sessions for need in session.needs]
    return {
        "objective": score.total,
        "bound": proposal.run.bound,
        "gap": gap(score.total, proposal.run.bound, proposal.run.empty_objective),
        "places": len(proposal.places),
        "people": len({volunteer for _, volunteer in proposal.places}),
        "short_of_min": score.short_of_min,
        "short_of_target": score.short_of_target,
        "seats_min": sum(need.min for need in needs),
        "seats_target": sum(need.target for need in needs),
    }


def gap(objective: int | None, bound: int | None, empty: int | None) -> float | None:
    """At most this share of what planning can reach may still be missing; none while nothing is proven."""
    if objective is None or bound is None or empty is None:
        return None
    return max(0, objective - bound) / max(1, empty - bound)


def is_outdated(run: Run) -> bool:
    """Whether anything that what is left of it was planned from (sessions, places, wishes, bookings) has changed
    since."""
    published, since = published_in(run), run.created_at
    sessions = [pk for pk in run.index["sessions"] if pk not in published]
    ours = among(sessions)
    return (
        Session.objects.filter(week=run.week, hub__in=run.hubs.all(), changed_at__gt=since)
        .exclude(pk__in=among(published))
        .exists()
        or Session.objects.filter(pk__in=ours).count() < len(sessions)
        or Session.objects.filter(pk__in=ours, changed_at__gt=since).exists()
        or Assignment.objects.filter(session__in=ours, changed_at__gt=since).exclude(state__in=UNPLANNED).exists()
        or Standby.objects.filter(session__in=ours, changed_at__gt=since).exists()
        or Booking.objects.filter(session__in=ours, changed_at__gt=since).exists()
    )
