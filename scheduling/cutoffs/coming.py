"""What the staff see coming: sessions of the next two days whose confirmed adults don't cover the children booked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from programs.kinds import all_kinds
from programs.models import AdultRatio
from scheduling.bookings.models import Booking
from scheduling.bookings.requirements import adults_required_by_session
from scheduling.cutoffs.covering import confirmed_adults, uncovered
from scheduling.cutoffs.models import CutOff
from scheduling.cutoffs.unanswered import silent_by_session
from scheduling.sessions.models import RosterSettings, Session

AHEAD = dt.timedelta(hours=48)


@dataclass(frozen=True)
class Coming:
    session: Session
    state: str
    next_look: dt.datetime | None
    lacking: int
    silent: int
    """Volunteers asked once more who have not answered."""
    over: Sequence[Sequence[Booking]]


def coming_cutoffs(actor: Actor) -> list[Coming]:
    """Soonest first. A fixed number of queries."""
    now = clock.now()
    rows = visible(actor, "edit", Session.objects.all()).filter(
        program__kind__in=[kind.code for kind in all_kinds() if kind.for_children],
        state=Session.State.PLANNED,
        starts_at__gt=now,
        starts_at__lte=now + AHEAD,
    )
    sessions = list(rows.select_related("program", "hub").order_by("starts_at", "pk"))
    cuts = {row.session_id: row for row in CutOff.objects.filter(session__in=sessions)}
    booked: dict[int, list[Booking]] = defaultdict(list)
    bookings = Booking.objects.filter(session__in=sessions, state=Booking.State.BOOKED)
    for row in bookings.select_related("participant__child").order_by("created_at", "pk"):
        booked[row.session_id].append(row)
    silent = silent_by_session(sessions)
    adults, required = confirmed_adults(sessions), adults_required_by_session(sessions)
    hours = dt.timedelta(hours=RosterSettings.current().cutoff_hours)
    ratios = list(AdultRatio.objects.all())
    found = []
    for session in sessions:
        over = uncovered(session, booked[session.pk], adults[session.pk], ratios) if booked[session.pk] else []
        cut = cuts.get(session.pk)
        if over or (cut and cut.state == CutOff.State.CANCELLED):
            state, next_look = _stage(cut, session.starts_at - hours, silent[session.pk])
            lacking = max(0, required[session.pk] - adults[session.pk])
            found.append(Coming(session, state, next_look, lacking, silent[session.pk], over))
    return found


def _stage(cut: CutOff | None, cutoff: dt.datetime, silent: int) -> tuple[str, dt.datetime | None]:
    if cut is None or cut.state == CutOff.State.COVERED:
        return "coming", cutoff
    if cut.state == CutOff.State.CANCELLED:
        return "cancelled", None
    if cut.state == CutOff.State.CALLING and cut.next_look is None:
        return "last_hour", None
    asking = cut.state == CutOff.State.CALLING and silent > 0
    return "asking" if asking else str(cut.state), cut.next_look
