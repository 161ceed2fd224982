"""A calendar put together: its heading and its entries, in one language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.places.models import Hub
from scheduling.calendars.entries import closed_entries, entries_of, session_entries
from scheduling.calendars.ics import Heading, write_calendar
from scheduling.calendars.opening import everybodys, page_of
from scheduling.calendars.scopes import Scope, Target, is_personal, names_of

PAGES = {Scope.VOLUNTEER: "/shifts", Scope.FAMILY: "/family"}


def write_target(
    target: Target, actor: Actor | None, *, language: str, names: bool = False, alarm: int = 0
) -> tuple[bytes, int]:
    """The file, and how many entries stand in it. `actor` none: everything, for the command line."""
    with translation.override(language):
        entries = entries_of(target, actor, names=names)
        heading = Heading(
            name=_name(target),
            description=_(f"calendar.about.{target.scope if is_personal(target.scope) else 'place'}"),
            url=f"{settings.PUBLIC_URL}{PAGES.get(Scope(target.scope), '/')}",
            language=language,
        )
        return write_calendar(heading, entries, alarm=alarm), len(entries)


def _name(target: Target) -> str:
    if is_personal(target.scope):
        return _(f"calendar.name.{target.scope}")
    key = (target.scope, target.scope_id)
    return _("calendar.name.place") % {"name": target.name or names_of([key]).get(key, "")}


def write_open(hub: Hub, *, language: str) -> bytes:
    """What everybody may read of a hub's."""
    with translation.override(language):
        heading = Heading(
            name=_("calendar.name.place") % {"name": hub.name},
            description=_("calendar.about.open"),
            url=f"{settings.PUBLIC_URL}{page_of(hub)}",
            language=language,
            source=f"{settings.PUBLIC_URL}{reverse('open_calendar', args=[hub.pk])}",
        )
        path = page_of(hub)
        return write_calendar(
            heading,
            [*closed_entries(Target(Scope.HUB, hub.pk), path=path), *session_entries(everybodys(hub), path=path)],
        )
