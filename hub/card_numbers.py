"""Cards held before a device: `PREFIX 12345678 CODE` in a QR. The number can be typed; the code only we can make."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass

from hub.sealed import keyed_hash

DIGITS = 8
CODE = 20
WRITTEN = re.compile(rf"([A-Z]{{2}})([0-9]{{{DIGITS}}})([0-9A-F]{{{CODE}}})?")


@dataclass(frozen=True)
class CardKind:
    prefix: str
    label: str
    """Goes into the code, so that one kind's code is not another's."""

    def text(self, number: str, version: int) -> str:
        return f"{self.prefix}{number}{self.code(number, version)}"

    def code(self, number: str, version: int) -> str:
        return keyed_hash(self.label, number, str(version))[:CODE].upper()

    def is_code(self, code: str, number: str, version: int) -> bool:
        return hmac.compare_digest(code, self.code(number, version))

    def parse(self, text: str) -> tuple[str, str | None] | None:
        """Number and code; no code where the number was typed in; None for what is no card of this kind."""
        match = WRITTEN.fullmatch(self.normal(text))
        return (match[2], match[3]) if match and match[1] == self.prefix else None

    def normal(self, text: str) -> str:
        """A typed number as the QR would say it; in capitals, which scanners that act as keyboards may not keep."""
        plain = re.sub(r"[\s-]", "", text).upper()
        return self.prefix + plain if plain.isdigit() else plain


def draw_number() -> str:
    """Seven digits by lot and a check digit, so that a slip of the finger is nobody else."""
    drawn = f"{secrets.randbelow(9_000_000) + 1_000_000}"
    return drawn + check_digit(drawn)


def check_digit(digits: str) -> str:
    """Luhn's: finds every wrong digit and nearly every pair that was swapped."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
