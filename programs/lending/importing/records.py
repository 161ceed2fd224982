"""A list of books on its way in: what each record says, where it stands, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hub.errors import Refused
from hub.workbook.book import Difference, Finding, show
from hub.workbook.reading import plain
from programs.lending.copies import read_sticker
from programs.lending.importing.sheets import COUNTED
from programs.lending.isbn import read_isbn
from programs.lending.titles import About, one_line, read_clc, read_year

LONGEST = {"name": 200, "subtitle": 200, "authors": 200, "publisher": 100, "cip_number": 60, "clc_code": 30}
LONGEST_SUMMARY = 2_000
MOST_COPIES = 500
ISBN_SAYS_SO = re.compile(r"^ISBN[:\s]*", re.IGNORECASE)
BESIDE_ISBN = re.compile(r"(?:[(:;,\u00a5]|CNY|RMB).*$", re.IGNORECASE)
UNREADABLE = "\ufffd"
"""Stands where bytes were no letters."""


@dataclass
class Record:
    row: int
    """The spreadsheet's row, or the number of the record."""
    cells: dict[str, str]
    """As read, by field."""
    about: About = field(default_factory=About)
    sticker: str = ""
    count: int = 1
    hub: str = ""
    outcome: str = ""
    """imported, merged, same or refused."""


@dataclass
class Source:
    """What was read: a sheet, a CSV file, or the records of a MARC file."""

    name: str
    letters: dict[str, str]
    """Field -> how the file calls its place: a column's letter, a MARC field and subfield (`MARC!010a#3`)."""
    headers: dict[str, str]
    header_row: int = 0
    records: list[Record] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)

    def fault(self, record: Record, name: str, code: str, /, **facts: object) -> None:
        record.outcome = "refused"
        self.faults.append(self._finding(record, name, code, facts))

    def warn(self, record: Record, name: str, code: str, /, **facts: object) -> None:
        self.warnings.append(self._finding(record, name, code, facts))

    def differs(self, record: Record, name: str, kept: object) -> None:
        """The file says something else than the catalog, which stays."""
        self.conflicts.append(
            Difference(
                sheet=self.name,
                row=record.row,
                column=self.headers.get(name, ""),
                letter=self.letters.get(name, ""),
                file_value=show(record.cells.get(name)),
                app_value=show(kept),
                private=False,
                label=record.about.name,
            )
        )

    def _finding(self, record: Record, name: str, code: str, facts: dict[str, object]) -> Finding:
        return Finding(
            sheet=self.name,
            row=record.row,
            column=self.headers.get(name, ""),
            code=code,
            facts=facts,
            letter=self.letters.get(name, ""),
            value=show(record.cells.get(name)),
            label=show(record.cells.get("name")),
        )


def understand(source: Source) -> None:
    """From cells to values. What tells books apart is refused when it is wrong; what only describes is left out."""
    for record in source.records:
        if record.outcome != "refused":
            _understand(record, source)


def _understand(record: Record, source: Source) -> None:
    cells = record.cells
    unreadable = next((name for name, text in cells.items() if UNREADABLE in text), None)
    if unreadable:
        source.fault(record, unreadable, "unreadable_text")
        return
    texts = {name: one_line(cells.get(name, "")) for name in ("name", "subtitle", "authors", "publisher", "cip_number")}
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            source.warn(record, name, "shortened", longest=LONGEST[name])
            texts[name] = text[: LONGEST[name]]
    if not any(one.isalnum() for one in texts["name"]):
        source.fault(record, "name", "book_name_missing")
        return
    try:
        isbn = _isbn(cells.get("isbn", ""))
    except Refused as refused:
        source.fault(record, "isbn", refused.code, **refused.facts)
        return
    record.about = About(
        **texts,
        isbn=isbn,
        published_year=_year(record, source),
        clc_code=_class(record, source),
        summary=cells.get("summary", "").strip()[:LONGEST_SUMMARY],
    )
    record.sticker, record.hub = read_sticker(cells.get("sticker", "")), plain(cells.get("hub", ""))
    _count(record, source)


def _isbn(text: str) -> str:
    """Beside the number stand binding and price: `978-7-02-004249-4 (精装) : CNY22.00`."""
    written = BESIDE_ISBN.sub("", ISBN_SAYS_SO.sub("", plain(text)))
    return read_isbn(written) if written.strip() else ""


def _year(record: Record, source: Source) -> int | None:
    text = plain(record.cells.get("published_year", ""))
    found = re.search(r"(?<!\d)(\d{4})(?!\d)", text) or re.match(r"(\d{4})\d{2,4}$", text)
    try:
        year = read_year(int(found[1])) if found else None
    except Refused:
        year = None
    if text and year is None:
        source.warn(record, "published_year", "year_left_out")
    return year


def _class(record: Record, source: Source) -> str:
    try:
        return read_clc(record.cells.get("clc_code", "").partition("/")[0])[: LONGEST["clc_code"]]
    except Refused:
        source.warn(record, "clc_code", "class_left_out")
        return ""


def _count(record: Record, source: Source) -> None:
    text = re.sub(COUNTED, "", plain(record.cells.get("count", "")))
    if not text:
        return
    if not re.fullmatch(r"\d{1,6}(\.0+)?", text) or not 1 <= int(float(text)) <= MOST_COPIES:
        source.fault(record, "count", "count_impossible", most=MOST_COPIES)
    elif record.sticker and int(float(text)) != 1:
        source.fault(record, "count", "one_sticker_one_copy")
    else:
        record.count = int(float(text))
