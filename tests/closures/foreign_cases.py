"""What is closed at hubs that the asking coordinator does not coordinate."""

from __future__ import annotations

from hub import clock
from hub.people.models import Role
from scheduling.sessions.models import Closure
from tests.access.foreign import Foreign, foreign
from tests.support.make import MONDAY, make_hub, make_person


@foreign("POST /api/closures/{closure_id}/lift")
def closure_of_another_hub() -> Foreign:
    start, end = clock.at(MONDAY, 540), clock.at(MONDAY, 600)
    closure = Closure.objects.create(
        hub=make_hub(), starts_at=start, ends_at=end, reason="停电", by=make_person(), created_at=clock.now()
    )
    return Foreign(make_person(Role.COORDINATOR), {"closure_id": closure.pk})
