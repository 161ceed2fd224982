"""What people are held by in a week, as plain values: a district has so many places that building their rows would take
longer than everything else a repair does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from hub import clock
from scheduling.signups import facts
from scheduling.signups.models import Assignment, Standby
from scheduling.solver.problem import Session as SessionValue

COLUMNS = (
    *("session", "volunteer", "volunteer__person"),
    *(f"session__{name}" for name in ("hub", "starts_at", "ends_at")),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody's time, kept for a session."""

    session_id: int
    volunteer_id: int
    person_id: int
    spot: SessionValue
    """When and where it is."""


@dataclass(frozen=True, slots=True)
class Held(Kept):
    """A place."""

    need_id: int
    state: str


def held_in(week: dt.date, places: facts.Places, those: Q) -> list[Held]:
    """The places in force or offered, of `those`, in order of their keys. One query."""
    rows = Assignment.objects.filter(facts.held_in_week(week), those).order_by("pk")
    spots = _Spots(week, places)
    return [
        Held(session, volunteer, person, spots.of(session, *where), need, state)
        for need, state, session, volunteer, person, *where in rows.values_list("need", "state", *COLUMNS)
    ]


def standbys_in(week: dt.date, places: facts.Places) -> list[Kept]:
    """Who stands by. One query."""
    rows = Standby.objects.filter(state=Standby.State.READY, session__week=week).order_by("pk")
    spots = _Spots(week, places)
    return [
        Kept(session, volunteer, person, spots.of(session, *where))
        for session, volunteer, person, *where in rows.values_list(*COLUMNS)
    ]


class _Spots:
    """Sessions as values, each made once."""

    def __init__(self, week: dt.date, places: facts.Places) -> None:
        self.week, self.places = week, places
        self.made: dict[int, SessionValue] = {}

    def of(self, session: int, hub: int, starts_at: dt.datetime, ends_at: dt.datetime) -> SessionValue:
        if session not in self.made:
            begin = clock.week_minute(starts_at, self.week)
            end = begin + int((ends_at - starts_at).total_seconds() // 60)
            self.made[session] = SessionValue(start=begin, end=end, hub=self.places.of(hub))
        return self.made[session]
