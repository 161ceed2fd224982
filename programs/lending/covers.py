"""Photos of covers: what a photo shows is kept once, under a name that says what is in it."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.kept_files import keep_sweeping, promised_in
from hub.people.models import Person
from hub.pictures import shrink
from programs.lending.models import Title

FOLDER = "covers"
SIZE = (480, 640)


@transaction.atomic
def put_cover(*, title: int, photo: bytes, only_first: bool = False, by: Person) -> Title:
    """Keep a photo as the title's cover; with `only_first` only where it has none.

    Refused: not_found, photo_unreadable.
    """
    row = Title.objects.select_for_update(no_key=True).filter(pk=title).first()
    if row is None:
        raise Refused("not_found", model="title", id=title)
    if only_first and row.cover:
        return row
    before, row.cover, row.changed_at = row.cover, keep(shrink(photo, SIZE)), clock.now()
    row.save(update_fields=["cover", "changed_at"])
    append(action="title.cover", subject=row, actor_id=by.pk)
    if before and before != row.cover and not Title.objects.filter(cover=before).exists():
        transaction.on_commit(lambda: default_storage.delete(f"{FOLDER}/{before}"))
    return row


def keep(jpeg: bytes) -> str:
    """Its file's name, which says what is in it: the same photo is kept once."""
    keep_sweeping()
    name = f"{hashlib.sha256(jpeg).hexdigest()[:32]}.jpg"
    if not default_storage.exists(f"{FOLDER}/{name}"):
        default_storage.save(f"{FOLDER}/{name}", ContentFile(jpeg))
    return name


@promised_in(FOLDER)
def _promised() -> set[str]:
    return set(Title.objects.exclude(cover="").values_list("cover", flat=True))


def address_of(title: Title) -> str:
    return f"/covers/{title.cover}" if title.cover else ""
