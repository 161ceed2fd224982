"""What a site has: its rooms, with the time each takes to set up and clear up, and kits that sessions take along."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import LONGEST_TURNAROUND, Hub, Kit, Room
from hub.places.signals import kit_leaving, room_changed

ROOM = ("name", "capacity", "equipment", "setup_minutes", "clearup_minutes")


@transaction.atomic
def save_room(
    *,
    hub: Hub,
    room: Room | None,
    name: str,
    capacity: int | None,
    equipment: Sequence[str],
    setup_minutes: int,
    clearup_minutes: int,
    by: Person,
) -> Room:
    """A new one, or one as it is from now on: sessions to come hold it with its new times.

    Refused: name_missing, name_taken, turnaround_too_long, and what those refuse who hold it (a clash).
    """
    if not name.strip():
        raise Refused("name_missing")
    if max(setup_minutes, clearup_minutes) > LONGEST_TURNAROUND or min(setup_minutes, clearup_minutes) < 0:
        raise Refused("turnaround_too_long", most=LONGEST_TURNAROUND)
    room = Room.objects.select_for_update(no_key=True).get(pk=room.pk) if room else Room(hub=hub)
    words = list(dict.fromkeys(word.strip() for word in equipment if word.strip()))
    wish = dict(zip(ROOM, (name.strip(), capacity, words, setup_minutes, clearup_minutes), strict=True))
    changed = [field for field, value in wish.items() if getattr(room, field) != value]
    if room.pk and not changed:
        return room
    new = room.pk is None
    for field, value in wish.items():
        setattr(room, field, value)
    room.changed_at = clock.now()
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError:
        raise Refused("name_taken", name=name.strip()) from None
    append(action="room.added" if new else "room.changed", subject=room, actor_id=by.pk, hub_id=hub.pk, changed=changed)
    if not new and {"setup_minutes", "clearup_minutes"} & set(changed):
        room_changed.send(Room, room=room, by=by)
    return room


@transaction.atomic
def add_kit(*, hub: Hub, name: str, by: Person) -> Kit:
    """Refused: name_missing, name_taken."""
    if not name.strip():
        raise Refused("name_missing")
    kit = Kit(hub=hub, name=name.strip())
    try:
        with transaction.atomic():
            kit.save()
    except IntegrityError:
        raise Refused("name_taken", name=kit.name) from None
    append(action="kit.added", subject=kit, actor_id=by.pk, hub_id=hub.pk)
    return kit


@transaction.atomic
def remove_kit(*, kit: Kit, by: Person) -> None:
    """Refused: kit_in_use (sessions to come hold it), not_found (it is gone already)."""
    held = Kit.objects.select_for_update().filter(pk=kit.pk).first()
    if held is None:
        raise Refused("not_found", model="kit", id=kit.pk)
    kit_leaving.send(Kit, kit=held)
    append(action="kit.removed", subject=held, actor_id=by.pk, hub_id=held.hub_id)
    held.delete()
