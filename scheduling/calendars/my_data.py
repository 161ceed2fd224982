"""The calendar addresses that somebody opened."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.calendars.models import Feed


@register
class Feeds(Part):
    name = "feeds"
    position = 60
    columns = ("calendar", "since", "ended", "used")
    fields = {"calendars.Feed": "owner token_hash last_used_at"}
    correct = "/calendars"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for feed in Feed.objects.filter(owner=person).order_by("-pk"):
            yield _(f"my_data.feed.{feed.scope}"), feed.created_at, feed.revoked_at, feed.last_used_at

    def erase(self, person: int, by: Person) -> None:
        Feed.objects.filter(owner=person).delete()
