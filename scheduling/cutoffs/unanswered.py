"""Volunteers who have a place and never said whether they come. A child is not covered by somebody who may or may not
come, yet most who are silent only overlooked a message: they are asked once more first, and while adults lack still,
as many of their places as are lacking go to others."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from django.db.models import F

from hub import clock
from hub.errors import Refused
from scheduling.callouts.callouts import start_call_out
from scheduling.sessions.models import Need, Session
from scheduling.signups.announce import announce_places
from scheduling.signups.models import Assignment
from scheduling.signups.signups import free_place
from scheduling.signups.waiting import pass_on

JUST_ASKED = dt.timedelta(minutes=30)


def unanswered_in(session: int) -> list[Assignment]:
    rows = Assignment.objects.filter(session=session, state=Assignment.State.PUBLISHED)
    return list(rows.select_related("session__program", "session__hub", "volunteer").order_by("pk"))


def silent_by_session(sessions: Sequence[Session]) -> Counter[int]:
    """How many were asked once more and have not answered. One query."""
    rows = Assignment.objects.filter(
        session__in=sessions,
        state=Assignment.State.PUBLISHED,
        changed_at__lte=F("session__cutoff__started_at"),
    )
    return Counter(rows.values_list("session", flat=True))


def ask_once_more(rows: Sequence[Assignment], *, until: dt.datetime) -> None:
    """Whose place is of this very moment has the question already."""
    asked = [row for row in rows if row.changed_at <= clock.now() - JUST_ASKED]
    announce_places(asked, template="shift_unanswered", until_at=until.isoformat())


def give_to_others(rows: Sequence[Assignment], session: Session) -> None:
    """Places given to the line, or else called out; who had them is told. Session and people are held."""
    for row in rows:
        gone = free_place(assignment=row.pk, by=None)
        if gone:
            announce_places([gone], template="shift_passed_on")
            pass_on(need=gone.need, session=session)
    call_out(session)


def call_out(session: Session) -> None:
    """For every need that is short of people, by its own figures or by the children's."""
    for need in Need.objects.filter(session=session).order_by("priority", "position"):
        with suppress(Refused):
            start_call_out(need=need.pk, by=None)
