"""Somebody can't come: a search for a stand-in that the demo's coordinator finds under way."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Role
from scheduling.callouts.answers import say_no
from scheduling.callouts.callouts import look
from scheduling.callouts.models import CallOut
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline


def look_for_a_stand_in() -> None:
    """At the coordinator's own sites, in the next session that just has enough people; one of those asked can't."""
    coordinator, volunteer = face_of(Role.COORDINATOR), face_of(Role.VOLUNTEER)
    if coordinator is None or CallOut.objects.exists():
        return
    active = Q(assignments__state__in=Assignment.ACTIVE)
    needs = Need.objects.annotate(filled=Count("assignments", filter=active)).filter(min__gt=0, filled=F("min"))
    places = Assignment.objects.filter(
        need__in=needs.values("pk"),
        session__hub__in=load_actor(coordinator).hub_ids,
        session__starts_at__gt=clock.now() + dt.timedelta(hours=1),
        state=Assignment.State.ACCEPTED,
    ).exclude(volunteer__person=volunteer)
    for place in places.select_related("volunteer__person").order_by("session__starts_at", "pk")[:1]:
        decline(assignment=place.pk, by=place.volunteer.person, reason="孩子发烧了")
        callout = CallOut.objects.get(need=place.need_id)
        look(callout.pk)
        for ask in callout.asks.select_related("volunteer__person").order_by("pk")[:1]:
            say_no(ask=ask.pk, by=ask.volunteer.person)
