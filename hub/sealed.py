"""Personal data at rest: encrypted columns, keyed hashes to look them up, and masks to show them.

AES-256-GCM with a random nonce; the column's name is bound in as associated data, so that a value moved to another
column does not open. Keys come from settings.FIELD_KEYS, newest first: the first encrypts, all decrypt.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import functools
import hashlib
import hmac
import os
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12


@functools.cache
def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.b64decode(key))


def seal(plain: bytes, *, label: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(settings.FIELD_KEYS[0]).encrypt(nonce, plain, label.encode())


def unseal(sealed: bytes, *, label: str) -> bytes:
    """Raises cryptography.exceptions.InvalidTag when no key opens it or it was altered."""
    for key in settings.FIELD_KEYS:
        with contextlib.suppress(InvalidTag):
            return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], label.encode())
    raise InvalidTag


def keyed_hash(*parts: str) -> str:
    """A lookup key for a value that is stored encrypted: HMAC-SHA256 over the parts, 32 hex digits."""
    message = "\x1f".join(parts).encode()
    return hmac.new(settings.LOOKUP_KEY.encode(), message, hashlib.sha256).hexdigest()[:32]


S = TypeVar("S")
G = TypeVar("G")


class EncryptedField(models.TextField[S, G]):
    """Text that the database never sees. Not searchable: keep a keyed_hash beside it."""

    def _label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        return base64.b64encode(seal(self.value_to_text(value).encode(), label=self._label())).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None or value == "":
            return value
        return self.text_to_value(unseal(base64.b64decode(value), label=self._label()).decode())

    def value_to_text(self, value: Any) -> str:
        return str(value)

    def text_to_value(self, text: str) -> Any:
        return text


class EncryptedTextField(EncryptedField[str, str]):
    pass


class EncryptedDateField(EncryptedField[dt.date | str | None, dt.date | None]):
    """A date; null where unknown."""

    def value_to_text(self, value: Any) -> str:
        return value.isoformat() if isinstance(value, dt.date) else dt.date.fromisoformat(value).isoformat()

    def text_to_value(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)

    def to_python(self, value: Any) -> Any:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else value


def mask_phone(phone: str) -> str:
    """138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def mask_name(name: str) -> str:
    """The family name and a star."""
    return name[:1] + "*" if name else ""
