"""Whom a call-out asks next: those whom sign-up would let in, in the order of a coordinator's own list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Count, Q

from hub import clock
from scheduling.callouts.models import Ask, CallOut
from scheduling.sessions.models import Need
from scheduling.signups.candidates import Candidate, candidates
from scheduling.signups.models import Assignment
from volunteers.models import Volunteer

MEMORY = dt.timedelta(weeks=4)
ASKED_MINUTES = 5
"""What each time somebody was asked of late weighs against minutes of way: turns are taken."""
SILENT_MINUTES = 10
"""What it weighs besides when nothing came back: who is often silent is asked after the others, never left out."""
MOST = 200


def stand_ins(*, need: Need, among: Collection[int] | None = None) -> Sequence[Candidate]:
    """Who could take a place in `need`, best first; not those who were asked in an open call-out for it, who said no to
    this session or can't come to another that day. `among`: only these volunteers."""
    asked = Q(callout__need=need, callout__state__in=CallOut.OPEN)
    known = asked | Q(callout__session=need.session_id, state=Ask.State.NO)
    day = clock.local(need.session.starts_at).date()
    cannot = Assignment.objects.filter(
        state=Assignment.State.DECLINED,
        session__starts_at__gte=clock.at(day),
        session__starts_at__lt=clock.at(day, clock.MINUTES_A_DAY),
    )
    people = Volunteer.objects.exclude(pk__in=Ask.objects.filter(known).values("volunteer"))
    people = people.exclude(pk__in=cannot.values("volunteer"))
    if among is not None:
        people = people.filter(pk__in=among)
    return candidates(need=need, volunteers=people, later=_burdens(), most=MOST).free


def _burdens() -> dict[int, int]:
    recent = Ask.objects.filter(asked_at__gte=clock.now() - MEMORY, wave__gt=0).order_by()
    unanswered = Count("pk", filter=Q(state__in=[Ask.State.SILENT, Ask.State.CLOSED]))
    rows = recent.values_list("volunteer").annotate(asked=Count("pk"), unanswered=unanswered)
    return {volunteer: ASKED_MINUTES * asked + SILENT_MINUTES * silent for volunteer, asked, silent in rows}
