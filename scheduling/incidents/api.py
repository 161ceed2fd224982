"""/api/incidents: what happened to children, written by staff, read by few, told to guardians where it is ordinary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hub.access.operations import acting, guardians, schedulers
from hub.access.rules import fetch
from scheduling.incidents.incidents import amend_incident, tell_guardians, write_incident
from scheduling.incidents.reading import (
    PAGE,
    children_at,
    incidents_for,
    open_incident,
    readable,
    sessions_lately,
    told_to,
)
from scheduling.incidents.schemas import (
    AmendIn,
    IncidentIn,
    IncidentOut,
    IncidentsOut,
    IncidentStart,
    TellIn,
    ToldOut,
    child_out,
    incident_out,
    line_out,
    session_out,
    told_out,
    words_of,
)
from scheduling.sessions.models import Session

router = Router()


@router.get("/incidents", response=IncidentsOut, auth=schedulers)
def get_incidents(request: HttpRequest, skip: int = 0) -> IncidentsOut:
    """Those one may open, and the sessions of the last week at which one may be written down."""
    actor = acting(request)
    rows, more = incidents_for(actor=actor, skip=min(max(skip, 0), 100_000))
    return IncidentsOut(
        incidents=[line_out(one) for one in rows],
        size=PAGE,
        more=more,
        sessions=[session_out(one) for one in sessions_lately(actor=actor)],
    )


@router.get("/incidents/told", response=list[ToldOut], auth=guardians)
def get_told(request: HttpRequest, response: HttpResponse) -> list[ToldOut]:
    """What I was told of my children within a month."""
    response["Cache-Control"] = "no-store"
    return [told_out(one) for one in told_to(acting(request))]


@router.get("/incidents/sessions/{int:session_id}", response=IncidentStart, auth=schedulers)
def get_start(request: HttpRequest, session_id: int) -> IncidentStart:
    """Who was there."""
    session = fetch(acting(request), "note_incident", Session.objects.select_related("program", "hub"), session_id)
    return IncidentStart(session=session_out(session), children=[child_out(one) for one in children_at(session)])


@router.post("/incidents/sessions/{int:session_id}", response=IncidentOut, auth=schedulers)
def post_incident(request: HttpRequest, session_id: int, wish: IncidentIn) -> IncidentOut:
    actor = acting(request)
    session = fetch(actor, "note_incident", Session.objects.all(), session_id)
    row = write_incident(
        session=session.pk,
        nature=wish.nature,
        happened_at=wish.happened_at,
        bookings=wish.children,
        words=words_of(wish),
        by=actor.person,
    )
    return incident_out(open_incident(incident=row.pk, actor=actor))


@router.get("/incidents/{int:incident_id}", response=IncidentOut, auth=schedulers)
def get_incident(request: HttpRequest, response: HttpResponse, incident_id: int) -> IncidentOut:
    """All of it. Logged."""
    response["Cache-Control"] = "no-store"
    return incident_out(open_incident(incident=incident_id, actor=acting(request)))


@router.post("/incidents/{int:incident_id}/passages", response=IncidentOut, auth=schedulers)
def post_passage(request: HttpRequest, incident_id: int, wish: AmendIn) -> IncidentOut:
    """What was written before stays as it is."""
    actor = acting(request)
    row = readable(incident=incident_id, actor=actor)
    amend_incident(incident=row.pk, words=words_of(wish), suspicion=wish.suspicion or row.is_suspicion, by=actor.person)
    return incident_out(open_incident(incident=row.pk, actor=actor))


@router.post("/incidents/{int:incident_id}/tell", response=IncidentOut, auth=schedulers)
def post_tell(request: HttpRequest, incident_id: int, wish: TellIn) -> IncidentOut:
    actor = acting(request)
    row = readable(incident=incident_id, actor=actor)
    tell_guardians(incident=row.pk, child=wish.child, words=wish.words, by=actor.person)
    return incident_out(open_incident(incident=row.pk, actor=actor))
