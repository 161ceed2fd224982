"""What was read at other sites, and by other families' children."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.bookings.factories import make_reading
from tests.support.make import make_child, make_person, make_program, make_session

SHEET = ("GET /api/reading/sessions/{session_id}", "PUT /api/reading/sessions/{session_id}")
NOTHING: dict[str, object] = {"children": []}


@foreign(*SHEET)
def session_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"session_id": make_reading().pk}, NOTHING)


@foreign(*SHEET)
def session_of_another_agency() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"session_id": make_reading().pk}, NOTHING)


@foreign(*SHEET)
def session_where_nobody_reads() -> Foreign:
    session = make_session(program=make_program(kind="group"))
    return Foreign(make_person(Role.COORDINATOR, hub=session.hub), {"session_id": session.pk}, NOTHING)


@foreign("GET /api/reading/children/{child_id}")
def child_of_another_family() -> Foreign:
    return Foreign(make_person(Role.GUARDIAN), {"child_id": make_child().pk})
