"""/api/answers/TOKEN: no sign-in, so guessing is made slow."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.operations import anyone
from hub.errors import Refused
from hub.sealed import keyed_hash, mask_name
from scheduling.signups.answers import answer, shifts_behind
from scheduling.signups.links import find_link
from scheduling.signups.models import AnswerLink
from scheduling.signups.schemas import AnswerPageOut, my_shift_out

router = Router()
WRONG_GUESSES = 20
WINDOW = 10 * 60


def open_link(request: HttpRequest, token: str) -> AnswerLink:
    """The link, unless this address has guessed wrong too often: Refused("too_many")."""
    key = f"answer-guess:{keyed_hash('address', get_adapter().get_client_ip(request))}"
    if cache.get(key, 0) >= WRONG_GUESSES:
        raise Refused("too_many")
    try:
        return find_link(token)
    except Refused as refused:
        if refused.code == "not_found":
            cache.add(key, 0, WINDOW)
            cache.incr(key)
        raise


def page_out(link: AnswerLink) -> AnswerPageOut:
    return AnswerPageOut(
        name=mask_name(link.volunteer.person.name), shifts=[my_shift_out(shift) for shift in shifts_behind(link)]
    )


class LinkAnswerIn(Schema):
    assignment: int
    coming: bool
    reason: str = ""


@router.get("/answers/{token}", response=AnswerPageOut, auth=anyone)
def get_answers(request: HttpRequest, token: str) -> AnswerPageOut:
    return page_out(open_link(request, token))


@router.post("/answers/{token}", response=AnswerPageOut, auth=anyone)
def post_answers(request: HttpRequest, token: str, given: LinkAnswerIn) -> AnswerPageOut:
    link = open_link(request, token)
    answer(token=token, assignment=given.assignment, coming=given.coming, reason=given.reason)
    return page_out(link)
