"""What volunteers did in the weeks before: what fairness, turns at unpopular hours and known faces go by."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hub import clock
from programs.kinds import kind
from scheduling.sessions.models import RosterSettings, Session
from scheduling.signups.models import Assignment

FAMILIAR_FROM = 2
"""Sessions of a program at a site after which those who come know the face."""


@dataclass(frozen=True)
class Past:
    """A volunteer's last weeks."""

    sessions: int = 0
    unpopular: int = 0
    weeks_since_asked: int | None = None
    """Since the last place they got, whatever they answered; None: not within the weeks looked at."""


@dataclass(frozen=True)
class History:
    past: Mapping[int, Past]
    """By volunteer; who is not in it did nothing."""
    familiar: frozenset[tuple[int, int, int]]
    """(volunteer, program, hub) where those who come know them."""

    def of(self, volunteer_id: int) -> Past:
        return self.past.get(volunteer_id, Past())


def history_before(monday: dt.date, settings: RosterSettings) -> History:
    """The weeks before `monday` that fairness looks back on. Two queries."""
    since, until = clock.at(monday - dt.timedelta(weeks=settings.history_weeks)), clock.at(monday)
    held = Session.objects.filter(starts_at__gte=since, starts_at__lt=until)
    columns = ("pk", "week", "state", "starts_at", "program", "program__kind", "hub")
    weeks, places, unpopular = {}, {}, set()
    for pk, week, state, starts_at, program, code, hub in held.values_list(*columns):
        weeks[pk] = (monday - week).days // 7
        if state == Session.State.PLANNED:
            places[pk] = program, hub
            if kind(code).is_unpopular(clock.local(starts_at)):
                unpopular.add(pk)
    count: Counter[int] = Counter()
    count_unpopular: Counter[int] = Counter()
    faces: Counter[tuple[int, int, int]] = Counter()
    asked: dict[int, int] = {}
    rows = Assignment.objects.filter(
        session__starts_at__gte=since, session__starts_at__lt=until, state__in=Assignment.PLACED
    )
    for volunteer, session, state in rows.values_list("volunteer", "session", "state"):
        asked[volunteer] = min(weeks[session], asked.get(volunteer, weeks[session]))
        if session in places and state in Assignment.ACTIVE:
            count[volunteer] += 1
            count_unpopular[volunteer] += session in unpopular
            faces[volunteer, *places[session]] += 1
    return History(
        past={one: Past(count[one], count_unpopular[one], ago) for one, ago in asked.items()},
        familiar=frozenset(face for face, times in faces.items() if times >= FAMILIAR_FROM),
    )
