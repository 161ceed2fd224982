"""A need that somebody can't come to any more, and people who could."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hub.notify.models import Message
from scheduling.callouts.callouts import look
from scheduling.callouts.models import Ask, CallOut
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_session
from volunteers.models import Volunteer

AtTime = Callable[[dt.datetime], None]


def short_need(**values: Any) -> tuple[Need, Assignment]:
    """A need of one whose only volunteer can't come, and that place."""
    session = values.pop("session", None) or make_session(hub=make_hub())
    need = make_need(session=session, **{"min": 1, "target": 1} | values)
    place = take(need)
    return need, decline(assignment=place.pk, by=place.volunteer.person)


def the_callout(need: Need) -> CallOut:
    return CallOut.objects.filter(need=need).latest("pk")


def helpers(count: int, **values: Any) -> list[Volunteer]:
    return [make_regular(**values) for _ in range(count)]


def asked_in(callout: CallOut, wave: int | None = None) -> set[int]:
    """Ids of the volunteers asked, in one wave or in all."""
    asks = callout.asks.all() if wave is None else callout.asks.filter(wave=wave)
    return set(asks.values_list("volunteer", flat=True))


def first_wave(need: Need) -> list[Ask]:
    callout = the_callout(need)
    assert look(callout.pk)
    return list(callout.asks.select_related("volunteer__person").order_by("pk"))


def sent(template: str) -> list[int | None]:
    """Whom a message of this kind is on its way to, by person."""
    return list(Message.objects.filter(template=template).order_by("to_id").values_list("to_id", flat=True))
