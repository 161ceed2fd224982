"""The demo's channel: the message stays in the table, and the page of messages shows it."""

from __future__ import annotations

from hub.notify.channels import Letter
from hub.notify.recipients import Recipient


class Demo:
    repeatable = True

    def reaches(self, recipient: Recipient, template: str) -> bool:
        return True

    def send(self, letter: Letter) -> None:
        """Nothing leaves this house."""


channel = Demo()
