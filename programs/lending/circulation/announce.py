"""Telling families about books: one message for each family, however many books. A child stands in none of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from hub import clock
from hub.notify import outbox
from programs.lending.circulation.links import make_link
from programs.lending.circulation.models import Hold, Loan
from programs.lending.models import Title

SOON = dt.timedelta(days=3)
NAMED = 3
"""A text message is short."""
State = Hold.State


@transaction.atomic
def tell_of_holds() -> int:
    """What was set aside, changed its place, or went to the next: how many messages."""
    news = Hold.objects.filter(state__in=(State.READY, State.EXPIRED), told_at__isnull=True).order_by("pk")
    rows = list(news.select_for_update(of=("self",)).select_related("title", "hub", "session", "family"))
    now = clock.now()
    groups: dict[tuple[str, int, int, int | None], list[Hold]] = defaultdict(list)
    for row in rows:
        kind = "expired" if row.state == State.EXPIRED else "with_session" if row.session_id else "ready"
        groups[kind, row.family.guardian_id, row.hub_id, row.session_id].append(row)
        row.told_at = now
    outbox.queue_all(
        outbox.Draft(
            to_id=guardian,
            template=f"hold_{kind}",
            variables=_where(holds),
            dedupe_key=f"hold_{kind}:{guardian}:{_cause(holds)}",
        )
        for (kind, guardian, _hub, _session), holds in groups.items()
    )
    Hold.objects.bulk_update(rows, ["told_at"])
    return len(groups)


@transaction.atomic
def remind() -> int:
    """Three days before a book is due, and once after: at most two messages for one day that something is due."""
    today = clock.today()
    out = Loan.objects.filter(ended="").order_by("due_on", "pk")
    rows = [
        *out.filter(due_on__gte=today, due_on__lte=today + SOON, told_soon=False),
        *out.filter(due_on__lt=today, told_late=False),
    ]
    loans = out.filter(pk__in=[row.pk for row in rows])
    groups: dict[tuple[bool, int], list[Loan]] = defaultdict(list)
    for row in loans.select_for_update(of=("self",)).select_related("family", "copy__title"):
        late = row.due_on < today
        groups[late, row.family_id].append(row)
        row.told_soon, row.told_late = True, row.told_late or late
    told = [row for group in groups.values() for row in group]
    outbox.queue_all(
        outbox.Draft(
            to_id=mine[0].family.guardian_id,
            template="books_late" if late else "books_soon",
            variables={"books": named(row.copy.title for row in mine), "day": mine[0].due_on.isoformat()},
            link="" if late else make_link(mine),
            dedupe_key=f"{'books_late' if late else 'books_soon'}:{_digest(f'{one.pk} {one.due_on}' for one in mine)}",
        )
        for (late, _family), mine in groups.items()
    )
    Loan.objects.bulk_update(told, ["told_soon", "told_late"])
    return len(groups)


def named(titles: Iterable[Title]) -> str:
    names = list(dict.fromkeys(title.name for title in titles))
    return " / ".join([*names[:NAMED], *(["..."] if len(names) > NAMED else [])])


def _where(holds: Sequence[Hold]) -> dict[str, str]:
    first = min(holds, key=lambda row: (row.fetch_by or dt.date.max, row.pk))
    facts = {"books": named(row.title for row in holds), "hub": first.hub.name}
    if first.session:
        return facts | {"starts_at": first.session.starts_at.isoformat(), "ends_at": first.session.ends_at.isoformat()}
    return facts | {"day": first.fetch_by.isoformat() if first.fetch_by else ""}


def _cause(holds: Iterable[Hold]) -> str:
    """The same books at the same place and time are the same news."""
    return _digest(f"{one.pk} {one.session_id} {one.fetch_by} {one.changed_at.timestamp()}" for one in holds)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256(",".join(parts).encode()).hexdigest()[:32]
