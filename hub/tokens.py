"""Tokens that open something without a sign-in. Their hashes are kept: who reads the table can open nothing."""

from __future__ import annotations

import hashlib
import secrets

# Nothing that looks alike in a text message: no 0 O, 1 l I.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def short_token() -> str:
    """58 random bits, short enough for a text message: for what ends within days."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def long_token() -> str:
    """256 random bits: for what stays open for long."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """A token is random and long enough that a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
