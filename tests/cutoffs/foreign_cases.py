"""Cut-offs of another site."""

from __future__ import annotations

from hub import clock
from hub.people.models import Role
from scheduling.cutoffs.models import CutOff
from tests.access.foreign import Foreign, foreign
from tests.bookings.factories import make_reading
from tests.support.make import make_person


def elsewhere() -> dict[str, object]:
    session = make_reading()
    CutOff.objects.create(session=session, next_look=session.starts_at, started_at=clock.now())
    return {"session_id": session.pk}


@foreign("POST /api/cutoffs/{session_id}/extend")
def extended_elsewhere() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids=elsewhere(), body={"hours": 2})


@foreign("POST /api/cutoffs/{session_id}/step-in")
def stepped_in_elsewhere() -> Foreign:
    return Foreign(person=make_person(Role.SOCIAL_WORKER), ids=elsewhere())
