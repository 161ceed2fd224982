"""A session that is over, with its children and volunteers, and photos."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from hub.people.models import Consent, Person
from scheduling.attendance.models import Attendance, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.files.models import Photo
from scheduling.files.photos import add_photo
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from tests.reading.factories import make_shared
from tests.signups.factories import make_regular
from tests.support.make import make_need, make_person


def jpeg(size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c8501e").save(out, "JPEG", **options)
    return out.getvalue()


def agree(booking: Booking, granted: bool = True) -> None:
    Consent.objects.create(
        subject=booking.participant, kind="photo", granted=granted, recorded_at=booking.session.starts_at
    )


def make_held(children: int = 1, **values: Any) -> tuple[Session, Assignment, list[Booking]]:
    """A children's session with one volunteer."""
    session, bookings = make_shared(children, **values)
    need = make_need(session=session)
    place = Assignment.objects.create(
        need=need,
        session=session,
        volunteer=make_regular(),
        state="accepted",
        source="self",
        created_at=session.created_at,
        changed_at=session.created_at,
    )
    return session, place, bookings


def all_came(session: Session) -> None:
    for place in Assignment.objects.filter(session=session):
        Attendance.objects.create(
            assignment=place,
            signed_in_at=session.starts_at,
            signed_out_at=session.ends_at,
            how="qr",
            how_out="qr",
            changed_at=session.ends_at,
        )
    for booking in Booking.objects.filter(session=session):
        ChildAttendance.objects.create(
            booking=booking, arrived_at=session.starts_at, left_at=session.ends_at, changed_at=session.ends_at
        )


def make_photo(session: Session, *not_shown: Booking, by: Person | None = None) -> Photo:
    children = [one.participant_id for one in not_shown]
    return add_photo(session=session.pk, photo=jpeg(), not_shown=children, by=by or make_person())


def body_of(answer: Any) -> bytes:
    """Of a file that was sent, closed again."""
    data = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return data
