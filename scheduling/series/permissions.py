"""Who sees and who changes series and terms. A published series is seen and changed as its sessions are; a draft is its
agency's, and whoever began it, alone."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Residency
from scheduling.series.models import Series, Term, WeekTemplate


def _drafts(actor: Actor) -> Q:
    return Q(published_at=None) & (Q(program__agency__in=actor.agency_ids) | Q(created_by=actor.person))


@rule(Series, "view")
def view(actor: Actor) -> Q | None:
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    seen = Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids) | Q(hub__in=residing)
    return _drafts(actor) | Q(published_at__isnull=False) & (Q(pk__isnull=False) if actor.sees_district else seen)


@rule(Series, "edit")
def edit(actor: Actor) -> Q | None:
    ours = Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids)
    everywhere = actor.has(Role.ADMINISTRATOR)
    return _drafts(actor) | Q(published_at__isnull=False) & (Q(pk__isnull=False) if everywhere else ours)


@rule(Term, "view")
def view_terms(actor: Actor) -> Q | None:
    """When schools teach is no secret."""
    return Q()


@rule(Term, "edit")
def edit_terms(actor: Actor) -> Q | None:
    """The district's are the administrators', a site's its coordinators'."""
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(hub__in=actor.hub_ids)


@rule(WeekTemplate, "lay")
def lay(actor: Actor) -> Q | None:
    """Who looks after the site."""
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(hub__in=actor.hub_ids)
