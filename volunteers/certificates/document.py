"""The certificate as a PDF: typeset by typst from document.typ, with an open font (Noto, OFL) embedded."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import segno
import typst
from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from pylopdf_fonts_zh_cn import sans_path, serif_path

from hub import clock
from volunteers.certificates.models import Certificate

TEMPLATE = Path(__file__).with_name("document.typ")
LOCALES = {"zh-hans": "zh_Hans", "en": "en"}
WORDS = (
    "title",
    "number",
    "name",
    "volunteer_no",
    "period",
    "total",
    "program",
    "unit",
    "times",
    "hours",
    "verify",
    "seal",
    "seal_here",
    "issued_on",
    "revoked",
)


@cache
def _fonts() -> typst.Fonts:
    folders = {str(path.parent) for path in (sans_path(), serif_path())}
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders))


def address_of(certificate: Certificate) -> str:
    """The public page that says whether it holds: WeChat's own scanner opens it."""
    return f"{settings.PUBLIC_URL}/verify/{certificate.payload}"


def write_pdf(certificate: Certificate, language: str) -> bytes:
    language = language if language in LOCALES else settings.LANGUAGE_CODE
    with override(language):
        shown = _shown(certificate, LOCALES[language])
    facts = {"facts": json.dumps(shown, ensure_ascii=False), "code": _code(address_of(certificate))}
    return typst.compile(str(TEMPLATE), font_paths=_fonts(), sys_inputs=facts, format="pdf")


def _shown(one: Certificate, locale: str) -> dict[str, object]:
    def day(moment: object) -> str:
        return format_date(moment, _("certificate.day_format"), locale=locale)  # type: ignore[arg-type]

    period = _("certificate.from_to") % {"first": day(one.first_day), "last": day(one.last_day)}
    facts = {"name": one.name, "no": one.volunteer.volunteer_no, "period": period, "times": one.times}
    return {
        "language": locale[:2],
        "words": {word: _(f"certificate.{word}") for word in WORDS},
        "sentence": _("certificate.sentence") % {**facts, "hours": _hours(one.minutes)},
        "note": _("certificate.note"),
        "number": one.number,
        "name": one.name,
        "volunteer_no": one.volunteer.volunteer_no,
        "period": period,
        "total": _("certificate.total_hours") % {"hours": _hours(one.minutes), "times": one.times},
        "lines": [[program, unit, str(times), _hours(minutes)] for program, unit, times, minutes in one.lines],
        "issuer": one.issuer,
        "issued_on": day(clock.local(one.issued_at).date()),
        "revoked": one.revoked_at is not None,
    }


def _hours(minutes: int) -> str:
    """Hours to one place, rounded down: never more than was served."""
    tenths = minutes * 10 // 60
    return f"{tenths // 10}.{tenths % 10}"


def _code(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
