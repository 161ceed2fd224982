"""What no session can be, whatever else is held: for the verbs, and for forms and rules that ask before they save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from hub.errors import Refused
from hub.people.models import Person, Role
from hub.places.models import Hub, Kit, Room

LONGEST = dt.timedelta(hours=24)


def check_time(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise Refused("impossible_time")


def check_room(room: Room | None, hub: Hub) -> None:
    if room and room.hub_id != hub.pk:
        raise Refused("room_elsewhere", room=room.pk, hub=hub.pk)


def check_kits(kits: Sequence[Kit], hub: Hub, *, held: Collection[int] = ()) -> None:
    """A site's own, and what was `held` before the session moved there."""
    for kit in kits:
        if kit.hub_id != hub.pk and kit.pk not in held:
            raise Refused("kit_elsewhere", name=kit.name)


def check_worker(worker: Person | None) -> None:
    social_worker(worker.pk if worker else None)


def social_worker(pk: int | None) -> Person | None:
    """Social workers alone may be named; who else exists is not said."""
    if pk is None:
        return None
    worker = Person.objects.filter(pk=pk, grants__role=Role.SOCIAL_WORKER).first()
    if worker is None:
        raise Refused("not_a_social_worker")
    return worker
