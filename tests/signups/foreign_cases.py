"""Places of other volunteers, and needs and places at other hubs."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.signups.factories import take
from tests.support.make import make_need, make_person, make_volunteer


@foreign("POST /api/assignments/{assignment_id}/answer", "POST /api/assignments/{assignment_id}/standing")
def place_of_another_volunteer() -> Foreign:
    mine = make_volunteer().person
    return Foreign(mine, {"assignment_id": take(make_need()).pk}, {"coming": False})


@foreign("POST /api/needs/{need_id}/assign", "GET /api/needs/{need_id}/candidates")
def need_at_another_hub() -> Foreign:
    coordinator = make_person(Role.COORDINATOR)
    return Foreign(coordinator, {"need_id": make_need().pk}, {"volunteer": make_volunteer().pk})


@foreign(
    "POST /api/assignments/{assignment_id}/called",
    "POST /api/assignments/{assignment_id}/release",
    "POST /api/assignments/{assignment_id}/standing",
)
def place_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"assignment_id": take(make_need()).pk}, {"coming": True})


@foreign(
    "POST /api/assignments/{assignment_id}/called",
    "POST /api/assignments/{assignment_id}/release",
    "POST /api/assignments/{assignment_id}/standing",
)
def place_at_another_agencys_session() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"assignment_id": take(make_need()).pk}, {"coming": True})
