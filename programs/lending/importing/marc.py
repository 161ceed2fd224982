"""Library records (ISO 2709): CNMARC, which is UNIMARC, and MARC 21; in UTF-8, GBK or MARC-8.

A record doesn't say reliably which letters it is written in, so the bytes are asked.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext
from pymarc import Record as MarcRecord
from pymarc import marc8_to_unicode
from pymarc.exceptions import PymarcException

from programs.lending.importing.records import UNREADABLE, Record, Source
from programs.lending.importing.sheets import MARC_ONLY

END = b"\x1d"
LEADER = re.compile(rb"\s*\d{5}.{7}\d{5}", re.DOTALL)
SHORTEST = 40

# Field and subfields, the first that says something; UNIMARC and MARC 21.
UNIMARC = {
    "name": ("200a", "200h"),
    "subtitle": ("200e",),
    "authors": ("200f", "701a"),
    "publisher": ("210c",),
    "published_year": ("210d",),
    "isbn": ("010a",),
    "clc_code": ("690a",),
    "cip_number": ("092a",),
    "summary": ("330a",),
    "sticker": ("905b", "995f"),
}
MARC21 = {
    "name": ("245a", "245n"),
    "subtitle": ("245b",),
    "authors": ("245c", "100a", "700a"),
    "publisher": ("264b", "260b"),
    "published_year": ("264c", "260c"),
    "isbn": ("020a",),
    "clc_code": ("084a", "093a"),
    "cip_number": ("010z",),
    "summary": ("520a",),
    "sticker": ("952p", "852p", "876p"),
}
JOINED = {"200h", "245n"}
"""Number of a part: belongs to the name."""


def looks_like_marc(data: bytes) -> bool:
    return LEADER.match(data) is not None and END in data


def read_marc(data: bytes) -> Source:
    letters = {field: f"{places[0]}#" for field, places in UNIMARC.items()}
    source = Source(MARC_ONLY, letters, {field: gettext(f"books.column.{field}") for field in UNIMARC})
    pieces = [piece.lstrip(b"\r\n \x00") for piece in data.split(END)]
    for number, piece in enumerate(pieces, start=1):
        if len(piece) < SHORTEST:
            if piece.strip():
                _broken(source, number)
            continue
        cells = _cells(piece + END)
        if cells is None:
            _broken(source, number)
        else:
            source.records.append(Record(number, cells))
    return source


def _broken(source: Source, number: int) -> None:
    record = Record(number, {})
    source.records.append(record)
    source.fault(record, "", "record_broken")


def _cells(data: bytes) -> dict[str, str] | None:
    """What we keep of a record, in letters; None where it is none."""
    fields = _parse(data)
    if not fields:
        return None
    is_unimarc = "200a" in fields and "245a" not in fields
    decode = _decoder(data, is_unimarc=is_unimarc)
    cells: dict[str, str] = {}
    for name, places in (UNIMARC if is_unimarc else MARC21).items():
        said = [(place, fields[place]) for place in places if fields.get(place)]
        if said:
            whole = [one for place, one in said if place in JOINED] if said[0][0] not in JOINED else []
            cells[name] = " ".join(_trimmed(decode(one)) for one in [said[0][1], *whole])
    return cells


def _parse(data: bytes) -> dict[str, bytes]:
    """Field and subfield -> its first bytes. pymarc reads the structure; letters are ours to read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            record = MarcRecord(data, to_unicode=False)
    except (PymarcException, ValueError, IndexError, KeyError):
        return {}
    found: dict[str, bytes] = {}
    for field in record.fields:
        if not field.is_control_field():
            for part in field.subfields:
                found.setdefault(f"{field.tag}{part.code}", cast(bytes, part.value))
    return found


def _decoder(data: bytes, *, is_unimarc: bool) -> Callable[[bytes], str]:
    for coding in ("utf-8",) if is_unimarc or data[9:10] == b"a" else ("utf-8", "marc-8"):
        try:
            if coding == "utf-8":
                data.decode("utf-8")
                return lambda one: one.decode("utf-8", errors="replace")
        except UnicodeDecodeError:
            continue
    if not is_unimarc and not _is_gb18030(data):
        return _marc8
    return lambda one: one.decode("gb18030", errors="replace")


def _is_gb18030(data: bytes) -> bool:
    """In Chinese the high bytes come in pairs; MARC-8 has an accent before a letter, or an escape before Chinese."""
    if b"\x1b" in data:
        return False
    high = re.findall(rb"[\x81-\xfe]+", data)
    return bool(high) and sum(len(run) % 2 == 0 for run in high) * 2 > len(high)


def _marc8(one: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return marc8_to_unicode(one, hide_utf8_warnings=True)
        except (ValueError, KeyError, IndexError):
            return UNREADABLE


def _trimmed(text: str) -> str:
    """Without the punctuation that catalog cards are written with."""
    return re.sub(r"[\s/:;,=.·]+$", "", re.sub(r"[\x80-\x9f]", "", text).strip().strip("[]<>"))
