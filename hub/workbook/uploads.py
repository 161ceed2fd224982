"""A workbook between preview and confirmation: its sealed bytes wait an hour for the one who uploaded it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.sealed import seal, unseal
from hub.workbook import tasks
from hub.workbook.book import Book
from hub.workbook.confirm import Outcome, write_examined, writing
from hub.workbook.examine import examine
from hub.workbook.models import Upload

LIFETIME = dt.timedelta(hours=1)
LABEL = "workbook.upload.content"
WEEK = "week"
"""The kind of a week's workbook."""


def take_upload(*, data: bytes, file_name: str, by: Actor) -> tuple[Upload, Book]:
    """Examine a workbook and keep it for its confirmation. Refused: what `examine` refuses; such a file is not kept."""
    book = examine(data, actor=by)
    return keep_upload(data=data, file_name=file_name, by=by), book


@transaction.atomic
def keep_upload(
    *, data: bytes, file_name: str, by: Actor, kind: str = WEEK, outcome: dict[str, object] | None = None
) -> Upload:
    """A file waits for its confirmation: the only one of its kind that this person has waiting."""
    now = clock.now()
    tasks.drop_expired()
    Upload.objects.filter(person_id=by.person.pk, kind=kind, state=Upload.State.PREVIEW).update(
        content=None, state=Upload.State.EXPIRED
    )
    upload = Upload.objects.create(
        kind=kind,
        person_id=by.person.pk,
        file_name=file_name[:200],
        content=seal(data, label=LABEL),
        outcome=outcome or {},
        created_at=now,
        expires_at=now + LIFETIME,
    )
    tasks.forget_expired.using(run_after=upload.expires_at).enqueue()
    return upload


def open_upload(*, upload_id: int, by: Actor, kind: str = WEEK, for_writing: bool = False) -> tuple[Upload, bytes]:
    """The waiting file of the one who uploaded it. Refused: not_found, already_imported, preview_expired."""
    uploads = Upload.objects.select_for_update() if for_writing else Upload.objects.all()
    upload = uploads.filter(pk=upload_id, kind=kind, person_id=by.person.pk).first()
    if upload is None:
        raise Refused("not_found", model="upload", id=upload_id)
    if upload.state == Upload.State.CONFIRMED:
        raise Refused("already_imported", id=upload.pk)
    if upload.state == Upload.State.EXPIRED or upload.content is None or upload.expires_at <= clock.now():
        raise Refused("preview_expired", id=upload.pk)
    return upload, unseal(bytes(upload.content), label=LABEL)


def look_again(*, upload_id: int, by: Actor) -> tuple[Upload, Book]:
    """The preview as it is now: what others changed meanwhile shows."""
    upload, data = open_upload(upload_id=upload_id, by=by)
    return upload, examine(data, actor=by)


def confirm_upload(*, upload_id: int, by: Actor) -> tuple[Upload, Outcome]:
    """Check once more and write, all or nothing; with faults nothing is written and the outcome shows them.

    Refused: what `open_upload` refuses, changed_meanwhile.
    """
    with writing():
        upload, data = open_upload(upload_id=upload_id, by=by, for_writing=True)
        book = examine(data, actor=by)
        if not book.faults:
            upload.state, upload.content = Upload.State.CONFIRMED, None
        return upload, write_examined(book, upload)
