"""Quiet hours (QUIET_HOURS, local time): nobody's phone rings at night for what can wait until morning."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from hub import clock
from hub.notify.models import Message
from hub.notify.templates import template_of

LEAD = dt.timedelta(hours=3)
"""What begins this soon after the quiet hours would be read too late."""


def quiet_until(moment: dt.datetime) -> dt.datetime | None:
    """When the quiet hours around this moment end; none outside them."""
    hours = read_hours(settings.QUIET_HOURS)
    if hours is None:
        return None
    begin, end = hours
    local = clock.local(moment)
    today, now = local.date(), local.hour * 60 + local.minute
    if begin <= end:
        return clock.at(today, end) if begin <= now < end else None
    if now >= begin:
        return clock.at(today + dt.timedelta(days=1), end)
    return clock.at(today, end) if now < end else None


def may_ring(message: Message, until: dt.datetime) -> bool:
    """Somebody waits for it, or what it tells of begins before the morning has properly begun."""
    starts = message.variables.get("starts_at")
    soon = bool(starts) and clock.now() <= dt.datetime.fromisoformat(starts) < until + LEAD
    return template_of(message.template).urgent or soon


def read_hours(text: str) -> tuple[int, int] | None:
    """`21:00-08:00` as minutes after midnight; none where nothing is said. ValueError for anything else."""
    if not text.strip():
        return None
    begin, end = text.split("-")
    return _minutes(begin), _minutes(end)


def _minutes(text: str) -> int:
    hours, minutes = text.strip().split(":")
    time = dt.time(int(hours), int(minutes))
    return time.hour * 60 + time.minute
