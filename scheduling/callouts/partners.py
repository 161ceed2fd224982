"""With whom a place could change hands: colleagues who could take it, and shifts of others that would suit both.

A first look without locks; the proposal itself is judged by the rules of sign-up.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from hub import clock
from scheduling.sessions.models import Need, Session
from scheduling.signups.candidates import candidates
from scheduling.signups.eligibility import reasons_against, site_of
from scheduling.signups.models import Assignment
from scheduling.signups.shifts import Seeker, seeker
from volunteers.models import Volunteer

AHEAD = dt.timedelta(weeks=2)
REMEMBERED = dt.timedelta(weeks=12)
"""Who served together within it knows the other."""
MOST_LOOKED_AT = 120
MOST_SHOWN = 12
FREED = ("clash", "at_limit")
"""What keeps somebody from my place may be the very place they would give for it."""


@dataclass(frozen=True)
class Colleague:
    volunteer: Volunteer
    together: int
    """Sessions we served in."""


@dataclass(frozen=True)
class Partners:
    colleagues: Sequence[Colleague]
    shifts: Sequence[Assignment]


def partners(place: Assignment) -> Partners:
    """`place.need` with skill, `place.session` with hub and program should be loaded. A fixed number of queries."""
    together = _together(place)
    mine = place.need
    mine.session = place.session
    offers = _suiting(place, _offers(place))
    people = {*together, *(one.volunteer_id for one in offers)}
    found = candidates(need=mine, volunteers=Volunteer.objects.filter(pk__in=people), most=len(people))
    free = {one.volunteer.pk: one.volunteer for one in found.free}
    nearly = {one.volunteer.pk for one in found.near if one.against[0].code in FREED}
    known = sorted((pk for pk in free if pk in together), key=lambda pk: (-together[pk], pk))
    return Partners(
        [Colleague(free[pk], together[pk]) for pk in known[:MOST_SHOWN]],
        [one for one in offers if one.volunteer_id in free or one.volunteer_id in nearly][:MOST_SHOWN],
    )


def _together(place: Assignment) -> Mapping[int, int]:
    """Volunteer -> sessions they have shared with who holds the place."""
    since = clock.now() - REMEMBERED
    mine = Assignment.objects.filter(
        volunteer=place.volunteer_id,
        state__in=Assignment.ACTIVE,
        session__starts_at__gt=since,
        session__state=Session.State.PLANNED,
    )
    theirs = Assignment.objects.filter(session__in=mine.values("session"), state__in=Assignment.ACTIVE)
    return Counter(theirs.exclude(volunteer=place.volunteer_id).values_list("volunteer", flat=True))


def _offers(place: Assignment) -> QuerySet[Assignment, Any]:
    """Places of others in the weeks ahead, of the same program or at the same site."""
    now, session = clock.now(), place.session
    asking = Need.objects.filter(session=OuterRef("session")).exclude(clearance="").order_by("position")
    rows = Assignment.objects.filter(
        Q(session__program=session.program_id) | Q(session__hub=session.hub_id),
        state__in=Assignment.ACTIVE,
        session__state=Session.State.PLANNED,
        session__starts_at__gt=now,
        session__starts_at__lt=now + AHEAD,
    ).exclude(volunteer=place.volunteer_id)
    related = ("need__skill", "session__program", "session__hub", "session__room", "volunteer__person")
    rows = rows.exclude(need=place.need_id).select_related(*related)
    return rows.annotate(clearance=Subquery(asking.values("clearance")[:1])).order_by(F("session__starts_at"), "pk")


def _suiting(place: Assignment, offers: QuerySet[Assignment, Any]) -> list[Assignment]:
    """Those that who holds `place` could take once it is given."""
    me = seeker(place.volunteer.person_id)
    rows = list(offers[:MOST_LOOKED_AT])
    sites = list({one.session.hub_id: site_of(one.session) for one in rows}.values())
    return [one for one in rows if _fits(me, place, one, sites)]


def _fits(me: Seeker, place: Assignment, offer: Any, sites: Sequence[Any]) -> bool:
    session = offer.session
    applicant = me.in_week(session.week, sites)
    taken = {pk: other for pk, other in applicant.taken.items() if pk != place.session_id}
    offer.need.session = session
    return not reasons_against(
        replace(applicant, taken=taken),
        offer.need,
        clearance=offer.clearance or "",
        count=offer.need.target - 1,
        is_here=session.pk in taken,
        experienced_here=True,
        held=[pk for pk in me.held_at(session) if pk != place.session_id],
    )
