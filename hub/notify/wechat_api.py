"""Messages by WeChat: /api/wechat says how it stands; /wechat/follow leads through WeChat's own page and back."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from ninja import Router, Schema, Status

from hub.access.actor import actor_of
from hub.access.operations import acting, signed_in
from hub.errors import Refused
from hub.notify import wechat

router = Router()
STATE = "wechat_state"
HOME = "/my-data"


class WeChatOut(Schema):
    possible: bool
    """This installation has an official account."""
    follows: bool


@router.get("/wechat", response=WeChatOut, auth=signed_in)
def get_wechat(request: HttpRequest) -> WeChatOut:
    return WeChatOut(possible=wechat.is_set_up(), follows=wechat.follows(acting(request).person.pk))


@router.delete("/wechat", response={204: None}, auth=signed_in)
def delete_wechat(request: HttpRequest) -> Status[None]:
    """Messages come by text again."""
    wechat.unfollow(person=acting(request).person.pk)
    return Status(204, None)


def _home(outcome: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?{urlencode({'wechat': outcome})}")


@require_GET
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """To WeChat's page, with a word that only this browser's session knows."""
    if not wechat.is_set_up() or actor_of(request) is None:
        return _home("failed")
    request.session[STATE] = state = wechat.new_state()
    back = f"{settings.PUBLIC_URL}{reverse('wechat_back')}"
    return HttpResponseRedirect(wechat.door(back_to=back, state=state))


@require_GET
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """From WeChat's page. Somebody else's link, opened here, binds nothing: its state is not this session's."""
    actor = actor_of(request)
    state = request.session.pop(STATE, "")
    code, said = request.GET.get("code", ""), request.GET.get("state", "")
    if not (actor and state and code and wechat.is_set_up() and hmac.compare_digest(state.encode(), said.encode())):
        return _home("failed")
    try:
        wechat.follow(person=actor.person.pk, openid=wechat.openid_of(code))
    except Refused:
        return _home("failed")
    return _home("follows")
