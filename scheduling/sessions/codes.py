"""Numbers of sessions: a workbook brings its own, one made here gets the next free one of its week."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from scheduling.sessions.models import Session

PREFIX = "N"
MOST_TRIES = 100


def next_code(week: dt.date) -> str:
    """`N1`, `N2` ... : never a number that the week already has."""
    codes = Session.objects.filter(week=week, code__startswith=PREFIX).values_list("code", flat=True)
    numbers = [int(code[len(PREFIX) :]) for code in codes if code[len(PREFIX) :].isdigit()]
    return f"{PREFIX}{max(numbers, default=0) + 1}"


def save_with_next_code(session: Session) -> None:
    """Insert the session under the next free number, however many are being added at this moment."""
    for _ in range(MOST_TRIES):
        session.code = next_code(session.week)
        try:
            with transaction.atomic():
                session.save(force_insert=True)
            return
        except IntegrityError:
            session.pk = None
            if not Session.objects.filter(week=session.week, code=session.code).exists():
                raise
    raise RuntimeError("no free number in this week")


def code_in(*, week: dt.date, session: Session) -> str:
    """The session's own number if the week has none like it, else a new one."""
    taken = Session.objects.filter(week=week, code=session.code).exclude(pk=session.pk).exists()
    return next_code(week) if taken else session.code
