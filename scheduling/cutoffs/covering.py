"""Which of the children booked the confirmed adults cover: those booked first, family by family."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count

from hub import clock
from programs.kinds import kind
from programs.models import AdultRatio
from programs.ratios import adults_required, ratios_on
from scheduling.bookings.line import family_of
from scheduling.bookings.models import Booking
from scheduling.bookings.requirements import AGE_WHEN_UNKNOWN
from scheduling.bookings.seats import at_most
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session
from scheduling.sessions.staff_places import staff_in
from scheduling.signups.models import Assignment

LAST = dt.timedelta(hours=1)
"""So long before it begins the last step is taken, at the latest: from then on it is people's to settle."""


def confirmed_adults(sessions: Sequence[Session]) -> dict[int, int]:
    """Volunteers who said they come, staff in a volunteer's place, and the duty worker. Two queries."""
    rows = Assignment.objects.filter(session__in=sessions, state=Assignment.State.ACCEPTED).order_by()
    coming = Counter(dict(rows.values_list("session").annotate(Count("pk"))))
    coming.update(staff_in(sessions).values_list("session", flat=True))
    return {one.pk: coming[one.pk] + (1 if one.duty_worker_id else 0) for one in sessions}


def uncovered(
    session: Session, booked: Sequence[Booking], adults: int, rows: Sequence[AdultRatio] | None = None
) -> list[list[Booking]]:
    """Families, the one booked last first, that have to go elsewhere until the adults suffice for the others. `booked`
    comes in order of booking, `participant.child` loaded."""
    day = clock.local(session.starts_at).date()
    ratios = ratios_on(day, rows)
    left, gone = families_of(booked), []
    while left and adults < adults_required((age_of(row, day) for rows in left for row in rows), ratios):
        gone.append(left.pop())
    return gone


def families_of(booked: Iterable[Booking]) -> list[list[Booking]]:
    """Their places by family, in the order of the first of each."""
    found: dict[object, list[Booking]] = {}
    for row in booked:
        found.setdefault(family_of(row) or f"alone {row.pk}", []).append(row)
    return list(found.values())


def lacking(booked: Sequence[Booking], adults: int) -> int:
    """Adults, until all of one session are covered."""
    day = clock.local(booked[0].session.starts_at).date()
    return max(0, adults_required((age_of(row, day) for row in booked), ratios_on(day)) - adults)


def covers_anybody(session: Session) -> bool:
    """Whether its confirmed adults suffice for any child at all."""
    return confirmed_adults([session])[session.pk] >= adults_required([], [])


def age_of(row: Booking, day: dt.date) -> int:
    born = row.participant.birth_date
    return clock.age_on(born, day) if born else AGE_WHEN_UNKNOWN


def booked_in(session: Session) -> list[Booking]:
    rows = Booking.objects.filter(session=session, state=Booking.State.BOOKED)
    found = list(rows.select_related("participant__child__family").order_by("created_at", "pk"))
    for row in found:
        row.session = session
    return found


@at_most
def covered_still(sessions: Sequence[Session]) -> Mapping[int, int]:
    """None where adults lack and are looked for; in the last hour, in which nobody more is, as many as the confirmed
    ones cover, whatever their age."""
    lacking = CutOff.objects.filter(session__in=sessions, state__in=CutOff.CLOSED)
    found = dict.fromkeys(lacking.values_list("session", flat=True), 0)
    now = clock.now()
    last = [
        one
        for one in sessions
        if one.starts_at - LAST <= now < one.starts_at and one.pk not in found and kind(one.program.kind).for_children
    ]
    return found | (_covered_more(last) if last else {})


def _covered_more(sessions: Sequence[Session]) -> dict[int, int]:
    adults, ratios = confirmed_adults(sessions), list(AdultRatio.objects.all())
    booked: dict[int, list[Booking]] = defaultdict(list)
    for row in Booking.objects.filter(session__in=sessions, state=Booking.State.BOOKED).select_related("participant"):
        booked[row.session_id].append(row)
    found = {}
    for one in sessions:
        day = clock.local(one.starts_at).date()
        ages, rows = [age_of(row, day) for row in booked[one.pk]], ratios_on(day, ratios)
        free, more = (one.places or 0) - len(ages), 0
        while more < free and adults[one.pk] >= adults_required([*ages, *[AGE_WHEN_UNKNOWN] * (more + 1)], rows):
            more += 1
        found[one.pk] = more
    return found
