"""轮到您了, answered on the first screen, or by the link of the message: /api/turn-links/TOKEN, where nobody signs in,
so guessing is made slow."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.guessing import by_token
from hub.access.operations import acting, anyone, guardians
from hub.access.rules import fetch
from hub.sealed import mask_name
from scheduling.bookings.models import Turn
from scheduling.bookings.schemas import BookedOut, TurnOut, booked_out, turn_out
from scheduling.bookings.turns import accept_turn, decline_turn, find_turn, guardian_behind

router = Router()


class TurnAnswerIn(Schema):
    coming: bool


def _page(turn: Turn) -> TurnOut:
    return turn_out(turn, name=mask_name(guardian_behind(turn.pk).name))


@router.post("/turns/{int:turn_id}/answer", response=list[BookedOut], auth=guardians)
def post_answer(request: HttpRequest, turn_id: int, given: TurnAnswerIn) -> list[BookedOut]:
    """Take the places that are offered, for all children of the turn, or pass them on."""
    actor = acting(request)
    turn = fetch(actor, "answer", Turn.objects.all(), turn_id)
    answer = accept_turn if given.coming else decline_turn
    return [booked_out(row) for row in answer(turn=turn.pk, by=actor.person)]


@router.get("/turn-links/{token}", response=TurnOut, auth=anyone)
def get_turn(request: HttpRequest, token: str) -> TurnOut:
    return _page(by_token(request, token, find_turn))


@router.post("/turn-links/{token}", response=TurnOut, auth=anyone)
def post_turn(request: HttpRequest, token: str, given: TurnAnswerIn) -> TurnOut:
    turn = by_token(request, token, find_turn)
    answer = accept_turn if given.coming else decline_turn
    answer(turn=turn.pk, by=guardian_behind(turn.pk))
    return _page(turn)
