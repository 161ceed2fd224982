"""Files of other sites' and other agencies' sessions; photos without the key that opening a file gives."""

from __future__ import annotations

import datetime as dt

from hub.people.models import Person, Role
from scheduling.files.models import MonthFile
from tests.access.foreign import Foreign, foreign
from tests.files.factories import agree, make_held, make_photo
from tests.support.make import make_person

SESSION = (
    "GET /api/files/sessions/{session_id}",
    "PUT /api/files/sessions/{session_id}/record",
    "POST /api/files/sessions/{session_id}/record/{deed}",
    "PUT /api/files/sessions/{session_id}/without",
    "POST /api/files/sessions/{session_id}/photos",
    "PUT /api/files/sessions/{session_id}/faces",
    "GET /api/files/sessions/{session_id}/taps",
    "POST /api/files/sessions/{session_id}/taps",
    "GET /api/files/sessions/{session_id}/paper",
)
PHOTO = (
    "GET /api/files/photos/{photo_id}",
    "POST /api/files/photos/{photo_id}/check",
    "DELETE /api/files/photos/{photo_id}",
)
PAST = dt.date(2026, 9, 8)
BODY = {
    "revision": 0, "sheet": True, "photos": True, "faces": True, "good": 1, "fair": 0, "bad": 0, "face": "good",
    "not_shown": [],
}  # fmt: skip


def session_seen_by(person: Person) -> Foreign:
    session, _, _ = make_held(day=PAST)
    return Foreign(person, {"session_id": session.pk, "deed": "finish"}, BODY)


def photo_seen_by(person: Person) -> Foreign:
    session, _, (booking,) = make_held(day=PAST)
    agree(booking)
    return Foreign(person, {"photo_id": make_photo(session).pk}, BODY)


@foreign(*SESSION)
def session_at_another_hub() -> Foreign:
    return session_seen_by(make_person(Role.COORDINATOR))


@foreign(*SESSION)
def session_of_another_agency() -> Foreign:
    return session_seen_by(make_person(Role.SOCIAL_WORKER))


@foreign(*PHOTO)
def photo_at_another_hub() -> Foreign:
    return photo_seen_by(make_person(Role.COORDINATOR))


@foreign(*PHOTO)
def photo_of_another_agency() -> Foreign:
    return photo_seen_by(make_person(Role.SOCIAL_WORKER))


@foreign("GET /api/files/months/{month_id}/file")
def month_of_another_hub() -> Foreign:
    session, _, _ = make_held(day=PAST)
    row = MonthFile.objects.create(
        agency=session.program.agency, hub=session.hub, month=PAST.replace(day=1), language="zh-hans",
        requested_by=make_person(), created_at=session.created_at, state="ready", name="x",
    )  # fmt: skip
    return Foreign(make_person(Role.COORDINATOR), {"month_id": row.pk})
