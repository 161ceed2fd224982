"""Sessions of other sites, asked for by who works elsewhere."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.support.make import make_hub, make_person, make_session

WHEN = {"starts_at": "2026-12-14T10:00:00+08:00", "ends_at": "2026-12-14T11:00:00+08:00"}


@foreign("GET /api/board/sessions/{session_id}", "GET /api/board/sessions/{session_id}/bookings")
def session_of_another_site() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR, hub=make_hub()), ids={"session_id": make_session().pk})


@foreign("POST /api/sessions/{session_id}/move")
def move_at_another_site() -> Foreign:
    session = make_session()
    body = {"revision": 1, "hub": session.hub_id, "room": None, **WHEN}
    return Foreign(person=make_person(Role.COORDINATOR), ids={"session_id": session.pk}, body=body)


@foreign("PATCH /api/sessions/{session_id}")
def edit_another_agencys() -> Foreign:
    return Foreign(
        person=make_person(Role.SOCIAL_WORKER), ids={"session_id": make_session().pk}, body={"revision": 1, "places": 3}
    )


@foreign("POST /api/sessions/{session_id}/cancel")
def cancel_at_another_site() -> Foreign:
    body = {"revision": 1, "reason": "x"}
    return Foreign(person=make_person(Role.COORDINATOR), ids={"session_id": make_session().pk}, body=body)


@foreign("PUT /api/board/sessions/{session_id}/onlookers", "DELETE /api/board/sessions/{session_id}/onlookers")
def open_at_another_site() -> Foreign:
    return Foreign(
        person=make_person(Role.COORDINATOR, hub=make_hub()),
        ids={"session_id": make_session().pk},
        body={"changing": True},
    )


@foreign("PUT /api/hubs/{hub_id}/wall", "DELETE /api/hubs/{hub_id}/wall")
def screen_of_another_site() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR, hub=make_hub()), ids={"hub_id": make_hub().pk})
