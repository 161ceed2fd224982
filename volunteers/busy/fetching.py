"""A calendar from an address somebody gave: bounded in time and size, and never from a private network, wherever the
address or its redirects lead."""

from __future__ import annotations

import logging
import time
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import requests
from requests_hardened import Config, Manager
from requests_hardened.ip_filter import InvalidIPAddress

from hub.errors import Refused
from volunteers.busy.reading import MAX_BYTES

CONNECT_SECONDS, WAIT_SECONDS = 3, 8
WHOLE_SECONDS = 20.0
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
LONGEST_ADDRESS = 1000
SCHEMES = {"webcal": "https", "https": "https", "http": "http"}

PUBLIC = Manager(
    Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=False,
        default_timeout=(CONNECT_SECONDS, WAIT_SECONDS),
        user_agent_override="Renqi",
    )
)
# It would write down whose calendar lies where.
logging.getLogger("requests_hardened").setLevel(logging.CRITICAL)


def normal_address(text: str) -> str:
    """Refused("address_wrong")."""
    try:
        parts = urlsplit(text.strip())
        scheme = SCHEMES[parts.scheme.lower()]
        if not parts.hostname or parts.port == 0 or len(text) > LONGEST_ADDRESS:
            raise Refused("address_wrong")
    except (KeyError, ValueError):
        raise Refused("address_wrong") from None
    return urlunsplit((scheme, parts.netloc, parts.path, parts.query, ""))


def fetch(address: str, *, through: Manager = PUBLIC) -> bytes:
    """What lies there, at most MAX_BYTES. Refused: address_private, address_unreachable, file_too_large."""
    until = time.monotonic() + WHOLE_SECONDS
    try:
        with through.get_session() as session:
            session.max_redirects = MOST_REDIRECTS
            with closing(session.get(address, stream=True)) as answer:
                answer.raise_for_status()
                return _body(answer, until)
    except InvalidIPAddress:
        raise Refused("address_private") from None
    except (requests.RequestException, ValueError, OSError):
        raise Refused("address_unreachable") from None


def _body(answer: requests.Response, until: float) -> bytes:
    body = bytearray()
    for chunk in answer.iter_content(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise Refused("file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
        if time.monotonic() > until:
            raise Refused("address_unreachable")
    return bytes(body)
