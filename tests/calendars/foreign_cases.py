"""Feeds of others."""

from __future__ import annotations

from hub import clock
from hub.people.models import Role
from scheduling.calendars.models import Feed
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_hub, make_person


@foreign("DELETE /api/feeds/{feed_id}", "PATCH /api/feeds/{feed_id}")
def feed_of_another_person() -> Foreign:
    feed = Feed.objects.create(
        owner=make_person(Role.VOLUNTEER), scope="volunteer", scope_id=1, token_hash="0" * 64, created_at=clock.now()
    )
    return Foreign(person=make_person(Role.ADMINISTRATOR), ids={"feed_id": feed.pk}, body={"names": True})


@foreign("PUT /api/hubs/{hub_id}/open-calendar", "DELETE /api/hubs/{hub_id}/open-calendar")
def calendar_of_another_hub() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"hub_id": make_hub().pk})
