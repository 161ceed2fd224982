"""The code at the door: an address that changes every half minute, signed for one hub by a key of the installation.

It belongs to the hub and not to a session: one screen at the door serves whoever comes in the next hours, and which of
their shifts somebody comes for is ours to find. `HUB.DEVICE.WINDOW.SIGNATURE`: a hub's tablet has a key of its own, so
that it can go on signing without a network, for that hub alone and until it is revoked. Device 0 is our own screen.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import string

from django.conf import settings

from hub import clock
from hub.errors import Refused
from hub.sealed import keyed_hash
from scheduling.attendance.models import Device

PERIOD = 30
"""Seconds that a code is shown."""
GRACE = 2
"""Periods for which an older code still opens: phones are slow and people are too."""
AHEAD = 1
"""A tablet's clock runs ahead a little."""
SIGNATURE_BYTES = 16
DOOR = f"{settings.PUBLIC_URL}/in/"
DIGITS = string.digits + string.ascii_lowercase


def window_at(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // PERIOD


def door_key(hub_id: int, device_id: int = 0) -> str:
    return keyed_hash("attendance.door", str(hub_id), str(device_id))


def sign(*, hub_id: int, device_id: int, window: int) -> str:
    message = ".".join(_base36(number) for number in (hub_id, device_id, window))
    digest = hmac.new(door_key(hub_id, device_id).encode(), message.encode(), hashlib.sha256).digest()
    return f"{message}.{base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode().rstrip('=')}"


def door_address(hub_id: int, moment: dt.datetime) -> str:
    return f"{DOOR}{sign(hub_id=hub_id, device_id=0, window=window_at(moment))}"


def open_door(token: str) -> int:
    """The hub whose code this is. Refused: qr_unknown, qr_old, and qr_unknown too for a device that was revoked."""
    parts = token.split(".")
    numbers = [_number(part) for part in parts[:3]]
    if len(parts) != 4 or None in numbers:
        raise Refused("qr_unknown")
    hub_id, device_id, window = (number or 0 for number in numbers)
    # Written anew and compared whole: no second spelling of a code opens.
    if not hmac.compare_digest(token.encode(), sign(hub_id=hub_id, device_id=device_id, window=window).encode()):
        raise Refused("qr_unknown")
    if not -AHEAD <= window_at(clock.now()) - window <= GRACE:
        raise Refused("qr_old")
    if device_id and not Device.objects.filter(pk=device_id, hub=hub_id, revoked_at=None).exists():
        raise Refused("qr_unknown")
    return hub_id


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
        if not number:
            return digits


def _number(text: str) -> int | None:
    return int(text, 36) if 0 < len(text) <= 12 and all(one in DIGITS for one in text) else None
