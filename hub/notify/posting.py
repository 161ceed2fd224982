"""What the ways over HTTP have in common: asking, and what came of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from hub.notify.channels import NotSent

PATIENCE = 10
LOST_BEHIND_A_GATEWAY = (502, 504)
"""They may have taken it; their answer got lost."""
TOO_MANY = 429


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """A redirected POST goes on as a GET without its body, to wherever it is told, and would count as sent."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_door = urllib.request.build_opener(_NoDetour)


def post(address: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> bytes:
    """What they answered. Raises NotSent; anything else leaves open whether they took it."""
    sent = json.dumps(body, ensure_ascii=False).encode()
    return _ask(
        urllib.request.Request(address, data=sent, headers={"Content-Type": "application/json", **(headers or {})})
    )


def get(address: str) -> bytes:
    """As `post`."""
    return _ask(urllib.request.Request(address))


def _ask(request: urllib.request.Request) -> bytes:
    try:
        with _door.open(request, timeout=PATIENCE) as answer:
            answered: bytes = answer.read()
    except urllib.error.HTTPError as error:
        if error.code in LOST_BEHIND_A_GATEWAY:
            raise
        # Refused for good (a wrong number, a template not approved), or worth another try.
        raise NotSent(f"http_{error.code}", lasting=400 <= error.code < 500 and error.code != TOO_MANY) from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise
        raise NotSent("unreachable") from None
    return answered
