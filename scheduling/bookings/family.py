"""My family: the children a person answers for, and where they have places."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.people.ages import eldest_first
from hub.people.models import Child, Consent
from scheduling.bookings.bookings import is_late
from scheduling.bookings.line import families_before, lines_of
from scheduling.bookings.models import Booking
from scheduling.sessions.models import RosterSettings, Session


@dataclass(frozen=True)
class Place:
    booking: Booking
    ahead: int = 0
    """How many families wait before them."""
    late: bool = False
    """Given back now, it would be noted as late."""

    @property
    def cancellable(self) -> bool:
        return self.booking.state in Booking.OPEN and self.booking.session.starts_at > clock.now()


@dataclass
class FamilyChild:
    child: Child
    photo: bool | None = None
    """Whether a picture may be taken; None when nobody was asked yet."""
    places: list[Place] = field(default_factory=list)
    """Soonest first; with what was cancelled by the site, struck."""


def my_children(actor: Actor) -> list[Child]:
    """Eldest first. One query."""
    rows = list(visible(actor, "guard", Child.objects.select_related("person", "family")))
    return sorted(rows, key=lambda row: eldest_first(row.person))


def my_family(actor: Actor) -> list[FamilyChild]:
    """A fixed number of queries for any number of children and places."""
    family = {child.person_id: FamilyChild(child) for child in my_children(actor)}
    consents = Consent.objects.filter(subject__in=family, kind=Consent.Kind.PHOTO).order_by("pk")
    for subject, granted in consents.values_list("subject", "granted"):  # the newest comes last
        family[subject].photo = granted
    struck = Q(state=Booking.State.CANCELLED, session__state=Session.State.CANCELLED)
    rows = Booking.objects.filter(
        Q(state__in=Booking.OPEN) | struck, participant__in=family, session__ends_at__gt=clock.now()
    )
    bookings = list(
        rows.select_related(
            "session__program",
            "session__hub",
            "session__room",
            "session__duty_worker",
            "turn",
            "instead_of__session__program",
            "instead_of__session__hub",
            "instead_of__session__room",
        ).order_by("session__starts_at", "pk")
    )
    lines = lines_of({one.session for one in bookings if one.state == Booking.State.WAITING})
    settings = RosterSettings.current()
    for one in bookings:
        mine = family[one.participant_id]
        waits = one.state == Booking.State.WAITING
        ahead = families_before(lines[one.session_id], mine.child.family_id) if waits else 0
        mine.places.append(Place(one, ahead, one.state == Booking.State.BOOKED and is_late(one.session, settings)))
    return list(family.values())
