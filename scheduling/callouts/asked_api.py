"""/api/asked/TOKEN: answering a call-out from its message. No sign-in, so guessing is made slow."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub.access.guessing import by_token
from hub.access.operations import anyone
from hub.sealed import mask_name
from scheduling.callouts.answers import find_ask, say_no, say_yes
from scheduling.callouts.models import Ask
from scheduling.callouts.reading import with_session
from scheduling.callouts.schemas import AskAnswerIn, AskPageOut, ask_out

router = Router()


def _page(ask: Ask) -> AskPageOut:
    now = with_session(Ask.objects.filter(pk=ask.pk)).get()
    return AskPageOut(name=mask_name(ask.volunteer.person.name), ask=ask_out(now))


@router.get("/asked/{token}", response=AskPageOut, auth=anyone)
def get_asked(request: HttpRequest, token: str) -> AskPageOut:
    return _page(by_token(request, token, find_ask))


@router.post("/asked/{token}", response=AskPageOut, auth=anyone)
def post_asked(request: HttpRequest, token: str, given: AskAnswerIn) -> AskPageOut:
    ask = by_token(request, token, find_ask)
    answer = say_yes if given.coming else say_no
    answer(ask=ask.pk, by=ask.volunteer.person)
    return _page(ask)
