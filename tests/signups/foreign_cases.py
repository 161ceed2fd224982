"""Places of other volunteers, and needs and places at other hubs."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.signups.factories import make_standby, take
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
    "POST /api/assignments/{assignment_id}/approve",
    "POST /api/assignments/{assignment_id}/called",
    "POST /api/assignments/{assignment_id}/refuse",
    "POST /api/assignments/{assignment_id}/release",
    "POST /api/assignments/{assignment_id}/standing",
)
def place_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"assignment_id": take(make_need()).pk}, {"coming": True})


@foreign(
    "POST /api/assignments/{assignment_id}/approve",
    "POST /api/assignments/{assignment_id}/called",
    "POST /api/assignments/{assignment_id}/refuse",
    "POST /api/assignments/{assignment_id}/release",
    "POST /api/assignments/{assignment_id}/standing",
)
def place_at_another_agencys_session() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"assignment_id": take(make_need()).pk}, {"coming": True})


@foreign("POST /api/sessions/{session_id}/standbys")
def session_at_another_hub() -> Foreign:
    coordinator = make_person(Role.COORDINATOR)
    return Foreign(coordinator, {"session_id": make_need().session_id}, {"volunteer": make_volunteer().pk})


@foreign("POST /api/standbys/{standby_id}/decline")
def standby_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"standby_id": make_standby().pk}, {"reason": ""})


@foreign("POST /api/standbys/{standby_id}/release", "POST /api/standbys/{standby_id}/called-off")
def standby_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"standby_id": make_standby().pk}, {"reason": ""})


@foreign("POST /api/standbys/{standby_id}/release", "POST /api/standbys/{standby_id}/called-off")
def standby_at_another_agencys_session() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"standby_id": make_standby().pk}, {"reason": ""})
