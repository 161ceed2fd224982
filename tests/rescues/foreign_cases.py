"""A session and its stand-ins of another site."""

from __future__ import annotations

from hub import clock
from hub.people.models import Role
from scheduling.sessions.models import StaffPlace
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_person, make_session


@foreign("GET /api/sessions/{session_id}/ways-out", "POST /api/sessions/{session_id}/ways-out")
def session_elsewhere() -> Foreign:
    ids: dict[str, object] = {"session_id": make_session().pk}
    return Foreign(person=make_person(Role.COORDINATOR), ids=ids, body={"kind": "fewer"})


@foreign("POST /api/staff-places/{staff_place_id}/end")
def stand_in_elsewhere() -> Foreign:
    row = StaffPlace.objects.create(session=make_session(), person=make_person(), created_at=clock.now())
    return Foreign(person=make_person(Role.SOCIAL_WORKER), ids={"staff_place_id": row.pk})
