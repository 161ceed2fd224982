"""/api/answers/TOKEN: no sign-in, so guessing is made slow."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.guessing import by_token
from hub.access.operations import anyone
from hub.sealed import mask_name
from scheduling.signups.answers import answer, shifts_behind
from scheduling.signups.links import find_link
from scheduling.signups.models import AnswerLink
from scheduling.signups.schemas import AnswerPageOut, my_shift_out

router = Router()


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
    return page_out(by_token(request, token, find_link))


@router.post("/answers/{token}", response=AnswerPageOut, auth=anyone)
def post_answers(request: HttpRequest, token: str, given: LinkAnswerIn) -> AnswerPageOut:
    link = by_token(request, token, find_link)
    answer(token=token, assignment=given.assignment, coming=given.coming, reason=given.reason)
    return page_out(link)
