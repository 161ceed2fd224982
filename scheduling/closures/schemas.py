"""What is closed, as everybody may read it."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class ClosedSpan(Schema):
    room: str
    """Empty: the whole site."""
    starts_at: dt.datetime
    ends_at: dt.datetime
