"""Photos of covers: made small, and freed of what a camera writes into them, before they are kept."""

from __future__ import annotations

import hashlib
import io
import warnings

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from programs.lending.models import Title

FOLDER = "covers"
SIZE = (480, 640)
QUALITY = 80
MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


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
    before, row.cover, row.changed_at = row.cover, keep(shrink(photo)), clock.now()
    row.save(update_fields=["cover", "changed_at"])
    append(action="title.cover", subject=row, actor_id=by.pk)
    if before and before != row.cover and not Title.objects.filter(cover=before).exists():
        transaction.on_commit(lambda: default_storage.delete(f"{FOLDER}/{before}"))
    return row


def shrink(data: bytes) -> bytes:
    """Upright, small, as a JPEG without metadata. Refused: photo_unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise Refused("photo_unreadable")
                opened.draft("RGB", SIZE)
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except Refused:
        raise
    except Exception:
        # Whatever a damaged or forged file makes the reader stumble over.
        raise Refused("photo_unreadable") from None
    upright.thumbnail(SIZE)
    # Pixels alone go into a new picture: nothing that came along is written out again.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def keep(jpeg: bytes) -> str:
    """Its file's name, which says what is in it: the same photo is kept once."""
    name = f"{hashlib.sha256(jpeg).hexdigest()[:32]}.jpg"
    if not default_storage.exists(f"{FOLDER}/{name}"):
        default_storage.save(f"{FOLDER}/{name}", ContentFile(jpeg))
    return name


def address_of(title: Title) -> str:
    return f"/covers/{title.cover}" if title.cover else ""
