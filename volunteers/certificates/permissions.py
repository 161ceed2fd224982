"""A certificate is its volunteer's; coordinators issue them for who has no phone, and take back what is wrong."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from volunteers.certificates.models import Certificate
from volunteers.models import Volunteer


@rule(Certificate, "view")
def view(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.COORDINATOR, Role.ADMINISTRATOR) else Q(volunteer__person=actor.person)


@rule(Certificate, "revoke")
@rule(Volunteer, "certify")
def look_after(actor: Actor) -> Q | None:
    """Volunteers serve all over the district, and so does what attests it."""
    return Q() if actor.has(Role.COORDINATOR, Role.ADMINISTRATOR) else None
