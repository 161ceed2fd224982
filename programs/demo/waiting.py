"""Who asks for a place in the demo: a line before some full needs, requests to answer, wishes for the plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from hub import clock
from scheduling.sessions.models import Need, Session
from scheduling.signups.candidates import candidates
from scheduling.signups.models import Assignment
from scheduling.signups.signups import sign_up
from volunteers.models import Volunteer

SESSIONS = 3
PEOPLE = 2
MODES = {"event": Need.Mode.APPROVAL, "group": Need.Mode.PLAN}
"""By kind of program: for events the site says yes, groups are planned."""


def let_some_ask() -> None:
    """Loading again changes nothing."""
    if Assignment.objects.filter(state__in=Assignment.OPEN).exists():
        return
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.HOLDING))
    ahead = (
        Need.objects.filter(session__state=Session.State.PLANNED, session__starts_at__gt=clock.now())
        .select_related("session__hub", "session__program", "skill")
        .annotate(taken=taken)
        .order_by("session__starts_at", "pk")
    )
    for kind, mode in MODES.items():
        chosen = list(ahead.filter(session__program__kind=kind, taken=0)[:SESSIONS])
        Need.objects.filter(pk__in=[need.pk for need in chosen]).update(mode=mode)
        _ask(chosen)
    _ask(_full(ahead)[:SESSIONS])


def _full(needs: QuerySet[Need]) -> list[Need]:
    return [need for need in needs if need.taken >= need.target > 0]  # type: ignore[attr-defined]


def _ask(needs: Sequence[Need]) -> None:
    for need in needs:
        found = candidates(need=need, volunteers=Volunteer.objects.filter(home=need.session.hub))
        for one in found.free[:PEOPLE]:
            person = one.volunteer.person
            sign_up(need=need.pk, person=person.pk, by=person, wait=True)
