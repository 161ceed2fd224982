"""Ways to reach people, a module each. NOTIFY_CHANNELS names those in use; the first that reaches somebody carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from django.conf import settings

from hub.notify.recipients import Recipient


@dataclass(frozen=True)
class Letter:
    """A message ready to go."""

    id: int
    recipient: Recipient
    template: str
    variables: Mapping[str, str]
    """Worded and short, as an approved SMS template takes them; no links among them."""
    link: str
    text: str


class NotSent(Exception):
    """It surely did not go out. `lasting`: another try would fare no better."""

    def __init__(self, code: str, *, lasting: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.lasting = lasting


class Channel(Protocol):
    repeatable: bool
    """Sending the same letter again after a crash reaches nobody twice."""

    def reaches(self, recipient: Recipient, template: str) -> bool: ...

    def send(self, letter: Letter) -> None:
        """Raises NotSent."""


def channel(name: str) -> Channel:
    """`hub.notify.channels.<name>.channel`."""
    found: Channel = import_module(f"{__name__}.{name}").channel
    return found


def names_in_use() -> list[str]:
    return list(settings.NOTIFY_CHANNELS)


def name_for(recipient: Recipient, template: str) -> str:
    """The channel that carries this to this recipient; empty for none."""
    return next((name for name in names_in_use() if channel(name).reaches(recipient, template)), "")
