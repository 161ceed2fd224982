"""Who serves on a day: the names on a board's lanes, in one look for all its sessions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.sealed import mask_name
from scheduling.sessions.models import Session
from scheduling.sessions.staff_places import staff_in
from scheduling.signups.models import Assignment


def serving_on(*, actor: Actor, day: dt.date) -> list[dict[str, Any]]:
    """Each place in force of the local day's sessions, by need, in the order given, staff in a volunteer's place last;
    names of volunteers masked where this person may not call them."""
    first, last = clock.at(day), clock.at(day, clock.MINUTES_A_DAY)
    held = Session.objects.filter(starts_at__lt=last, ends_at__gt=first)
    shown = visible(actor, "view", held).values("pk")
    called = set(visible(actor, "view_people", held).values_list("pk", flat=True))
    places = Assignment.objects.filter(session__in=shown, state__in=Assignment.ACTIVE).order_by("need_id", "pk")
    columns = ("pk", "session", "need", "state", "volunteer__person__name")
    volunteers = [
        {"id": pk, "need": need, "state": state, "name": name if session in called else mask_name(name)}
        for pk, session, need, state, name in places.values_list(*columns)
    ]
    staff = staff_in(shown).filter(need__isnull=False).order_by("need_id", "pk")
    return volunteers + [
        {"id": pk, "need": need, "state": "staff", "name": name}
        for pk, need, name in staff.values_list("pk", "need", "person__name")
    ]
