"""What can be found by guessing is made slow: links that need no sign-in, pairing codes, secrets, who volunteers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    with made_slow("token", address_of(request), wrong="not_found"):
        return find(token)


@contextmanager
def made_slow(what: str, who: str, *, wrong: str, most: int = WRONG_GUESSES, window: int = WINDOW) -> Iterator[None]:
    """Within, Refused(wrong) is a wrong guess of `who`; after `most` of them within `window` seconds all is
    Refused("too_many")."""
    key = f"guess:{what}:{keyed_hash('guesser', who)}"
    if cache.get(key, 0) >= most:
        raise Refused("too_many", minutes=window // 60)
    try:
        yield
    except Refused as refused:
        if refused.code == wrong:
            cache.add(key, 0, window)
            cache.incr(key)
        raise


def address_of(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
