"""Making, ending and opening calendar addresses.

A token is shown once; its hash is kept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.statement import Statement, part_of
from hub.tokens import long_token, token_hash
from scheduling.calendars.models import Feed
from scheduling.calendars.scopes import Target
from scheduling.sessions.claims import lock_people

USE_IS_NOTED_EVERY = dt.timedelta(hours=1)


@transaction.atomic
def open_feed(*, target: Target, owner: Person) -> tuple[Feed, str]:
    """A new address, with its token; the one before it ends."""
    lock_people([owner.pk])
    now = clock.now()
    in_force = Feed.objects.filter(owner=owner, scope=target.scope, scope_id=target.scope_id, revoked_at__isnull=True)
    last = in_force.first()
    before = in_force.update(revoked_at=now)
    token = long_token()
    feed = Feed.objects.create(
        owner=owner,
        scope=target.scope,
        scope_id=target.scope_id,
        token_hash=token_hash(token),
        names=last is not None and last.names,
        alarm=last.alarm if last else 0,
        created_at=now,
    )
    append(
        action="feed.replaced" if before else "feed.opened",
        subject=feed,
        actor_id=owner.pk,
        scope=target.scope,
        scope_id=target.scope_id,
    )
    return feed, token


@transaction.atomic
def show_names(*, feed: Feed, names: bool, by: Person) -> Feed:
    """Whether the children stand in their family's calendar by name."""
    if feed.names != names:
        feed.names, feed.changed_at = names, clock.now()
        feed.save(update_fields=["names", "changed_at"])
        append(action="feed.names_shown" if names else "feed.names_hidden", subject=feed, actor_id=by.pk)
    return feed


@transaction.atomic
def set_alarm(*, feed: Feed, minutes: int, by: Person) -> Feed:
    """So many minutes before each entry, one of ALARMS; 0: no more."""
    if feed.alarm != minutes:
        feed.alarm, feed.changed_at = minutes, clock.now()
        feed.save(update_fields=["alarm", "changed_at"])
        append(action="feed.alarm_set", subject=feed, actor_id=by.pk, minutes=minutes)
    return feed


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Person) -> None:
    """The address ends at once. Again is harmless."""
    if Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=clock.now()):
        append(action="feed.revoked", subject=feed, actor_id=by.pk, scope=feed.scope, scope_id=feed.scope_id)


OPENED = [field.attname for field in Feed._meta.concrete_fields]
SIGHT = (
    "owner__grants__role", "owner__grants__hub", "owner__grants__hub__children",
    "owner__grants__agency", "owner__grants__agency__residencies__hub",
)  # fmt: skip


def _opened(digest: str) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = Feed.objects.filter(token_hash=digest)
    return rows.values(*OPENED, "owner__language", *SIGHT)


OPENED_BY = Statement(_opened, "digest")


@dataclass(frozen=True)
class Opened:
    """A feed that was asked for, and all that decides what its owner may read of the staff's calendars."""

    feed: Feed
    language: str
    sight: tuple[tuple[object, ...], ...]
    """Role, hub, site below it, agency, hub it resides in."""

    def holds(self, *roles: str) -> bool:
        return any(held[0] in roles for held in self.sight)


def find_feed(token: str) -> Opened:
    """One query. Refused: not_found for a token that never was, feed_revoked for one that ended."""
    rows = OPENED_BY.all(digest=token_hash(token))
    if not rows:
        raise Refused("not_found", model="feed")
    feed = part_of(Feed, rows[0])
    if feed.revoked_at:
        raise Refused("feed_revoked")
    sight = {tuple(row[name] for name in SIGHT) for row in rows}
    return Opened(feed, rows[0]["owner__language"], tuple(sorted(sight, key=repr)))


def note_use(feed: Feed) -> None:
    """Once an hour at most: a fetch is a read."""
    now = clock.now()
    if feed.last_used_at is None or now - feed.last_used_at >= USE_IS_NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
        Feed.objects.filter(stale, pk=feed.pk).update(last_used_at=now)
