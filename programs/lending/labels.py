"""A sheet of stickers as a PDF: A4 labels, 3 by 8, the code large enough to be read aloud."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.paper import qr_code, typeset
from programs.lending.models import Copy, StickerSheet

TEMPLATE = Path(__file__).with_name("labels.typ")
LANGUAGES = {"zh-hans", "en"}


def address_of(code: str) -> str:
    """What the sticker's QR code holds: WeChat's own scanner opens it."""
    return f"{settings.PUBLIC_URL}/b/{code}"


def write_labels(sheet: StickerSheet, language: str) -> bytes:
    """Those that are on no book yet: printed again, none comes a second time."""
    worn = Copy.objects.filter(sticker__in=sheet.stickers.values("code")).values("sticker")
    codes = sheet.stickers.exclude(code__in=worn).order_by("pk").values_list("code", flat=True)
    language = language if language in LANGUAGES else settings.LANGUAGE_CODE
    with override(language):
        words = {word: _(f"label.{word}") for word in ("title", "hint")}
    labels = [{"code": f"{code[:4]} {code[4:]}", "qr": qr_code(address_of(code))} for code in codes]
    return typeset(TEMPLATE, {"language": language[:2], "words": words, "hub": sheet.hub.name, "labels": labels})
