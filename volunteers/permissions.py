"""Who sees volunteers: themselves, and the staff who plan with them."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import STAFF, Actor
from hub.access.rules import rule
from hub.people.models import Role
from volunteers.models import Absence, BusyCalendar, ExtraTime, Skill, StandingShift, Unproven, Volunteer


@rule(Volunteer, "view")
def view(actor: Actor) -> Q | None:
    return Q() if actor.has(*STAFF) else Q(person=actor.person)


@rule(StandingShift, "end")
def end_standing_shift(actor: Actor) -> Q | None:
    """Its owner's, and of who may change its sessions."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(volunteer__person=actor.person) | Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids)


@rule(Volunteer, "verify", "correct", "look_into", "wish_for")
@rule(Unproven, "verify")
@rule(Skill, "rule")
def verify(actor: Actor) -> Q | None:
    """Volunteers serve all over the district: whoever plans with them records their checks, and what they phone in."""
    return Q() if actor.has(Role.COORDINATOR, Role.ADMINISTRATOR) else None


@rule(ExtraTime, "change")
@rule(BusyCalendar, "view", "remove")
def change_span(actor: Actor) -> Q | None:
    return Q(volunteer__person=actor.person)


@rule(Absence, "change")
def change_absence(actor: Actor) -> Q | None:
    """What a calendar says is changed there."""
    return Q(volunteer__person=actor.person, calendar=None)


@rule(Skill, "claim")
def claim_skill(actor: Actor) -> Q | None:
    """There are no secret skills."""
    return Q()
