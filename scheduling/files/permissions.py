"""Who keeps a session's file and reads it: who runs the session, or was on duty there. A month's export is for its
agency, who coordinates the site, and administrators. A regulator reads neither: children stand in both."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.models import Role
from scheduling.files.models import MonthFile, Photo
from scheduling.sessions.models import Session


@rule(Session, "keep_file")
def keep_file(actor: Actor) -> Q | None:
    if not actor.has(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        return None
    running = visible(actor, "edit", Session.objects.all()).values("pk")
    return Q(pk__in=running) | Q(duty_worker=actor.person)


@rule(Photo, "keep")
def keep_photo(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "keep_file", Session.objects.all()))


@rule(MonthFile, "fetch")
def fetch_month(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(hub__in=actor.hub_ids) | Q(agency__in=actor.agency_ids)
