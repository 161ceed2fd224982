"""Numbers of sessions: a workbook brings its own, one made here gets the next free one of its week."""

from __future__ import annotations

import datetime as dt

from scheduling.sessions.models import Session

PREFIX = "N"


def next_code(week: dt.date) -> str:
    """`N1`, `N2` ... : never a number that the week already has."""
    codes = Session.objects.filter(week=week, code__startswith=PREFIX).values_list("code", flat=True)
    numbers = [int(code[len(PREFIX) :]) for code in codes if code[len(PREFIX) :].isdigit()]
    return f"{PREFIX}{max(numbers, default=0) + 1}"


def code_in(*, week: dt.date, session: Session) -> str:
    """The session's own number if the week has none like it, else a new one."""
    taken = Session.objects.filter(week=week, code=session.code).exclude(pk=session.pk).exists()
    return next_code(week) if taken else session.code
