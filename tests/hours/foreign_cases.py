"""Records of others, and of other sites."""

from __future__ import annotations

from typing import Any

from hub import clock
from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.hours.factories import make_record, make_work
from tests.support.make import make_agency, make_hub, make_person, make_volunteer
from volunteers.hours.models import Export

RECORD = "/api/hours/records/{record_id}"
TIMES = {"started_at": "2026-12-14T09:00:00+08:00", "ended_at": "2026-12-14T10:00:00+08:00", "reason": "早退"}
WORDS = {"words": "不对"}


@foreign(f"GET {RECORD}", f"POST {RECORD}/confirm")
def record_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"record_id": make_record().pk})


@foreign(f"POST {RECORD}/dispute")
def dispute_of_another_volunteer() -> Foreign:
    return Foreign(make_volunteer().person, {"record_id": make_record().pk}, WORDS)


def _elsewhere(role: Role, body: dict[str, Any] | None) -> Foreign:
    person = (
        make_person(role, agency=make_agency()) if role == Role.SOCIAL_WORKER else make_person(role, hub=make_hub())
    )
    return Foreign(person, {"record_id": make_record().pk}, body)


@foreign(f"POST {RECORD}/approve")
def record_to_approve_at_another_hub() -> Foreign:
    return _elsewhere(Role.COORDINATOR, None)


@foreign(f"POST {RECORD}/approve")
def record_to_approve_of_another_agency() -> Foreign:
    return _elsewhere(Role.SOCIAL_WORKER, None)


@foreign(f"POST {RECORD}/answer", f"POST {RECORD}/reject")
def record_to_answer_at_another_hub() -> Foreign:
    return _elsewhere(Role.COORDINATOR, WORDS)


@foreign(f"POST {RECORD}/correct")
def record_to_correct_of_another_agency() -> Foreign:
    return _elsewhere(Role.SOCIAL_WORKER, TIMES)


@foreign("GET /api/hours/exports/{export_id}/file", "POST /api/hours/exports/{export_id}/uploaded")
def export_of_another_coordinator() -> Foreign:
    make_work()
    export = Export.objects.create(made_at=clock.now(), made_by=make_person(Role.COORDINATOR))
    return Foreign(make_person(Role.COORDINATOR), {"export_id": export.pk})
