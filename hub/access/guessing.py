"""Opening what a token in a link opens. Nobody signs in for it, so guessing is made slow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from hub.errors import Refused
from hub.sealed import keyed_hash

T = TypeVar("T")
WRONG_GUESSES = 20
WINDOW = 10 * 60


def by_token(request: HttpRequest, token: str, find: Callable[[str], T]) -> T:
    """What `find` finds, unless this address has guessed wrong too often: Refused("too_many")."""
    key = f"token-guess:{keyed_hash('address', get_adapter().get_client_ip(request))}"
    if cache.get(key, 0) >= WRONG_GUESSES:
        raise Refused("too_many")
    try:
        return find(token)
    except Refused as refused:
        if refused.code == "not_found":
            cache.add(key, 0, WINDOW)
            cache.incr(key)
        raise
