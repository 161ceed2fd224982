"""/api/board/sessions/ID/onlookers: said while a session is open, by whoever may change it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema, Status

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from scheduling.board.onlookers import look_away, look_on
from scheduling.sessions.models import Session

router = Router()


class Looking(Schema):
    changing: bool
    """A form that changes it is open, not just its panel."""


class SomebodyElse(Schema):
    name: str
    changing: bool


@router.put("/board/sessions/{int:session_id}/onlookers", response=list[SomebodyElse], auth=schedulers)
def put_onlooker(request: HttpRequest, session_id: int, wish: Looking) -> list[SomebodyElse]:
    """The others who have it open. Said again before 45 seconds are over."""
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.all(), session_id)
    others = look_on(session=session, by=actor.person, changing=wish.changing)
    return [SomebodyElse(name=one.person.name, changing=one.changing) for one in others]


@router.delete("/board/sessions/{int:session_id}/onlookers", response={204: None}, auth=schedulers)
def delete_onlooker(request: HttpRequest, session_id: int) -> Status[None]:
    actor = acting(request)
    look_away(session=fetch(actor, "edit", Session.objects.all(), session_id), by=actor.person)
    return Status(204, None)
