"""Making, ending and opening calendar addresses.

A token is shown once; its hash is kept.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
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
    names = in_force.filter(names=True).exists()
    before = in_force.update(revoked_at=now)
    token = long_token()
    feed = Feed.objects.create(
        owner=owner,
        scope=target.scope,
        scope_id=target.scope_id,
        token_hash=token_hash(token),
        names=names,
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
        feed.names = names
        feed.save(update_fields=["names"])
        append(action="feed.names_shown" if names else "feed.names_hidden", subject=feed, actor_id=by.pk)
    return feed


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Person) -> None:
    """The address ends at once. Again is harmless."""
    if Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=clock.now()):
        append(action="feed.revoked", subject=feed, actor_id=by.pk, scope=feed.scope, scope_id=feed.scope_id)


def find_feed(token: str) -> Feed:
    """Refused: not_found for a token that never was, feed_revoked for one that ended."""
    feed = Feed.objects.filter(token_hash=token_hash(token)).select_related("owner").first()
    if feed is None:
        raise Refused("not_found", model="feed")
    if feed.revoked_at:
        raise Refused("feed_revoked")
    return feed


def note_use(feed: Feed) -> None:
    """Once an hour at most: a fetch is a read."""
    now = clock.now()
    if feed.last_used_at is None or now - feed.last_used_at >= USE_IS_NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
        Feed.objects.filter(stale, pk=feed.pk).update(last_used_at=now)
