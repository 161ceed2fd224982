"""/api/attendance/visit: a volunteer at the door. The code lasts for a minute; who opened it has ten to sign in by
phone and be signed in to their shift. What was opened is kept in a signed cookie, which outlives signing in and can't
be passed on like an address.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from hub import clock
from hub.access.operations import acting, anyone, volunteers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.places.models import Hub
from scheduling.attendance.cards import card_of, card_text, find_volunteer, replace_card
from scheduling.attendance.door import open_door
from scheduling.attendance.schemas import (
    CardOut,
    DoorTokenIn,
    PassedOut,
    SiteName,
    VisitedHubOut,
    VisitOut,
    passed_out,
    visit_shift_out,
)
from scheduling.attendance.visits import Stop, go_early, may_join, noted_of, pass_door
from scheduling.signups.models import Assignment
from scheduling.signups.schemas import OpenShiftOut, open_shift_out
from volunteers.models import Volunteer

router = Router()
COOKIE = "visit"
LASTS = dt.timedelta(minutes=10)


@router.post("/attendance/visit", response=VisitedHubOut, auth=anyone)
def post_visit(request: HttpRequest, response: HttpResponse, opened: DoorTokenIn) -> VisitedHubOut:
    """Who stands before a hub's code says so with what it reads; signed in or not."""
    hub = Hub.objects.get(pk=open_door(opened.token))
    response.set_signed_cookie(
        COOKIE,
        f"{hub.pk}.{int(clock.now().timestamp())}",
        salt=COOKIE,
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return VisitedHubOut(hub=SiteName(id=hub.pk, name=hub.name))


@router.post("/attendance/visit/pass", response=VisitOut, auth=volunteers)
def post_pass(request: HttpRequest) -> VisitOut:
    """Signs in whose shift begins and out whose shift ends; says what there is to say to the others."""
    me, hub = find_volunteer(acting(request).person.pk), _visited(request)
    return _visit(me, hub, pass_door(volunteer=me, hub=hub.pk, by=me.person))


@router.post("/attendance/visit/leave/{assignment_id}", response=VisitOut, auth=volunteers)
def post_leave(request: HttpRequest, assignment_id: int) -> VisitOut:
    """Before the end, on asking."""
    actor = acting(request)
    row = fetch(actor, "answer", Assignment.objects.all(), assignment_id)
    me, hub = find_volunteer(actor.person.pk), _visited(request)
    return _visit(me, hub, go_early(volunteer=me, hub=hub.pk, assignment=row.pk, by=me.person))


@router.get("/attendance/visit/open", response=list[OpenShiftOut], auth=volunteers)
def get_open_here(request: HttpRequest) -> list[OpenShiftOut]:
    """What begins here today and would take them, for somebody who has no place."""
    hub = _visited(request)
    return [open_shift_out(shift) for shift in may_join(person=acting(request).person.pk, hub=hub.pk)]


@router.get("/attendance/mine", response=list[PassedOut], auth=volunteers)
def get_mine(request: HttpRequest) -> list[PassedOut]:
    """Which of the volunteer's shifts of now they are signed in to or out of."""
    return [passed_out(row) for row in noted_of(acting(request).person.pk)]


@router.get("/attendance/card", response=CardOut, auth=volunteers)
def get_card(request: HttpRequest) -> CardOut:
    return _card_out(find_volunteer(acting(request).person.pk))


@router.post("/attendance/card/replace", response=CardOut, auth=volunteers)
def post_card_replace(request: HttpRequest) -> CardOut:
    """For one that was lost: it opens nothing any more."""
    person = acting(request).person
    volunteer = find_volunteer(person.pk)
    replace_card(volunteer=volunteer, by=person)
    return _card_out(volunteer)


def _card_out(volunteer: Volunteer) -> CardOut:
    card = card_of(volunteer)
    return CardOut(name=volunteer.person.name, number=card.number, text=card_text(card))


def _visited(request: HttpRequest) -> Hub:
    """Refused: visit_over, for a visit that is long past or never was."""
    kept = request.get_signed_cookie(COOKIE, default="0.0", salt=COOKIE) or ""
    hub_id, opened = (int(part) for part in kept.split("."))
    if not 0 <= clock.now().timestamp() - opened <= LASTS.total_seconds():
        raise Refused("visit_over")
    return Hub.objects.get(pk=hub_id)


def _visit(volunteer: Volunteer, hub: Hub, stops: list[Stop]) -> VisitOut:
    return VisitOut(
        name=volunteer.person.name,
        hub=SiteName(id=hub.pk, name=hub.name),
        shifts=[visit_shift_out(stop) for stop in stops],
    )
