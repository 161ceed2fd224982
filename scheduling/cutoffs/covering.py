"""Which of the children booked the confirmed adults cover: those booked first, family by family."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Count

from hub import clock
from programs.models import AdultRatio
from programs.ratios import adults_required, ratios_on
from scheduling.bookings.line import family_of
from scheduling.bookings.models import Booking
from scheduling.bookings.requirements import AGE_WHEN_UNKNOWN
from scheduling.bookings.seats import closed_when
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment


def confirmed_adults(sessions: Sequence[Session]) -> dict[int, int]:
    """Volunteers who said they come, and the duty worker. One query."""
    rows = Assignment.objects.filter(session__in=sessions, state=Assignment.State.ACCEPTED).order_by()
    coming = dict(rows.values_list("session").annotate(Count("pk")))
    return {one.pk: coming.get(one.pk, 0) + (1 if one.duty_worker_id else 0) for one in sessions}


def uncovered(
    session: Session, booked: Sequence[Booking], adults: int, rows: Sequence[AdultRatio] | None = None
) -> list[list[Booking]]:
    """Families, the one booked last first, that have to go elsewhere until the adults suffice for the others. `booked`
    comes in order of booking, `participant.child` loaded."""
    day = clock.local(session.starts_at).date()
    ratios = ratios_on(day, rows)
    families: dict[object, list[Booking]] = {}
    for row in booked:
        families.setdefault(family_of(row) or f"alone {row.pk}", []).append(row)
    left = list(families.values())
    gone = []
    while left and adults < adults_required((_age(row, day) for rows in left for row in rows), ratios):
        gone.append(left.pop())
    return gone


def _age(row: Booking, day: object) -> int:
    born = row.participant.birth_date
    return clock.age_on(born, day) if born else AGE_WHEN_UNKNOWN  # type: ignore[arg-type]


def booked_in(session: Session) -> list[Booking]:
    rows = Booking.objects.filter(session=session, state=Booking.State.BOOKED)
    found = list(rows.select_related("participant__child__family").order_by("created_at", "pk"))
    for row in found:
        row.session = session
    return found


@closed_when
def lacks_adults(sessions: Collection[int]) -> set[int]:
    """A place there would be one that nobody covers."""
    rows = CutOff.objects.filter(session__in=sessions, state__in=CutOff.CLOSED)
    return set(rows.values_list("session", flat=True))
