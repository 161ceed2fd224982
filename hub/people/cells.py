"""Names and phone numbers as workbooks hold them."""

from __future__ import annotations

import datetime as dt
import re

from hub.errors import Refused
from hub.people.phones import parse_phone
from hub.workbook.cells import CellFault, as_text, listed, parts, text
from hub.workbook.reading import Cell


def name(cell: Cell) -> str:
    """Blanks between Chinese characters are typesetting (`李  雷`), not part of a name."""
    said = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text(60)(cell)).replace("\x00", "")
    if isinstance(cell, bool) or not any(map(str.isalpha, said)):
        raise CellFault("not_a_name")
    return said


def phone(cell: Cell) -> str:
    if isinstance(cell, dt.date | dt.time | bool):
        raise CellFault("not_a_phone")
    try:
        return parse_phone(as_text(cell))
    except Refused:
        raise CellFault("not_a_phone") from None


def names(cell: Cell) -> list[str]:
    return [name(part) for part in parts(cell)]


def as_relatives(found: list[tuple[str, str]]) -> str:
    return listed(f"{relation} {name}".strip() for relation, name in found)


def relatives(cell: Cell) -> list[tuple[str, str]]:
    """`奶奶 唐秀英；爷爷 张三` as (relation, name); a name alone has no relation."""
    found = []
    for part in parts(cell):
        relation, _, who = part.replace(":", " ").partition(" ")
        found.append((relation[:20], name(who)) if who else ("", name(relation)))
    return found
