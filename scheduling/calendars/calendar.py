"""A calendar put together: its name, its entries, in one language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from hub.access.actor import Actor
from scheduling.calendars.entries import content_of
from scheduling.calendars.ics import Entry, write_calendar
from scheduling.calendars.scopes import Target, is_personal, names_of


def calendar_name(target: Target) -> str:
    if is_personal(target.scope):
        return _(f"calendar.name.{target.scope}")
    key = (target.scope, target.scope_id)
    return _("calendar.name.place") % {"name": target.name or names_of([key]).get(key, "")}


def read_entries(target: Target, actor: Actor | None, *, language: str) -> list[Entry]:
    with translation.override(language):
        return content_of(target, actor).entries()


def write_target(target: Target, entries: list[Entry], *, language: str) -> bytes:
    with translation.override(language):
        return write_calendar(name=calendar_name(target), entries=entries, language=language)
