"""The days of a family's books, for its calendar: what is due, what is to be fetched."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.people.names import given_name
from programs.kinds import FamilyDay
from programs.lending.circulation.models import Hold, Loan

PATH = "/books/mine"


def family_days(family: int, first: dt.date, last: dt.date) -> list[FamilyDay]:
    """Two queries. What is handed over at a session stands there already."""
    loans = Loan.objects.filter(family=family, ended="", due_on__gte=first, due_on__lte=last)
    days = [
        FamilyDay(
            uid=f"loan-{row.pk}",
            day=row.due_on,
            sentence="calendar.book_due",
            values=(("book", row.copy.title.name),),
            child=given_name(row.reader.name),
            path=PATH,
            created_at=row.lent_at,
            # The day only ever moves on.
            changed_at=row.lent_at + dt.timedelta(seconds=(row.due_on - clock.local(row.lent_at).date()).days),
        )
        for row in loans.select_related("copy__title", "reader").order_by("due_on", "pk")
    ]
    ready = Hold.objects.filter(family=family, state=Hold.State.READY, session=None, fetch_by__gte=first)
    days += [
        FamilyDay(
            uid=f"hold-{row.pk}",
            day=row.fetch_by,
            sentence="calendar.book_ready",
            values=(("book", row.title.name), ("hub", row.hub.name)),
            child=given_name(row.reader.name),
            path=PATH,
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
        for row in ready.select_related("title", "hub", "reader").order_by("fetch_by", "pk")
        if row.fetch_by and row.fetch_by <= last
    ]
    return days
