"""Making a month's ZIP: an index as a workbook, and PDFs of so many sessions each. They are gathered some at a time;
pictures lie in a folder, and what typesetting takes of memory goes with its process."""

from __future__ import annotations

import uuid
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from hub import clock
from hub.paper import typeset_apart
from hub.places.models import Residency
from hub.workbook.writing import cell
from scheduling.files.missing import lacks_of, with_lacks
from scheduling.files.models import MonthFile
from scheduling.files.months import claim, fail, finish, path_of, progress, sessions_of
from scheduling.files.printing import FACES, LOCALES, TEMPLATE, Filed, day_words, facts_of, filed, session_facts, when
from scheduling.residency import ledger
from scheduling.residency.models import Indicator

AT_A_TIME = 20
PER_PDF = 40
"""200 MB to typeset with four photos each."""
COLUMNS = ("number", "when", "program", "place", "volunteers", "children", *(f"face_{face}" for face in FACES), "lacks")


def build(month_file: int) -> None:
    row = claim(month_file)
    if row is None:
        return
    try:
        with TemporaryDirectory() as folder:
            _keep(row, _make(row, Path(folder)))
    except Exception:
        fail(row)
        raise


def _make(row: MonthFile, folder: Path) -> Path | None:
    """The ZIP's path in `folder`; none when the month became another worker's meanwhile."""
    language = row.language if row.language in LOCALES else settings.LANGUAGE_CODE
    with override(language):
        locale = LOCALES[language]
        figures: Counter[str] = Counter()
        pages: list[dict[str, Any]] = []
        lines: list[dict[str, Any]] = []
        keys = list(sessions_of(row).values_list("pk", flat=True))
        for start in range(0, len(keys), AT_A_TIME):
            for one in filed(list(with_lacks(sessions_of(row)).filter(pk__in=keys[start : start + AT_A_TIME]))):
                page = session_facts(one, row.full_names, locale, folder)
                row.photos_lost += len(one.photos) - len(page["photos"])
                pages.append(page)
                lines.append(_line(len(lines) + 1, one, locale))
                _count(figures, one)
            if not progress(row, len(lines)):
                return None
        title = _("file.month_title") % {"month": day_words(row.month, locale, "file.month_format")}
        cover = _cover(row, figures, lines, locale)
        path = folder / "month.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for start in range(0, len(pages) or 1, PER_PDF):
                part = pages[start : start + PER_PDF]
                facts = facts_of(title, part, language=language, cover=None if start else cover)
                name = "files.pdf" if len(part) == len(pages) else f"files-{start + 1}-{start + len(part)}.pdf"
                archive.writestr(name, typeset_apart(TEMPLATE, facts, folder=folder))
                if not progress(row, len(lines)):
                    return None
            with archive.open("index.xlsx", "w") as sheet:
                _index(lines).save(sheet)
        return path


def _keep(row: MonthFile, path: Path | None) -> None:
    if path is None:
        return
    name = uuid.uuid4().hex
    with path.open("rb") as file:
        default_storage.save(path_of(name), File(file))
    if not finish(row, name, path.stat().st_size, photos_lost=row.photos_lost):
        default_storage.delete(path_of(name))


def _line(number: int, one: Filed, locale: str) -> dict[str, Any]:
    """A row of the index, by column."""
    lacks = _("file.comma").join(_(f"file.lacks_{part}") for part in lacks_of(one.session))
    return {
        "number": number,
        "when": when(one.session, locale),
        "program": one.session.program.name,
        "place": one.session.hub.name,
        "volunteers": one.sheet.volunteers_there,
        "children": one.sheet.children_there,
        **{f"face_{face}": one.faces[face] for face in FACES},
        "lacks": lacks,
    }


def _count(figures: Counter[str], one: Filed) -> None:
    figures["sessions"] += 1
    figures["volunteers"] += one.sheet.volunteers_there
    figures["children"] += one.sheet.children_there
    figures["finished"] += one.file.finished_at is not None
    figures["complete"] += not lacks_of(one.session)
    for face in FACES:
        figures[face] += one.faces[face]


def _cover(row: MonthFile, figures: Counter[str], lines: list[dict[str, Any]], locale: str) -> dict[str, Any]:
    answered = sum(figures[face] for face in FACES)
    satisfied = _("file.percent") % {"percent": round(100 * figures["good"] / answered)} if answered else "-"
    named = ("sessions", "volunteers", "children", "finished", "complete")
    return {
        "agency": row.agency.name,
        "hub": row.hub.name,
        "made": _("file.made_on") % {"day": day_words(clock.today(), locale)},
        "figures": [
            *([_(f"file.figure_{name}"), str(figures[name])] for name in named),
            [_("file.figure_answered"), str(answered)],
            [_("file.figure_satisfied"), satisfied],
        ],
        "indicators": indicators(row),
        "sessions": [
            [str(line[column]) for column in ("number", "when", "program", "volunteers", "children", "face_good")]
            for line in lines
        ],
    }


def indicators(row: MonthFile) -> list[list[str]]:
    """What the agency owes its hub by their agreement: agreed, done, how that stands."""
    stay = Residency.objects.filter(agency=row.agency_id, hub=row.hub_id).first()
    lines = ledger.month(stay.pk, row.month).lines if stay else ()
    return [
        [
            _(f"file.indicator_{one.indicator}"),
            _amount(one.indicator, one.owed),
            _amount(one.indicator, one.done),
            _(f"file.standing_{one.standing}"),
        ]
        for one in lines
        if one.owed is not None
    ]


def _amount(indicator: str, amount: int) -> str:
    """Time is counted in minutes and told in hours."""
    return f"{amount / 60:.1f}" if indicator == Indicator.VOLUNTEER_MINUTES else str(amount)


def _index(lines: list[dict[str, Any]]) -> Workbook:
    """Text stays text: nothing is written as a formula."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_("file.sessions"))
    page.freeze_panes = "A2"
    page.append([cell(page, _(f"file.head_{column}"), bold=True) for column in COLUMNS])
    for line in lines:
        page.append([cell(page, line[column]) for column in COLUMNS])
    return book
