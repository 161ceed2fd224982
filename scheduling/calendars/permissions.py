"""Who subscribes to the calendar of a place, an agency, a program: the staff who look after it. What stands in it is
asked of Session "view" again at each fetch."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Agency, District, Hub, Residency, Room
from programs.models import Program
from scheduling.calendars.models import Feed


def _hubs(actor: Actor) -> QuerySet[Hub]:
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    return Hub.objects.filter(Q(pk__in=actor.hub_ids) | Q(pk__in=residing))


def _everywhere(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR)


def _nowhere(actor: Actor) -> bool:
    return not actor.hub_ids and not actor.agency_ids


@rule(Hub, "subscribe")
def subscribe_hub(actor: Actor) -> Q | None:
    if _everywhere(actor):
        return Q()
    return None if _nowhere(actor) else Q(pk__in=_hubs(actor).values("pk"))


@rule(Room, "subscribe")
def subscribe_room(actor: Actor) -> Q | None:
    if _everywhere(actor):
        return Q()
    return None if _nowhere(actor) else Q(hub__in=_hubs(actor).values("pk"))


@rule(Agency, "subscribe")
def subscribe_agency(actor: Actor) -> Q | None:
    """One's own, and those that live at one's site."""
    if _everywhere(actor):
        return Q()
    living = Residency.objects.filter(hub__in=actor.hub_ids).values("agency")
    return None if _nowhere(actor) else Q(pk__in=actor.agency_ids) | Q(pk__in=living)


@rule(Program, "subscribe")
def subscribe_program(actor: Actor) -> Q | None:
    """Those of such agencies, and those that happen at one's site."""
    if _everywhere(actor):
        return Q()
    living = Residency.objects.filter(hub__in=actor.hub_ids).values("agency")
    here = Program.objects.filter(sessions__hub__in=actor.hub_ids).values("pk")
    return None if _nowhere(actor) else Q(agency__in=actor.agency_ids) | Q(agency__in=living) | Q(pk__in=here)


@rule(District, "subscribe")
def subscribe_district(actor: Actor) -> Q | None:
    return Q() if _everywhere(actor) else None


@rule(Hub, "open_calendar")
def open_calendar(actor: Actor) -> Q | None:
    """Who may let everybody read a site's calendar: who answers for the site."""
    return Q() if _everywhere(actor) else Q(pk__in=actor.hub_ids)


@rule(Feed, "view", "change", "revoke")
def own(actor: Actor) -> Q | None:
    return Q(owner=actor.person)
