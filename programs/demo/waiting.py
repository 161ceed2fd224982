"""Who asks for a place in the demo: a line before some full needs, requests to answer, wishes for the plan."""

from __future__ import annotations

from django.db.models import Count, F, Q

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Role
from scheduling.sessions.models import Need, Session
from scheduling.signups.candidates import candidates
from scheduling.signups.models import Assignment
from scheduling.signups.signups import sign_up
from volunteers.models import Volunteer

NEEDS = 3
PEOPLE = 2
MODES = {"event": Need.Mode.APPROVAL, "group": Need.Mode.PLAN}
"""By kind of program: for events the site says yes, groups are planned."""


def let_some_ask() -> None:
    """Where the visitor's coordinator sees it. Loading again changes nothing."""
    coordinator = face_of(Role.COORDINATOR)
    if coordinator is None or Assignment.objects.filter(state__in=Assignment.OPEN).exists():
        return
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.HOLDING))
    ahead = (
        Need.objects.filter(
            session__hub__in=load_actor(coordinator).hub_ids,
            session__state=Session.State.PLANNED,
            session__starts_at__gt=clock.now(),
        )
        .select_related("session__hub", "session__program", "skill")
        .annotate(taken=taken)
        .order_by("session__starts_at", "pk")
    )
    for kind, mode in MODES.items():
        chosen = list(ahead.filter(session__program__kind=kind, taken=0)[:NEEDS])
        Need.objects.filter(pk__in=[need.pk for need in chosen]).update(mode=mode)
        for need in chosen:
            _ask(need)
    lines = 0
    for need in ahead.filter(target__gt=0, taken__gte=F("target")):
        lines += _ask(need) > 0
        if lines == NEEDS:
            break


def _ask(need: Need) -> int:
    """How many found the time to."""
    found = candidates(need=need, volunteers=Volunteer.objects.all(), most=PEOPLE).free
    for one in found:
        person = one.volunteer.person
        sign_up(need=need.pk, person=person.pk, by=person, wait=True)
    return len(found)
