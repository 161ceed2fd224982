"""What the QR code of a certificate holds: some facts, signed by Ed25519, in letters that fit into an address.

    base64url( key id, 4 bytes | signature, 64 bytes | facts as a JSON list )

Whoever has the published key verifies it without asking anybody. It holds no ID number, and of the name only what lets
the holder of a printed certificate compare: its masked form, and a hash bound to the certificate's number.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

CONTEXT = b"renqi certificate 1\n"
KEY_ID, SIGNATURE = 4, 64
LONGEST = 1000


class NotOurs(Exception):
    """Not signed by one of these keys, or not as it was signed."""


@dataclass(frozen=True)
class Claims:
    number: str
    volunteer_no: str
    masked_name: str
    name_hash: str
    minutes: int
    first_day: dt.date
    last_day: dt.date
    issued_on: dt.date
    issuer: str


def name_hash(number: str, name: str) -> str:
    """Lets who holds the printed name see that it belongs to this certificate."""
    bare = "".join(unicodedata.normalize("NFKC", name).split())
    return hashlib.sha256(f"{number}\n{bare}".encode()).hexdigest()[:16]


def key_id(key: Ed25519PublicKey) -> bytes:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).digest()[:KEY_ID]


def sign(claims: Claims, key: Ed25519PrivateKey) -> str:
    facts = [one.isoformat() if isinstance(one, dt.date) else one for one in vars(claims).values()]
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    identity = key_id(key.public_key())
    return _text(identity + key.sign(CONTEXT + identity + body) + body)


def verify(payload: str, keys: Mapping[bytes, Ed25519PublicKey]) -> Claims:
    """The facts, when one of the keys signed exactly this. Raises NotOurs."""
    blob = _bytes(payload)
    identity, signature, body = blob[:KEY_ID], blob[KEY_ID : KEY_ID + SIGNATURE], blob[KEY_ID + SIGNATURE :]
    key = keys.get(identity)
    if key is None:
        raise NotOurs
    try:
        key.verify(signature, CONTEXT + identity + body)
    except InvalidSignature:
        raise NotOurs from None
    number, volunteer_no, masked, hashed, minutes, *days, issuer = json.loads(body)
    first, last, issued = (dt.date.fromisoformat(one) for one in days)
    return Claims(number, volunteer_no, masked, hashed, minutes, first, last, issued, issuer)


def read_keys(pem: bytes) -> dict[bytes, Ed25519PublicKey]:
    """The public keys of a PEM file: the one in use, and those that signed before it. Raises ValueError."""
    end = b"-----END PUBLIC KEY-----"
    keys = [serialization.load_pem_public_key(block + end) for block in pem.split(end) if block.strip()]
    if not keys or not all(isinstance(key, Ed25519PublicKey) for key in keys):
        raise ValueError("no Ed25519 public key")
    return {key_id(key): key for key in keys if isinstance(key, Ed25519PublicKey)}


def write_keys(keys: Iterable[Ed25519PublicKey]) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return b"".join(key.public_bytes(serialization.Encoding.PEM, form) for key in keys)


def _text(blob: bytes) -> str:
    return base64.urlsafe_b64encode(blob).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        blob = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise NotOurs from None
    # Other letters that read as the same bytes are not what was signed.
    if len(text) > LONGEST or _text(blob) != text:
        raise NotOurs
    return blob
