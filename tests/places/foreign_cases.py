"""Hubs that the asking coordinator does not coordinate."""

from __future__ import annotations

from hub.people.models import Role
from hub.places.models import Kit
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_hub, make_person, make_room


@foreign("PUT /api/hubs/{hub_id}/robot", "DELETE /api/hubs/{hub_id}/robot", "POST /api/hubs/{hub_id}/robot/try")
def robot_of_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"hub_id": make_hub().pk}, {"address": "x"})


@foreign("POST /api/hubs/{hub_id}/rooms", "POST /api/hubs/{hub_id}/kits")
def what_another_hub_has() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"hub_id": make_hub().pk}, {"name": "x"})


@foreign("PUT /api/rooms/{room_id}")
def another_hubs_room() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"room_id": make_room().pk}, {"name": "x"})


@foreign("DELETE /api/kits/{kit_id}")
def another_hubs_kit() -> Foreign:
    kit = Kit.objects.create(hub=make_hub(), name="书箱")
    return Foreign(make_person(Role.COORDINATOR), {"kit_id": kit.pk})
