"""Who sees whom a call-out asked: whoever changes its session. Volunteers answer for themselves alone."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from scheduling.callouts.models import Ask, CallOut, Swap
from scheduling.sessions.models import Session


@rule(CallOut, "view", "stop")
def view(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "view_people", Session.objects.all()))


@rule(Ask, "answer")
def answer(actor: Actor) -> Q | None:
    return Q(volunteer__person=actor.person.pk)


@rule(Swap, "answer")
def answer_swap(actor: Actor) -> Q | None:
    return Q(asked__person=actor.person.pk)


@rule(Swap, "withdraw")
def withdraw(actor: Actor) -> Q | None:
    return Q(mine__volunteer__person=actor.person.pk)
