"""Feeds opened, and fetched as a calendar program does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar, Event

from hub.access.actor import load_actor
from hub.people.models import Person
from scheduling.calendars.feeds import open_feed
from scheduling.calendars.models import Feed
from scheduling.calendars.scopes import target_for


def open_address(owner: Person, scope: str, scope_id: int | None = None) -> str:
    target = target_for(load_actor(owner), Feed.Scope(scope), scope_id)
    _, token = open_feed(target=target, owner=owner)
    return f"/calendar/{token}.ics"


def fetch(address: str, **headers: Any) -> HttpResponse:
    response: Any = Client().get(address, headers=headers)
    return response  # type: ignore[no-any-return]


def events_at(address: str) -> list[Event]:
    response = fetch(address)
    assert response.status_code == 200, response.status_code
    return list(Calendar.from_ical(response.content).events)
