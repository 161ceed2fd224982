"""/api/hubs/ID/rooms and kits: what a site has, as its coordinator keeps it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import acting, planners
from hub.access.rules import fetch
from hub.places import rooms
from hub.places.models import LONGEST_TURNAROUND, Hub, Kit, Room

router = Router()


class RoomIn(Schema):
    name: str = Field(max_length=60)
    capacity: int | None = Field(None, ge=0, le=100_000)
    equipment: list[str] = Field(default_factory=list, max_length=30)
    setup_minutes: int = Field(0, ge=0, le=LONGEST_TURNAROUND)
    clearup_minutes: int = Field(0, ge=0, le=LONGEST_TURNAROUND)


class KitIn(Schema):
    name: str = Field(max_length=60)


class Saved(Schema):
    id: int


@router.post("/hubs/{int:hub_id}/rooms", response={201: Saved}, auth=planners)
def post_room(request: HttpRequest, hub_id: int, wish: RoomIn) -> Status[Saved]:
    actor = acting(request)
    hub = fetch(actor, "furnish", Hub.objects.all(), hub_id)
    room = rooms.save_room(hub=hub, room=None, by=actor.person, **wish.dict())
    return Status(201, Saved(id=room.pk))


@router.put("/rooms/{int:room_id}", response={204: None}, auth=planners)
def put_room(request: HttpRequest, room_id: int, wish: RoomIn) -> Status[None]:
    actor = acting(request)
    room = fetch(actor, "furnish", Room.objects.select_related("hub"), room_id)
    rooms.save_room(hub=room.hub, room=room, by=actor.person, **wish.dict())
    return Status(204, None)


@router.post("/hubs/{int:hub_id}/kits", response={201: Saved}, auth=planners)
def post_kit(request: HttpRequest, hub_id: int, wish: KitIn) -> Status[Saved]:
    actor = acting(request)
    kit = rooms.add_kit(hub=fetch(actor, "furnish", Hub.objects.all(), hub_id), name=wish.name, by=actor.person)
    return Status(201, Saved(id=kit.pk))


@router.delete("/kits/{int:kit_id}", response={204: None}, auth=planners)
def delete_kit(request: HttpRequest, kit_id: int) -> Status[None]:
    actor = acting(request)
    rooms.remove_kit(kit=fetch(actor, "furnish", Kit.objects.all(), kit_id), by=actor.person)
    return Status(204, None)
