"""What bookings ask of those who serve: the adults a children's session must have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hub import clock
from hub.among import among
from programs.kinds import kind
from programs.models import AdultRatio
from programs.ratios import adults_required, ratios_on
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

AGE_WHEN_UNKNOWN = 0
"""A child whose birth date is not known counts among the youngest."""


def adults_required_by_session(sessions: Sequence[Session]) -> dict[int, int]:
    """Session id -> adults its booked children require; children's sessions only. Two queries for any number.

    `session.program` should be loaded.
    """
    ours = {one.pk: one for one in sessions if kind(one.program.kind).for_children}
    ages: dict[int, list[int]] = defaultdict(list)
    booked = Booking.objects.filter(session__in=among(ours), state=Booking.State.BOOKED)
    for pk, born in booked.values_list("session", "participant__birth_date"):
        day = clock.local(ours[pk].starts_at).date()
        ages[pk].append(clock.age_on(born, day) if born else AGE_WHEN_UNKNOWN)
    rows = list(AdultRatio.objects.all()) if ours else []
    return {
        pk: adults_required(ages[pk], ratios_on(clock.local(session.starts_at).date(), rows))
        for pk, session in ours.items()
    }


def volunteers_required(session: Session, adults: int) -> int:
    """Of the adults required, those who must be cleared volunteers: the duty social worker is one adult."""
    return max(0, adults - (1 if session.duty_worker_id else 0))
