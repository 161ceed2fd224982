"""The smallest thing that would fill a place: who would be asked for what, and what the proposal would become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub import clock
from scheduling.planning.asking import ready
from scheduling.planning.outcomes import outcome
from scheduling.planning.proposal import Proposal
from scheduling.solver.explain import missing_spans
from scheduling.solver.relax import Relaxation, Thing
from scheduling.solver.scoring import Score

Row = dict[str, Any]


def smallest_remedy(proposal: Proposal, need_id: int) -> Row | None:
    """None where nothing of one person's would do."""
    desk = ready(proposal)
    s, r = proposal.place_of[need_id]
    with desk.lock:
        found = desk.relaxer.smallest(s, r)
    if found is None or not found.changes:
        return None
    change = sum((one.change for one in found.changes), Score(own=dict.fromkeys(found.changes[0].change.own, 0)))
    after = set(proposal.triples)
    for one in found.changes:
        after = after - set(one.dropped) | set(one.added)
    told = outcome(proposal, after, terms=change.terms, short_of_min=change.short_of_min)
    names = {step["volunteer"]: step["name"] for step in told["steps"]}
    return {
        "kind": found.kind,
        "asks": [_ask(proposal, found, thing, names) for thing in found.things],
        "outcome": told,
    }


def _ask(proposal: Proposal, found: Relaxation, thing: Thing, names: Mapping[int, str]) -> Row:
    """What one person is asked for."""
    session = proposal.problem.sessions[found.session]
    spans = [(session.start, session.end)]
    if thing.code == "unavailable":
        spans = missing_spans(proposal.problem.volunteers[thing.volunteer].available, session.start, session.end)
    week = proposal.run.week
    kind, _, _ = str(session.clearance or "").partition("@")
    volunteer = proposal.index.volunteers[thing.volunteer]
    return {
        "code": thing.code,
        "need": proposal.index.needs[found.session][found.need],
        "volunteer": volunteer,
        "name": names[volunteer],
        "minutes": thing.amount.get("minutes", 0),
        "clearance": kind if thing.code == "no_clearance" else "",
        "spans": [{"starts_at": clock.at(week, start), "ends_at": clock.at(week, end)} for start, end in spans],
    }
