"""Families see what they borrowed and asked for, staff what is lent, late and set aside at the hubs whose books they
keep. Whoever sees it acts on it."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.models import Family, Role
from hub.places.models import Hub
from programs.lending.circulation.models import Hold, Loan
from scheduling.bookings.permissions import families_of


@rule(Loan, "own")
@rule(Hold, "own")
def own(actor: Actor) -> Q | None:
    if not actor.has(Role.GUARDIAN):
        return None
    return Q(family__in=Family.objects.filter(families_of(actor)))


@rule(Loan, "manage")
def manage_loan(actor: Actor) -> Q | None:
    """Lent there, or of a copy that belongs there."""
    ours = visible(actor, "keep_books", Hub.objects.all()).values("pk")
    return Q(hub__in=ours) | Q(copy__hub__in=ours)


@rule(Hold, "manage")
def manage_hold(actor: Actor) -> Q | None:
    return Q(hub__in=visible(actor, "keep_books", Hub.objects.all()).values("pk"))
