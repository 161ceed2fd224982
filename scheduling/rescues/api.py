"""Ways out of a session's trouble over HTTP. A way is posted twice: once to see whom it touches, once to take it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.journal.append import append
from scheduling.board.panel import READ_ACTION
from scheduling.rescues import fewer, merging, staff, standby
from scheduling.rescues.outcome import Outcome
from scheduling.rescues.ways import Option, Way, ways_out
from scheduling.sessions.models import Session, StaffPlace
from volunteers.models import Volunteer

router = Router()
SESSIONS = Session.objects.select_related("program", "hub", "duty_worker")


class WhyNoWay(Schema):
    code: str
    facts: dict[str, Any]


class WayOption(Schema):
    id: int
    """A volunteer, one of the staff (a person), or a session, by the way's kind."""
    name: str
    phone: str
    starts_at: dt.datetime | None
    missing: int
    free: int
    refused: WhyNoWay | None


class WayOut(Schema):
    kind: Literal["standby", "call", "repair", "staff", "merge", "move", "fewer", "cancel"]
    options: list[WayOption]
    volunteers: int
    families: int
    children: int
    refused: WhyNoWay | None


class WaysOutOut(Schema):
    session: int
    missing: int
    need: int | None
    ways: list[WayOut]
    """Those that can be taken first, the best before the others."""


class WayIn(Schema):
    kind: Literal["standby", "staff", "merge", "fewer"]
    option: int = 0
    seen: str = Field("", max_length=40)
    """What was shown; empty to be shown it."""


class WhoIsTouched(Schema):
    what: Literal["steps_in", "comes_over", "asked_again", "stays_home", "moves", "offered", "told", "stays"]
    name: str
    title: str
    hub: str
    starts_at: dt.datetime | None
    children: int


class RoleEased(Schema):
    """How many a role asked for at least, and asks for now."""

    role: str
    before: int
    now: int


class WayOutcome(Schema):
    session: int
    people: list[WhoIsTouched]
    families: list[WhoIsTouched]
    roles: list[RoleEased]
    missing: int
    places: int | None
    seen: str
    done: bool


def _why(no: Refused | None) -> dict[str, object] | None:
    return {"code": no.code, "facts": no.facts} if no else None


def _option(one: Option) -> dict[str, object]:
    return {**vars(one), "refused": _why(one.refused)}


def _way(way: Way) -> dict[str, object]:
    return {**vars(way), "options": [_option(one) for one in way.options], "refused": _why(way.refused)}


@router.get("/sessions/{int:session_id}/ways-out", response=WaysOutOut, auth=schedulers)
def get_ways_out(request: HttpRequest, session_id: int) -> Any:
    actor = acting(request)
    found = ways_out(fetch(actor, "edit", SESSIONS, session_id), actor)
    return {**vars(found), "ways": [_way(way) for way in found.ways]}


@router.post("/sessions/{int:session_id}/ways-out", response=WayOutcome, auth=schedulers)
def post_way_out(request: HttpRequest, session_id: int, wish: WayIn) -> Any:
    """Shown first; taken when `seen` names just what was shown. Children's names that are shown are a reading, and
    logged."""
    actor = acting(request)
    session = fetch(actor, "edit", SESSIONS, session_id)
    outcome = _take(request, session, wish)
    if outcome.families and not outcome.done:
        with transaction.atomic():
            append(action=READ_ACTION, subject=session, actor_id=actor.person.pk, hub_id=session.hub_id)
    return {**vars(outcome), "seen": outcome.seen}


def _take(request: HttpRequest, session: Session, wish: WayIn) -> Outcome:
    actor = acting(request)
    by = actor.person
    if wish.kind == "standby":
        volunteer = fetch(actor, "view", Volunteer.objects.all(), wish.option)
        return standby.call_in(session=session, volunteer=volunteer.pk, seen=wish.seen, by=by)
    if wish.kind == "staff":
        return staff.step_in(session=session, person=wish.option, seen=wish.seen, by=by)
    if wish.kind == "merge":
        into = fetch(actor, "edit", Session.objects.all(), wish.option)
        return merging.merge_sessions(session=session, into=into.pk, seen=wish.seen, by=by)
    return fewer.fewer_places(session=session, seen=wish.seen, by=by)


@router.post("/staff-places/{int:staff_place_id}/end", response={204: None}, auth=schedulers)
def post_end_staff_place(request: HttpRequest, staff_place_id: int) -> Status[None]:
    """不用顶了: somebody else comes after all."""
    actor = acting(request)
    row = fetch(actor, "change", StaffPlace.objects.all(), staff_place_id)
    staff.step_back(staff_place=row.pk, by=actor.person)
    return Status(204, None)
