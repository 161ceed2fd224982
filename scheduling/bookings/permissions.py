"""Who sees and changes bookings: guardians their children's, staff those of the sessions they run. A regulator sees
counts alone, on the board."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.circles import acted_for_by
from hub.people.models import Child, Family, Role
from scheduling.bookings.models import Booking, Turn
from scheduling.sessions.models import Session


def families_of(actor: Actor) -> Q:
    """Families (by id) for which the person books: as a guardian, or as a caregiver who may."""
    return acted_for_by(actor.person.pk)


@rule(Child, "guard")
def guard(actor: Actor) -> Q | None:
    if not actor.has(Role.GUARDIAN):
        return None
    return Q(family__in=Family.objects.filter(families_of(actor)), person__erased_at__isnull=True)


@rule(Child, "book_as_staff")
def book_as_staff(actor: Actor) -> Q | None:
    """Children whom staff know from a session of theirs."""
    ours = visible(actor, "view_people", Session.objects.all())
    return Q(person__bookings__session__in=ours) if not actor.has(Role.ADMINISTRATOR) else Q()


@rule(Child, "book_by_phone")
def book_by_phone(actor: Actor) -> Q | None:
    """Whoever runs sessions may book a child whose guardian's whole number they were told; nothing less finds it."""
    return Q() if actor.has(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR) else None


@rule(Booking, "cancel_own")
def cancel_own(actor: Actor) -> Q | None:
    if not actor.has(Role.GUARDIAN):
        return None
    return Q(participant__child__family__in=Family.objects.filter(families_of(actor)))


@rule(Turn, "answer")
def answer(actor: Actor) -> Q | None:
    own = cancel_own(actor)
    return None if own is None else Q(pk__in=Booking.objects.filter(own).values("turn"))


@rule(Booking, "cancel_as_staff")
def cancel_as_staff(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "view_people", Session.objects.all()))


@rule(Booking, "view")
def view(actor: Actor) -> Q | None:
    own = cancel_own(actor)
    return cancel_as_staff(actor) if own is None else own | cancel_as_staff(actor)  # type: ignore[operator]
