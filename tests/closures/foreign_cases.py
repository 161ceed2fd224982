"""What is closed at hubs that the asking coordinator does not coordinate."""

from __future__ import annotations

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.closures.factories import make_closure
from tests.support.make import make_person


@foreign("POST /api/closures/{closure_id}/lift")
def closure_of_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"closure_id": make_closure().pk})
