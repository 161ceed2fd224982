"""Who may make the first administrator: whoever can read the terminal that serves.

The code is derived from the installation's secret key, so every process and machine knows it and nothing is stored. It
works once because it works only while there is no administrator.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def setup_code() -> str:
    digest = salted_hmac("hub.operations.first_run", "first administrator", algorithm="sha256").hexdigest()
    return "-".join(digest[start : start + 4] for start in range(0, 20, 4))


def is_setup_code(text: str) -> bool:
    return constant_time_compare(text.strip().lower(), setup_code())


def setup_link() -> str:
    """The code stands behind #, so that no server log and no referrer ever holds it."""
    return f"{settings.PUBLIC_URL}/setup#{setup_code()}"
