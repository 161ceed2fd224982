"""/api/notify/replies: where an SMS provider brings what people text back.

It takes one reply or a list of them, in the provider's own form: SMS_REPLY_FIELDS names the fields that hold id, phone
and text. The proof is SMS_REPLY_SECRET, as `Authorization: Bearer` or, for providers that can call nothing but an
address, as `?secret=`.
"""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Body, Router, Schema

from hub.access.guessing import address_of, made_slow
from hub.access.operations import providers
from hub.errors import Refused
from hub.notify.replies import take_reply
from hub.sealed import keyed_hash

router = Router()
MOST_AT_ONCE = 200
LONGEST_ID = 64


class TakenOut(Schema):
    """0 means "taken" to the providers that look into the answer."""

    code: int = 0
    result: int = 0
    taken: int


def check_secret(request: HttpRequest, given: str) -> None:
    """Refused: not_allowed for a wrong secret, or where none is set; too_many after several."""
    wanted = settings.SMS["REPLY_SECRET"]
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    with made_slow("reply", address_of(request), wrong="not_allowed"):
        if not wanted or not hmac.compare_digest(wanted.encode(), (bearer or given).encode()):
            raise Refused("not_allowed")


@router.post("/notify/replies", response=TakenOut, auth=providers)
def post_replies(request: HttpRequest, brought: Body[Any], secret: str = "") -> TakenOut:
    check_secret(request, secret)
    entries = brought if isinstance(brought, list) else [brought]
    if len(entries) > MOST_AT_ONCE:
        raise Refused("too_large")
    replies = [read_entry(entry) for entry in entries]
    for reply in replies:
        take_reply(**reply)
    return TakenOut(taken=len(replies))


def read_entry(entry: object) -> dict[str, str]:
    """Refused("invalid"). A provider without ids of its own brings the same words again: their hash is the id."""
    fields = settings.SMS["REPLY_FIELDS"]
    if not isinstance(entry, dict):
        raise Refused("invalid")
    found = {name: entry.get(field) for name, field in fields.items()}
    if not all(isinstance(found[name], str | int) and str(found[name]) for name in ("phone", "text")):
        raise Refused("invalid")
    own = str(found["id"] or "")
    return {
        "provider_id": own if own and len(own) <= LONGEST_ID else keyed_hash("reply", repr(sorted(entry.items()))),
        "phone": str(found["phone"]),
        "text": str(found["text"]),
    }
