"""The certificate as a PDF, typeset from document.typ."""

from __future__ import annotations

from pathlib import Path

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.paper import qr_code, typeset
from volunteers.certificates.models import Certificate

TEMPLATE = Path(__file__).with_name("document.typ")
A_TENTH = 6
"""Minutes."""
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


def address_of(certificate: Certificate) -> str:
    """The public page that says whether it holds: WeChat's own scanner opens it."""
    return f"{settings.PUBLIC_URL}/verify/{certificate.payload}"


def write_pdf(certificate: Certificate, language: str) -> bytes:
    language = language if language in LOCALES else settings.LANGUAGE_CODE
    with override(language):
        shown = _shown(certificate, LOCALES[language])
    return typeset(TEMPLATE, shown, code=qr_code(address_of(certificate)))


def _shown(one: Certificate, locale: str) -> dict[str, object]:
    def day(moment: object) -> str:
        return format_date(moment, _("certificate.day_format"), locale=locale)  # type: ignore[arg-type]

    period = _("certificate.from_to") % {"first": day(one.first_day), "last": day(one.last_day)}
    facts = {"name": one.name, "no": one.volunteer.volunteer_no, "period": period, "times": one.times}
    parts = _parts([minutes for *_rest, minutes in one.lines])
    lines = [[*names, str(times), hours] for (*names, times, _minutes), hours in zip(one.lines, parts, strict=True)]
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
        "lines": lines,
        "issuer": one.issuer,
        "issued_on": day(clock.local(one.issued_at).date()),
        "revoked": one.revoked_at is not None,
    }


def _hours(minutes: int) -> str:
    """Hours to one place, rounded down: never more than was served."""
    return _in_words(_tenths(minutes))


def _parts(minutes: list[int]) -> list[str]:
    """Hours that sum to those of the whole: what rounding down left over goes where it cut most."""
    tenths = [_tenths(one) for one in minutes]
    most_cut = sorted(range(len(minutes)), key=lambda at: -(minutes[at] % A_TENTH))
    for at in most_cut[: _tenths(sum(minutes)) - sum(tenths)]:
        tenths[at] += 1
    return [_in_words(one) for one in tenths]


def _tenths(minutes: int) -> int:
    return minutes // A_TENTH


def _in_words(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
