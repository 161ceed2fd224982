"""The installation's keys for certificates, newest first: the first signs, all verify (settings.CERTIFICATE_KEYS).

A key that is out of use may stand there by its public half alone, as `public:` and its 32 bytes in base64.
"""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from volunteers.certificates.payload import key_id, write_keys

PUBLIC = "public:"


def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.CERTIFICATE_KEYS[0]))


def public_keys() -> dict[bytes, Ed25519PublicKey]:
    return {key_id(key): key for key in map(_public, settings.CERTIFICATE_KEYS)}


def published() -> bytes:
    """What is published: every key that ever signed, as PEM."""
    return write_keys(public_keys().values())


def _public(text: str) -> Ed25519PublicKey:
    if text.startswith(PUBLIC):
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.removeprefix(PUBLIC)))
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text)).public_key()
