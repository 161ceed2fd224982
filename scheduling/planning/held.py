"""The places that people have in a week, as plain values: a district has so many of them that building their rows would
take longer than everything else a repair does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from programs.models import Program
from scheduling.sessions.models import Session
from scheduling.signups import facts
from scheduling.signups.models import Assignment
from scheduling.solver.problem import Session as SessionValue

COLUMNS = (
    *("need", "session", "volunteer", "volunteer__person", "state"),
    *(f"session__{name}" for name in ("hub", "program__kind", "starts_at", "ends_at")),
)


@dataclass(frozen=True, slots=True)
class Held:
    need_id: int
    session_id: int
    volunteer_id: int
    person_id: int
    state: str
    spot: SessionValue
    """When and where it is."""


def held_in(week: dt.date, places: facts.Places) -> list[Held]:
    """Those in force, in order of their keys. One query."""
    spots: dict[int, SessionValue] = {}
    found = []
    rows = Assignment.objects.filter(facts.active_in_week(week)).order_by("pk").values_list(*COLUMNS)
    for need, session, volunteer, person, state, hub, kind, starts_at, ends_at in rows:
        if session not in spots:
            there = Session(hub_id=hub, program=Program(kind=kind), starts_at=starts_at, ends_at=ends_at)
            spots[session] = facts.session_value(there, [], monday=week, places=places)
        found.append(Held(need, session, volunteer, person, state, spots[session]))
    return found
