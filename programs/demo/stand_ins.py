"""Somebody can't come: a search for a stand-in that the demo's coordinator finds under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, F, Q

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Person, Role
from scheduling.callouts.answers import say_no
from scheduling.callouts.callouts import look, start_call_out
from scheduling.callouts.models import CallOut
from scheduling.callouts.stand_ins import stand_ins
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline

FEWEST = 3
"""Fewer who could step in show no search."""


def look_for_a_stand_in() -> None:
    """At the coordinator's own sites, in the next session that just has enough people and others who could come; one of
    those asked can't. When the week has no such session left, people are asked for the next one instead."""
    coordinator, volunteer = face_of(Role.COORDINATOR), face_of(Role.VOLUNTEER)
    if coordinator is None or CallOut.objects.exists():
        return
    soon = clock.now() + dt.timedelta(hours=1)
    needs = Need.objects.filter(
        min__gt=0, session__hub__in=load_actor(coordinator).hub_ids, session__starts_at__gt=soon
    ).order_by("session__starts_at", "pk")
    needs = needs.annotate(filled=Count("assignments", filter=Q(assignments__state__in=Assignment.ACTIVE)))
    callout = _after_somebody_leaves(needs.filter(filled=F("min")), volunteer) or _by_hand(needs, coordinator)
    if callout is None:
        return
    look(callout.pk)
    for ask in callout.asks.select_related("volunteer__person").order_by("pk")[:1]:
        say_no(ask=ask.pk, by=ask.volunteer.person)


def _after_somebody_leaves(needs: Iterable[Need], kept: Person | None) -> CallOut | None:
    places = Assignment.objects.filter(need__in=[need.pk for need in needs], state=Assignment.State.ACCEPTED)
    places = places.exclude(volunteer__person=kept).select_related("need__session", "volunteer__person")
    for place in places.order_by("session__starts_at", "pk"):
        if len(stand_ins(need=place.need)) >= FEWEST:
            decline(assignment=place.pk, by=place.volunteer.person, reason="孩子发烧了")
            return CallOut.objects.get(need=place.need_id)
    return None


def _by_hand(needs: Iterable[Need], coordinator: Person) -> CallOut | None:
    for need in needs:
        if len(stand_ins(need=need)) >= FEWEST:
            return start_call_out(need=need.pk, by=coordinator)
    return None
