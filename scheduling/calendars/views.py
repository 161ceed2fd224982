"""What calendar programs fetch, again and again, mostly to hear that nothing changed: /calendar/{token}.ics, and for
everybody a hub's, /calendar/hubs/{hub_id}.ics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from hub import clock
from hub.access.actor import STAFF, Actor, load_actor
from hub.access.guessing import address_of
from hub.errors import Refused
from hub.people.models import Person
from scheduling.calendars.calendar import write_open, write_target
from scheduling.calendars.feeds import Opened, find_feed, note_use
from scheduling.calendars.opening import find_open
from scheduling.calendars.rows import Stamp, stamp_of
from scheduling.calendars.scopes import Scope, Target, is_personal

FORMAT = 4
"""Counts changes of how entries are written, so that programs fetch them anew."""
MOST_A_MINUTE = 60
MIME = "text/calendar; charset=utf-8"


@require_safe
@gzip_page
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """An unchanged one takes two queries, three of a place, which read no event; a family's, those for its days
    besides."""
    try:
        opened = find_feed(token)
    except Refused as refused:
        return _refuse(410 if refused.code == "feed_revoked" else 404)
    feed = opened.feed
    if _too_often(feed.token_hash[:16]):
        return _refuse(429)
    if not is_personal(feed.scope) and not opened.holds(*STAFF):
        return _refuse(404)
    note_use(feed)
    target, language = Target(feed.scope, feed.scope_id), opened.language or settings.LANGUAGE_CODE

    def write() -> bytes:
        return write_target(target, _reader(opened), language=language, names=feed.names, alarm=feed.alarm)[0]

    stamp = stamp_of(target, owner=feed.owner_id).at_least(feed.changed_at)
    sight = () if is_personal(feed.scope) else opened.sight
    response = _answer(request, stamp, (language, feed.names, feed.alarm, sight), write)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
@gzip_page
def open_calendar(request: HttpRequest, hub_id: int) -> HttpResponseBase:
    try:
        hub = find_open(hub_id)
    except Refused:
        return _refuse(404)
    if _too_often(f"open:{hub_id}:{address_of(request)}"):
        return _refuse(429)
    language = settings.LANGUAGE_CODE
    stamp = stamp_of(Target(Scope.HUB, hub_id))
    response = _answer(request, stamp, ("open", hub.name), lambda: write_open(hub, language=language))
    patch_cache_control(response, public=True, max_age=300)
    return response


def _refuse(status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    if status == 429:
        response["Retry-After"] = "60"
    # Whoever reads the log would read the address, and with it the calendar.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _answer(
    request: HttpRequest, stamp: Stamp, variant: tuple[object, ...], write: Callable[[], bytes]
) -> HttpResponseBase:
    """`variant`: what else decides how it reads."""
    monday = clock.at(clock.monday_of(clock.today()))
    parts = (FORMAT, settings.PUBLIC_URL, monday, variant, stamp.parts)
    tag = f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'
    # The window moves on Mondays.
    seconds = int(max(stamp.changed or monday, monday).timestamp())
    response = get_conditional_response(request, etag=tag, last_modified=seconds)
    if response is None:
        response = HttpResponse(write(), content_type=MIME)
        response["Content-Disposition"] = 'inline; filename="renqi.ics"'
    response["ETag"] = tag
    response["Last-Modified"] = http_date(seconds)
    return response


def _reader(opened: Opened) -> Actor:
    """Whose eyes it is read with, as they are now: who left the staff reads no place's calendar any more."""
    owner = Person.objects.get(pk=opened.feed.owner_id)
    return Actor(owner, ()) if is_personal(opened.feed.scope) else load_actor(owner)


def _too_often(who: str) -> bool:
    key = f"feed:{who}:{clock.now():%H%M}"
    cache.add(key, 0, timeout=dt.timedelta(minutes=2).seconds)
    return bool(cache.incr(key) > MOST_A_MINUTE)
