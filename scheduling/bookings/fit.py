"""Whether a child fits a session: each reason against it, for the page that offers and for the rule that books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub import clock
from hub.errors import Refused
from hub.people.consents import missing_for
from hub.people.models import Child
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session


@dataclass(frozen=True)
class Reason:
    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def refuse(self) -> Refused:
        return Refused(self.code, **self.facts)


@dataclass(frozen=True)
class Known:
    """What is read of children, once for any number of sessions."""

    taken: Sequence[Booking]
    """The places that they have or wait for, with their sessions."""
    unconsented: Collection[int]
    """Those (by person) whose data may not be kept: nobody agreed to it."""


def known_of(person_ids: Iterable[int], *, after: dt.datetime | None = None) -> Known:
    """Two queries."""
    people = list(person_ids)
    rows = Booking.objects.filter(participant__in=people, session__state=Session.State.PLANNED, state__in=Booking.OPEN)
    if after:
        rows = rows.filter(session__ends_at__gt=after)
    taken = rows.select_related("session__program", "session__room").order_by("session__starts_at", "pk")
    return Known(list(taken), missing_for(people))


def reason_against_session(session: Session) -> Reason | None:
    """What keeps everybody from booking: session_cancelled, session_over, not_bookable."""
    if session.state == Session.State.CANCELLED:
        return Reason("session_cancelled", {"session": session.pk})
    if session.starts_at <= clock.now():
        return Reason("session_over", {"session": session.pk})
    if session.places is None:
        return Reason("not_bookable", {"session": session.pk})
    return None


def reasons_against_child(session: Session, child: Child, known: Known) -> list[Reason]:
    """already_booked, consent_missing, age_outside, child_clash."""
    mine = [one for one in known.taken if one.participant_id == child.person_id]
    here = next((one for one in mine if one.session_id == session.pk), None)
    if here:
        return [Reason("already_booked", {"child": child.pk, "booking": here.pk, "state": here.state})]
    if child.person_id in known.unconsented:
        return [Reason("consent_missing", {"child": child.pk})]
    found = [_age_outside(session, child), clash_with(session, child, mine)]
    return [reason for reason in found if reason]


def _age_outside(session: Session, child: Child) -> Reason | None:
    born = child.person.birth_date
    least, most = session.program.age_min, session.program.age_max
    if born is None or (least is None and most is None):
        return None
    age = clock.age_on(born, clock.local(session.starts_at).date())
    if (least is None or age >= least) and (most is None or age <= most):
        return None
    return Reason("age_outside", {"child": child.pk, "age": age, "least": least or 0, "most": most or 0})


def clash_with(session: Session, child: Child, mine: Sequence[Booking]) -> Reason | None:
    """Waiting counts too: whoever moves up must be free."""
    for booking in mine:
        other = booking.session
        if other.starts_at < session.ends_at and session.starts_at < other.ends_at:
            facts = {
                "child": child.pk,
                "session": other.pk,
                "title": other.program.name,
                "starts_at": other.starts_at.isoformat(),
                "ends_at": other.ends_at.isoformat(),
                "room": other.room.name if other.room else "",
                "state": booking.state,
            }
            return Reason("child_clash", facts)
    return None
