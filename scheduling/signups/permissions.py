"""Who sees who serves: volunteers their own places, staff those of the sessions they see."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment, Standby


@rule(Assignment, "answer")
def answer(actor: Actor) -> Q | None:
    """Only for oneself; staff who were called use `edit`."""
    return Q(volunteer__person=actor.person.pk)


@rule(Assignment, "view")
def view(actor: Actor) -> Q | None:
    return answer(actor) | Q(session__in=visible(actor, "view_people", Session.objects.all()))  # type: ignore[operator]


@rule(Assignment, "make_standing")
def make_standing(actor: Actor) -> Q | None:
    return answer(actor) | edit(actor)  # type: ignore[operator]


@rule(Assignment, "edit")
def edit(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "edit", Session.objects.all()))


@rule(Need, "assign")
def assign(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "edit", Session.objects.all()))


@rule(Standby, "answer")
def answer_standby(actor: Actor) -> Q | None:
    return answer(actor)


@rule(Standby, "edit")
def edit_standby(actor: Actor) -> Q | None:
    return edit(actor)
