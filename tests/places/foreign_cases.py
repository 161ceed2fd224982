"""Hubs that the asking coordinator does not coordinate."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_hub, make_person


@foreign("PUT /api/hubs/{hub_id}/robot", "DELETE /api/hubs/{hub_id}/robot", "POST /api/hubs/{hub_id}/robot/try")
def robot_of_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"hub_id": make_hub().pk}, {"address": "x"})
