"""A session's file as it is read. Opening it is a deed in the journal, for children stand in it; its photos are shown
by keys that opening gave out, so that no photo is seen by who opened nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import Case, Value, When

from hub.access.actor import Actor
from hub.access.rules import fetch
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from scheduling.bookings.models import Booking
from scheduling.files.missing import Due, lacks_of, with_lacks
from scheduling.files.models import FaceCount, Photo, SessionFile
from scheduling.files.photos import to_review, without_consent
from scheduling.files.sign_in_sheets import SignInSheet, sheets_of
from scheduling.sessions.models import Session

KEYS_FOR = dt.timedelta(hours=2)
SALT = "scheduling.files.photo"


@dataclass(frozen=True)
class ShownPhoto:
    photo: Photo
    review: bool
    key: str


@dataclass(frozen=True)
class OpenedFile:
    session: Session
    file: SessionFile
    """Unsaved where nobody began one."""
    sheet: SignInSheet
    no_photo: Sequence[Person]
    """Children there of whom no photo is agreed to."""
    photos: Sequence[ShownPhoto]
    faces: dict[str, FaceCount]
    """By source."""
    lacks: Sequence[str]
    due_on: dt.date
    earlier_aim: str
    """What the same program was last written to be for."""


@transaction.atomic
def open_file(*, session: int, actor: Actor) -> OpenedFile:
    """Refused: not_found."""
    rows = with_lacks(Session.objects.select_related("program__agency", "hub", "duty_worker"))
    row = fetch(actor, "keep_file", rows, session)
    append(action="file.read", subject=row, actor_id=actor.person.pk, hub_id=row.hub_id)
    file = SessionFile.objects.filter(session=row).select_related("written_by", "finished_by").first()
    return OpenedFile(
        session=row,
        file=file or SessionFile(session=row),
        sheet=sheets_of([row])[row.pk],
        no_photo=no_photo_at(row),
        photos=photos_of(row, actor.person),
        faces=faces_of(row),
        lacks=lacks_of(row),
        due_on=Due().of(row),
        earlier_aim="" if file else _earlier_aim(row),
    )


@transaction.atomic
def note_printing(*, session: int, full_names: bool, actor: Actor) -> Session:
    """Taking it out of here on paper is a deed too. Refused: not_found."""
    row = fetch(actor, "keep_file", Session.objects.select_related("program__agency", "hub", "duty_worker"), session)
    append(action="file.printed", subject=row, actor_id=actor.person.pk, hub_id=row.hub_id, full_names=full_names)
    return row


def no_photo_at(session: Session) -> list[Person]:
    rows = without_consent(Booking.objects.filter(session=session)).select_related("participant")
    return [row.participant for row in rows.order_by("participant__name", "pk")]


def photos_of(session: Session, person: Person) -> list[ShownPhoto]:
    photos = Photo.objects.filter(session=session)
    review = Case(When(pk__in=to_review(photos).values("pk"), then=Value(True)), default=Value(False))
    rows = photos.annotate(review=review).select_related("added_by").order_by("pk")
    return [ShownPhoto(one, one.review, _key(one, person)) for one in rows]


def faces_of(session: Session) -> dict[str, FaceCount]:
    return {row.source: row for row in FaceCount.objects.filter(session=session)}


def photo_by_key(*, photo: int, key: str, actor: Actor) -> Photo:
    """Refused: not_found (not theirs, or a key that is not this person's for it, or run out)."""
    row = fetch(actor, "keep", Photo.objects.all(), photo)
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(key, max_age=KEYS_FOR)
    except signing.BadSignature:
        said = ""
    if said != _said(row, actor.person):
        raise Refused("not_found", model="photo", id=photo)
    return row


def _key(photo: Photo, person: Person) -> str:
    return signing.TimestampSigner(salt=SALT).sign(_said(photo, person))


def _said(photo: Photo, person: Person) -> str:
    return f"{photo.pk}.{person.pk}"


def _earlier_aim(session: Session) -> str:
    rows = SessionFile.objects.filter(session__program=session.program_id, session__hub=session.hub_id)
    row = rows.filter(finished_at__isnull=False).order_by("-session__starts_at", "-pk").first()
    return row.aim if row else ""
