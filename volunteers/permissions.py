"""Who sees volunteers: themselves, and the staff who plan with them."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import STAFF, Actor
from hub.access.rules import rule
from volunteers.models import Volunteer


@rule(Volunteer, "view")
def view(actor: Actor) -> Q | None:
    return Q() if actor.has(*STAFF) else Q(person=actor.person)
