"""/calendar/{token}.ics: what calendar programs fetch, again and again, mostly to hear that nothing changed."""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from hub import clock
from hub.access.actor import STAFF, Actor, load_actor
from hub.errors import Refused
from scheduling.calendars.calendar import write_target
from scheduling.calendars.entries import content_of
from scheduling.calendars.feeds import find_feed, note_use
from scheduling.calendars.models import Feed
from scheduling.calendars.scopes import Target, is_personal

FORMAT = 2
"""Counts changes of how entries are written, so that programs fetch them anew."""
MOST_A_MINUTE = 60
MIME = "text/calendar; charset=utf-8"


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    try:
        feed = find_feed(token)
    except Refused as refused:
        return _refuse(410 if refused.code == "feed_revoked" else 404)
    if _too_often(feed):
        return _refuse(429)
    actor = _owner(feed)
    if actor is None:
        return _refuse(404)
    note_use(feed)
    return _answer(request, feed, actor)


def _refuse(status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    if status == 429:
        response["Retry-After"] = "60"
    # Whoever reads the log would read the address, and with it the calendar.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest, feed: Feed, actor: Actor) -> HttpResponseBase:
    language = feed.owner.language or settings.LANGUAGE_CODE
    target = Target(feed.scope, feed.scope_id)
    content = content_of(target, actor, names=feed.names)
    stamp = content.stamp()
    monday = clock.at(clock.monday_of(clock.today()))
    parts = (FORMAT, language, settings.PUBLIC_URL, monday, *stamp)
    tag = f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'
    # The window moves on Mondays.
    changed = max(content.changed(stamp) or monday, monday)
    seconds = int(changed.timestamp())
    response = get_conditional_response(request, etag=tag, last_modified=seconds)
    if response is None:
        with translation.override(language):
            body = write_target(target, content.entries(), language=language)
        response = HttpResponse(body, content_type=MIME)
        response["Content-Disposition"] = 'inline; filename="renqi.ics"'
    response["ETag"] = tag
    response["Last-Modified"] = http_date(seconds)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _owner(feed: Feed) -> Actor | None:
    """Whose eyes it is read with, as they are now: who left the staff reads no place's calendar any more."""
    if is_personal(feed.scope):
        return Actor(feed.owner, ())
    actor = load_actor(feed.owner)
    return actor if actor.has(*STAFF) else None


def _too_often(feed: Feed) -> bool:
    key = f"feed:{feed.token_hash[:16]}:{clock.now():%H%M}"
    cache.add(key, 0, timeout=dt.timedelta(minutes=2).seconds)
    return bool(cache.incr(key) > MOST_A_MINUTE)
