"""ISBN as people type, scan and paste it: read as 13 digits, or refused with what is wrong with it."""

from __future__ import annotations

import re
import unicodedata

from hub.errors import Refused

BESIDE = re.compile(r"[\s\-\u2010-\u2015\u2212.]+|^ISBN(?:-1[03])?[:\s]*", re.IGNORECASE)
# A scanner that reads into WeChat says what kind of code it was.
SCANNED = re.compile(r"^EAN_?13\s*[,:]\s*", re.IGNORECASE)


def read_isbn(text: str) -> str:
    """Refused: isbn_not_digits, isbn_length, isbn_not_a_book, isbn_check_digit (with the digit it should be)."""
    written = SCANNED.sub("", unicodedata.normalize("NFKC", text).strip())
    digits = BESIDE.sub("", written).upper()
    if not re.fullmatch(r"[0-9]+X?", digits):
        raise Refused("isbn_not_digits")
    if len(digits) == 10:
        _check(digits, check_digit_10(digits))
        core = f"978{digits[:9]}"
        return core + check_digit_13(core)
    if len(digits) != 13 or digits.endswith("X"):
        raise Refused("isbn_length", digits=len(digits))
    if digits[:3] not in ("978", "979"):
        raise Refused("isbn_not_a_book")
    _check(digits, check_digit_13(digits))
    return digits


def check_digit_13(digits: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12])) % 10)


def check_digit_10(digits: str) -> str:
    rest = -sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return "X" if rest == 10 else str(rest)


def _check(digits: str, expected: str) -> None:
    if digits[-1] != expected:
        raise Refused("isbn_check_digit", written=digits[-1], should=expected)
