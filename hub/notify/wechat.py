"""Our official account in WeChat: who has their messages come by it, and what its interface asks of us.

Somebody follows from within WeChat alone: it sends them by its own page and back with a code, which tells who they are
to our account (an openid) and nothing else of them.
"""

from __future__ import annotations

import json
import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.notify.channels import NotSent, names_in_use
from hub.notify.models import WeChatFollower
from hub.notify.posting import get, post

TOKEN = "wechat-token"
EARLY_SECONDS = 300
"""So long before its end a token is not used any more."""


def is_set_up() -> bool:
    return "wechat" in names_in_use() and bool(settings.WECHAT["APP_ID"] and settings.WECHAT["APP_SECRET"])


def api(path: str, **query: str) -> str:
    return f"{settings.WECHAT['API']}{path}?{urlencode(query)}" if query else f"{settings.WECHAT['API']}{path}"


def token() -> str:
    """What every call is let in by; one for all processes. Raises NotSent("wechat_token")."""
    known: str | None = cache.get(TOKEN)
    if known:
        return known
    asked = {
        "grant_type": "client_credential",
        "appid": settings.WECHAT["APP_ID"],
        "secret": settings.WECHAT["APP_SECRET"],
    }
    try:
        answered = json.loads(post(api("/cgi-bin/stable_token"), asked))
        found, seconds = str(answered["access_token"]), int(answered["expires_in"])
    except Exception:  # nothing was sent yet, whatever went wrong
        raise NotSent("wechat_token") from None
    cache.set(TOKEN, found, max(1, seconds - EARLY_SECONDS))
    return found


def forget_token() -> None:
    cache.delete(TOKEN)


def new_state() -> str:
    return secrets.token_urlsafe(16)


def door(*, back_to: str, state: str) -> str:
    """WeChat's own page, which sends whoever opens it there back with a code. It asks them nothing."""
    asked = {
        "appid": settings.WECHAT["APP_ID"],
        "redirect_uri": back_to,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
    }
    return f"{settings.WECHAT['OAUTH']}?{urlencode(asked)}#wechat_redirect"


def openid_of(code: str) -> str:
    """Who brought this code. Refused("wechat_failed")."""
    address = api(
        "/sns/oauth2/access_token",
        appid=settings.WECHAT["APP_ID"],
        secret=settings.WECHAT["APP_SECRET"],
        code=code,
        grant_type="authorization_code",
    )
    try:
        return str(json.loads(get(address))["openid"])
    except Exception:  # a code used twice, a line that broke: they may try again
        raise Refused("wechat_failed") from None


def follows(person: int) -> bool:
    return WeChatFollower.objects.filter(person_id=person).exists()


@transaction.atomic
def follow(*, person: int, openid: str) -> WeChatFollower:
    """From now on their messages come by WeChat, where it has a template for them."""
    row, _ = WeChatFollower.objects.update_or_create(
        person_id=person, defaults={"openid": openid, "since": clock.now()}
    )
    append(action="wechat.followed", subject=row, actor_id=person)
    return row


@transaction.atomic
def unfollow(*, person: int) -> None:
    """Again is harmless."""
    for row in WeChatFollower.objects.filter(person_id=person):
        append(action="wechat.left", subject=row, actor_id=person)
        row.delete()


def no_longer_follows(openid: str) -> None:
    """They left us in WeChat itself; several persons may have come by one account."""
    gone = [row.pk for row in WeChatFollower.objects.all() if row.openid == openid]
    WeChatFollower.objects.filter(pk__in=gone).delete()
