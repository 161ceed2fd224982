"""Photos that people send in: made small, and freed of what a camera writes into them, before anything is kept."""

from __future__ import annotations

import io
import warnings

from ninja import UploadedFile
from PIL import Image, ImageOps

from hub.errors import Refused

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def bytes_of(photo: UploadedFile) -> bytes:
    """Refused: photo_too_large."""
    if (photo.size or 0) > MAX_BYTES:
        raise Refused("photo_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    return bytes(photo.read())


def shrink(data: bytes, size: tuple[int, int], *, quality: int = 80) -> bytes:
    """Upright, within `size` (width, height in pixels), as a JPEG without metadata. Refused: photo_unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise Refused("photo_unreadable")
                opened.draft("RGB", size)
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except Refused:
        raise
    except Exception:
        # Whatever a damaged or forged file makes the reader stumble over.
        raise Refused("photo_unreadable") from None
    upright.thumbnail(size)
    # Pixels alone go into a new picture: nothing that came along is written out again.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
