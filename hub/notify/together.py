"""One message for what one deed changed many times: a series moved is told once, not session by session."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Tell = Callable[..., object]
"""tell(rows, *how)"""
_gathered: ContextVar[dict[tuple[Any, ...], list[Any]] | None] = ContextVar("said_together", default=None)


def say(tell: Tell, rows: Sequence[Any], *how: str) -> None:
    """`tell(rows, *how)`: at once, or with the rows of the others at the end of what is `said_together`."""
    gathered = _gathered.get()
    if gathered is None:
        tell(rows, *how)
    else:
        gathered.setdefault((tell, *how), []).extend(rows)


@contextmanager
def said_together() -> Iterator[None]:
    """For a rule that carries out many others. Goes inside its transaction; what failed has nothing to say, and one
    inside another adds to the outer one's."""
    gathered: dict[tuple[Any, ...], list[Any]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for (tell, *how), rows in gathered.items():
        say(tell, rows, *how)
