"""Files on paper, as social workers owe them: one session's, or a month's with its cover. Typeset from file.typ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.paper import typeset
from hub.sealed import mask_name
from scheduling.files.models import FaceCount, Photo, SessionFile
from scheduling.files.photos import path_of, shown
from scheduling.files.sign_in_sheets import Line, SignInSheet, sheets_of
from scheduling.sessions.models import Session

TEMPLATE = Path(__file__).with_name("file.typ")
LOCALES = {"zh-hans": "zh_Hans", "en": "en"}
WORDS = ("volunteers", "children", "record", "faces", "photos", "figures", "indicators", "sessions")
RECORD = ("aim", "process", "noticed", "follow_up")
FACES = ("good", "fair", "bad")
HEADS = {
    "volunteer_heads": ("name", "role", "came", "went", "noted", "signature"),
    "child_heads": ("name", "role_child", "came", "went", "noted", "signature"),
    "figure_heads": ("figure", "count"),
    "indicator_heads": ("indicator", "agreed", "done", "state"),
    "session_heads": ("number", "when", "program", "volunteers", "children", "satisfied"),
}


@dataclass(frozen=True)
class Filed:
    """All that is printed of one session."""

    session: Session
    file: SessionFile
    sheet: SignInSheet
    photos: Sequence[Photo]
    faces: dict[str, int] = field(default_factory=dict)
    """Counts by face, of all sources."""


def filed(sessions: Sequence[Session]) -> list[Filed]:
    """Six queries for any number. Photos that somebody has to look at again are left out."""
    keys = [one.pk for one in sessions]
    sheets = sheets_of(sessions)
    files = {one.session_id: one for one in SessionFile.objects.filter(session__in=keys).select_related("finished_by")}
    photos: dict[int, list[Photo]] = {key: [] for key in keys}
    for photo in shown(Photo.objects.filter(session__in=keys)).order_by("pk"):
        photos[photo.session_id].append(photo)
    faces = {key: dict.fromkeys(FACES, 0) for key in keys}
    for row in FaceCount.objects.filter(session__in=keys):
        for face in FACES:
            faces[row.session_id][face] += getattr(row, face)
    return [
        Filed(one, files.get(one.pk) or SessionFile(session=one), sheets[one.pk], photos[one.pk], faces[one.pk])
        for one in sessions
    ]


def print_file(session: Session, *, full_names: bool, language: str) -> bytes:
    """One session's, as a PDF."""
    language = language if language in LOCALES else settings.LANGUAGE_CODE
    with TemporaryDirectory() as folder, override(language):
        pages = [session_facts(one, full_names, LOCALES[language], Path(folder)) for one in filed([session])]
        return typeset(TEMPLATE, facts_of(pages[0]["title"], pages, language=language), folder=Path(folder))


def facts_of(
    title: str, files: Sequence[dict[str, Any]], *, language: str, cover: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What TEMPLATE reads. Within `override(language)`."""
    words: dict[str, Any] = {word: _(f"file.{word}") for word in WORDS}
    words |= {name: [_(f"file.head_{one}") for one in heads] for name, heads in HEADS.items()}
    return {"language": language[:2], "title": title, "words": words, "cover": cover, "files": files}


def session_facts(one: Filed, full_names: bool, locale: str, folder: Path) -> dict[str, Any]:
    """What the template reads; the small photos are written into `folder`, and it says how many could not be. Within
    `override`."""
    written = [name for photo in one.photos if (name := _write(photo, folder))]
    lost = len(one.photos) - len(written)
    session, file, sheet = one.session, one.file, one.sheet
    duty = session.duty_worker.name if session.duty_worker else _("file.nobody")
    rows = [
        [_("file.when"), when(session, locale)],
        [_("file.where"), session.hub.name],
        [_("file.agency"), session.program.agency.name],
        [_("file.duty_worker"), duty],
        [
            _("file.there"),
            _("file.there_counts") % {"volunteers": sheet.volunteers_there, "children": sheet.children_there},
        ],
    ]
    return {
        "title": session.program.name,
        "facts": rows,
        "volunteers": [_row(line, line.role, line.name) for line in sheet.volunteers],
        "children": [
            _row(line, _("file.child"), line.name if full_names else mask_name(line.name)) for line in sheet.children
        ],
        "record": [[_(f"file.{part}"), getattr(file, part) or _("file.not_written")] for part in RECORD],
        "finished": _finished(file, locale),
        "faces": [[face, _(f"file.face_{face}"), str(one.faces.get(face, 0))] for face in FACES],
        "photos": written,
        "photos_lost": _("file.photos_lost") % {"count": lost} if lost else "",
    }


def when(session: Session, locale: str) -> str:
    starts, ends = clock.local(session.starts_at), clock.local(session.ends_at)
    return f"{day_words(starts.date(), locale)} {starts:%H:%M}-{ends:%H:%M}"


def day_words(day: dt.date, locale: str, pattern: str = "file.day_format") -> str:
    return format_date(day, _(pattern), locale=locale)


def _row(line: Line, role: str, name: str) -> list[str]:
    how = _(f"file.how_{line.how}") if line.how else _("file.how_nothing")
    noted = _("file.noted_by") % {"how": how, "by": line.by} if line.by else how
    return [name, role, _time(line.came), _time(line.went), noted]


def _time(moment: dt.datetime | None) -> str:
    return f"{clock.local(moment):%H:%M}" if moment else ""


def _finished(file: SessionFile, locale: str) -> str:
    if not file.finished_at:
        return _("file.draft")
    by = file.finished_by.name if file.finished_by else ""
    return _("file.finished") % {"by": by, "day": day_words(clock.local(file.finished_at).date(), locale)}


def _write(photo: Photo, folder: Path) -> str:
    """Its name there; empty where its file is gone: one of them keeps nobody from the rest."""
    name = f"{photo.name}.jpg"
    try:
        with default_storage.open(path_of(photo, small=True)) as file:
            (folder / name).write_bytes(file.read())
    except FileNotFoundError:
        return ""
    return name
