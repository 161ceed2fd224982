"""/api/feeds: one's calendar addresses, and a calendar as a file."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema, Status

from hub.access.operations import Allow, acting, schedulers, signed_in
from hub.access.rules import fetch, visible
from hub.people.models import Role
from scheduling.calendars import open_api
from scheduling.calendars.calendar import write_target
from scheduling.calendars.feeds import open_feed, revoke_feed, set_alarm, show_names
from scheduling.calendars.models import Feed
from scheduling.calendars.scopes import names_of, target_for, targets_for
from scheduling.calendars.views import MIME

router = Router()
router.add_router("", open_api.router)
Alarm = Literal[0, 30, 120, 1440]
"""Minutes before each entry; 0: none."""
subscribers = Allow(Role.VOLUNTEER, Role.GUARDIAN, Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR)


class FeedIn(Schema):
    scope: Feed.Scope
    scope_id: int | None = None
    """Not needed for one's own shifts and family."""


class FeedChangeIn(Schema):
    """What is left out stays."""

    names: bool | None = None
    alarm: Alarm | None = None


class FeedOut(Schema):
    id: int
    scope: Feed.Scope
    scope_id: int
    name: str
    names: bool
    """Of a family's: whether the children stand in it by name."""
    alarm: int
    """So many minutes before each entry the calendar reminds; 0: not."""
    created_at: dt.datetime
    last_used_at: dt.datetime | None


class NewFeed(FeedOut):
    path: str
    """Shown this once. The host is the one that the person came by."""


class TargetOut(Schema):
    scope: Feed.Scope
    scope_id: int
    name: str


def feed_out(feed: Feed, name: str) -> FeedOut:
    return FeedOut(
        id=feed.pk,
        scope=Feed.Scope(feed.scope),
        scope_id=feed.scope_id,
        name=name,
        names=feed.names,
        alarm=feed.alarm,
        created_at=feed.created_at,
        last_used_at=feed.last_used_at,
    )


@router.get("/feeds", response=list[FeedOut], auth=signed_in)
def get_feeds(request: HttpRequest) -> list[FeedOut]:
    """One's own addresses that are in force."""
    own = visible(acting(request), "view", Feed.objects.filter(revoked_at__isnull=True))
    feeds = list(own.order_by("scope", "pk"))
    names = names_of([(feed.scope, feed.scope_id) for feed in feeds])
    return [feed_out(feed, names.get((feed.scope, feed.scope_id), "")) for feed in feeds]


@router.post("/feeds", response={201: NewFeed}, auth=subscribers)
def post_feed(request: HttpRequest, wish: FeedIn) -> Status[NewFeed]:
    """A new address; the one before it for the same calendar ends."""
    actor = acting(request)
    target = target_for(actor, wish.scope, wish.scope_id)
    feed, token = open_feed(target=target, owner=actor.person)
    path = reverse("calendar", args=[token])
    return Status(201, NewFeed(**feed_out(feed, target.name).dict(), path=path))


@router.patch("/feeds/{int:feed_id}", response=FeedOut, auth=subscribers)
def patch_feed(request: HttpRequest, feed_id: int, wish: FeedChangeIn) -> FeedOut:
    """Show the children's names in one's family calendar, or hide them; be reminded, or not."""
    actor = acting(request)
    feed = fetch(actor, "change", Feed.objects.all(), feed_id)
    if wish.names is not None:
        feed = show_names(feed=feed, names=wish.names, by=actor.person)
    if wish.alarm is not None:
        feed = set_alarm(feed=feed, minutes=wish.alarm, by=actor.person)
    return feed_out(feed, names_of([(feed.scope, feed.scope_id)]).get((feed.scope, feed.scope_id), ""))


@router.delete("/feeds/{int:feed_id}", response={204: None}, auth=subscribers)
def delete_feed(request: HttpRequest, feed_id: int) -> Status[None]:
    actor = acting(request)
    revoke_feed(feed=fetch(actor, "revoke", Feed.objects.all(), feed_id), by=actor.person)
    return Status(204, None)


@router.get("/feeds/targets", response=list[TargetOut], auth=schedulers)
def get_targets(request: HttpRequest) -> list[TargetOut]:
    """Hubs, rooms, agencies, programs and the district whose calendar this person may subscribe to."""
    return [
        TargetOut(scope=Feed.Scope(one.scope), scope_id=one.scope_id, name=one.name)
        for one in targets_for(acting(request))
    ]


@router.get("/feeds/file", auth=subscribers)
def get_file(request: HttpRequest, scope: Feed.Scope, scope_id: int | None = None) -> HttpResponse:
    """A calendar as it is now, as a file."""
    actor = acting(request)
    language = getattr(request, "LANGUAGE_CODE", "")
    target = target_for(actor, scope, scope_id)
    body, _count = write_target(target, actor, language=language)
    response = HttpResponse(body, content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="renqi-{target.scope}-{target.scope_id}.ics"'
    return response
