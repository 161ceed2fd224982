"""Who stands at a hub's door with its code, who pairs its tablets, and who looks at what fits nowhere."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.models import Role
from hub.places.models import Hub, Residency
from scheduling.attendance.models import AttendanceEvent, Device
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session


@rule(Hub, "receive")
def receive(actor: Actor) -> Q | None:
    """A coordinator's sites, and those where a social worker's agency resides or has sessions."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    if not actor.hub_ids and not actor.agency_ids:
        return None
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    working = Session.objects.filter(program__agency__in=actor.agency_ids).values("hub")
    return Q(pk__in=actor.hub_ids) | Q(pk__in=residing) | Q(pk__in=working)


@rule(Hub, "pair")
def pair(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(pk__in=actor.hub_ids) if actor.has(Role.COORDINATOR) else None


@rule(Device, "view", "revoke")
def look_after(actor: Actor) -> Q | None:
    return Q(hub__in=visible(actor, "pair", Hub.objects.all()))


@rule(AttendanceEvent, "set_aside")
def set_aside(actor: Actor) -> Q | None:
    """What a tablet told of volunteers, and of children who were never there; of children, who notes their coming."""
    at_hub = Q(how=AttendanceEvent.How.DEVICE, hub__in=visible(actor, "receive", Hub.objects.all()))
    theirs = Q(booking__in=visible(actor, "note_children", Booking.objects.all()))
    return (at_hub & Q(booking=None)) | (theirs & ~Q(doubt=""))


@rule(Booking, "note_children")
def note_children(actor: Actor) -> Q | None:
    """Who runs the session and who is on duty there note its children's coming and going."""
    if not actor.has(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        return None
    running = visible(actor, "edit", Session.objects.all()).values("pk")
    return Q(session__in=running) | Q(session__duty_worker=actor.person)
