"""机动 over HTTP: staff name who stands by for a session; whoever does may say they can't."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.operations import acting, schedulers, volunteers
from hub.access.rules import fetch
from scheduling.sessions.models import Session
from scheduling.signups.models import Standby
from scheduling.signups.schemas import StandbyOut, standby_out
from scheduling.signups.standbys import decline_standby, name_standby, release_standby
from volunteers.models import Volunteer

router = Router()


class NameIn(Schema):
    volunteer: int


class CannotIn(Schema):
    reason: str = ""


@router.post("/sessions/{session_id}/standbys", response=StandbyOut, auth=schedulers)
def post_standby(request: HttpRequest, session_id: int, wish: NameIn) -> StandbyOut:
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.all(), session_id)
    volunteer = fetch(actor, "view", Volunteer.objects.all(), wish.volunteer)
    return standby_out(name_standby(session=session.pk, person=volunteer.person_id, by=actor.person))


@router.post("/standbys/{standby_id}/release", response=StandbyOut, auth=schedulers)
def post_release(request: HttpRequest, standby_id: int) -> StandbyOut:
    actor = acting(request)
    row = fetch(actor, "edit", Standby.objects.all(), standby_id)
    return standby_out(release_standby(standby=row.pk, by=actor.person))


@router.post("/standbys/{standby_id}/called-off", response=StandbyOut, auth=schedulers)
def post_called_off(request: HttpRequest, standby_id: int, said: CannotIn) -> StandbyOut:
    """They said on the phone that they can't, written down by staff."""
    actor = acting(request)
    row = fetch(actor, "edit", Standby.objects.all(), standby_id)
    return standby_out(decline_standby(standby=row.pk, by=actor.person, reason=said.reason))


@router.post("/standbys/{standby_id}/decline", response=StandbyOut, auth=volunteers)
def post_decline(request: HttpRequest, standby_id: int, said: CannotIn) -> StandbyOut:
    """来不了."""
    actor = acting(request)
    row = fetch(actor, "answer", Standby.objects.all(), standby_id)
    return standby_out(decline_standby(standby=row.pk, by=actor.person, reason=said.reason))
