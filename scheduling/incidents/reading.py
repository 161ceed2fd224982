"""Incidents as they are read. Opening one is recorded with it; a list says that there is one and where, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Child
from scheduling.bookings.models import Booking
from scheduling.incidents.models import Concerned, Incident, Passage
from scheduling.sessions.models import Session

PAGE = 20
MOST = 1000
LATELY = dt.timedelta(days=7)
TOLD_FOR = dt.timedelta(days=30)


@dataclass(frozen=True)
class Opened:
    incident: Incident
    passages: Sequence[Passage]
    concerned: Sequence[Concerned]


def incidents_for(*, actor: Actor, skip: int = 0) -> tuple[list[Incident], bool]:
    """The newest first, one page, and whether there are more."""
    rows = visible(actor, "read", Incident.objects.all()).select_related(
        "session__program", "session__hub", "written_by"
    )
    # Of whom something is suspected stands encrypted, so who was on duty is told apart here.
    found = [one for one in rows.order_by("-happened_at", "-pk")[:MOST] if _may_open(actor, one)]
    return found[skip : skip + PAGE], len(found) > skip + PAGE


def sessions_lately(*, actor: Actor) -> list[Session]:
    """Where something may have to be written down: begun within a week, the newest first."""
    now = clock.now()
    rows = visible(actor, "note_incident", Session.objects.filter(state=Session.State.PLANNED))
    rows = rows.filter(starts_at__lte=now, starts_at__gt=now - LATELY)
    booked = Count("bookings", filter=Q(bookings__state=Booking.State.BOOKED))
    return list(
        rows.annotate(booked=booked)
        .filter(booked__gt=0)
        .select_related("program", "hub")
        .order_by("-starts_at", "-pk")[: 2 * PAGE]
    )


def children_at(session: Session) -> QuerySet[Booking]:
    rows = Booking.objects.filter(session=session, state=Booking.State.BOOKED)
    return rows.select_related("participant").order_by("participant__name", "pk")


def readable(*, incident: int, actor: Actor) -> Incident:
    """Refused: not_found."""
    rows = visible(actor, "read", Incident.objects.select_related("session__program", "session__hub", "written_by"))
    row = rows.filter(pk=incident).first()
    if row is None or not _may_open(actor, row):
        raise Refused("not_found", model="incident", id=incident)
    return row


@transaction.atomic
def open_incident(*, incident: int, actor: Actor) -> Opened:
    """All of it; that it was opened is in the journal. Refused: not_found."""
    row = readable(incident=incident, actor=actor)
    append(action="incident.read", subject=row, actor_id=actor.person.pk, hub_id=row.session.hub_id)
    return Opened(
        incident=row,
        passages=list(Passage.objects.filter(incident=row).select_related("by").order_by("pk")),
        concerned=list(Concerned.objects.filter(incident=row).select_related("child", "told_by").order_by("pk")),
    )


def told_to(actor: Actor) -> list[Concerned]:
    """What the actor was told of their own children lately."""
    children = visible(actor, "guard", Child.objects.all()).values("person")
    rows = Concerned.objects.filter(child__in=children, told_at__gt=clock.now() - TOLD_FOR)
    found = rows.select_related("child", "told_by", "incident__session__program").order_by("-told_at", "-pk")
    return [one for one in found if not one.incident.is_suspicion]


def _may_open(actor: Actor, incident: Incident) -> bool:
    """A suspicion may be of who was on duty: its writer's and the coordinator's alone."""
    return (
        not incident.is_suspicion
        or incident.written_by_id == actor.person.pk
        or incident.session.hub_id in actor.hub_ids
    )
