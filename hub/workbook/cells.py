"""From a cell to a value: one parser per kind of column. Each takes what reading found (never blank), raises CellFault.

What blank means is the column's to say.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hub.workbook.reading import Cell, ErrorCell, plain

MAX_INT = 2_000_000_000


class CellFault(Exception):
    """A cell that can't mean what its column asks for."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def as_text(cell: Cell) -> str:
    """A cell as a person would read it aloud, full-width digits and signs brought to one form."""
    if isinstance(cell, ErrorCell):
        raise CellFault(cell.code, error=cell.text)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        cell = int(cell)
    if isinstance(cell, dt.datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == dt.time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    return plain(str(cell))


def text(longest: int = 200) -> Callable[[Cell], str]:
    """A name or a short remark on one line."""

    def parse(cell: Cell) -> str:
        value = re.sub(r"\s+", " ", as_text(cell))
        if len(value) > longest:
            raise CellFault("too_long", longest=longest)
        return value

    return parse


def prose(longest: int = 2000) -> Callable[[Cell], str]:
    """Words that people wrote for people: kept as they are but for the blanks around."""

    def parse(cell: Cell) -> str:
        value = cell.strip() if isinstance(cell, str) else as_text(cell)
        value = value.replace("\x00", "")
        if len(value) > longest:
            raise CellFault("too_long", longest=longest)
        return value

    return parse


def number(cell: Cell) -> float:
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise CellFault("not_a_number")
    if isinstance(cell, int | float):
        value = float(cell)
    else:
        written = re.sub(r"(小时|个|人|名|次|场|岁|h)$", "", as_text(cell)).replace(",", "").strip()
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", written):
            raise CellFault("not_a_number")
        value = float(written)
    if not math.isfinite(value) or abs(value) > MAX_INT:
        raise CellFault("not_a_number")
    return value


def between(least: float, most: float = MAX_INT) -> Callable[[Cell], float]:
    def parse(cell: Cell) -> float:
        value = number(cell)
        _within(value, least, most)
        return value

    return parse


def whole(least: int = 0, most: int = MAX_INT) -> Callable[[Cell], int]:
    def parse(cell: Cell) -> int:
        value = number(cell)
        if value != int(value):
            raise CellFault("not_whole")
        _within(value, least, most)
        return int(value)

    return parse


def _within(value: float, least: float, most: float) -> None:
    if value < 0 <= least:
        raise CellFault("negative")
    if value < least or value > most:
        raise CellFault("out_of_range", least=least, most=most)


def hours_as_minutes(cell: Cell) -> int:
    """Hours, halves allowed, as whole minutes."""
    return round(between(0, 1_000_000)(cell) * 60)


def as_hours(minutes: int) -> str:
    return f"{minutes / 60:g}"


def word_of(words: Mapping[str, Any]) -> Callable[[Any], str]:
    """The word that stands for a value: `one_of` the other way round."""
    return lambda value: next((word for word, meant in words.items() if meant == value), "")


YES = {"是", "有", "可", "可以", "同意", "已同意", "y", "yes", "√", "✓", "✔", "1", "true", "对"}
NO = {"否", "无", "不", "不可", "不可以", "不同意", "n", "no", "×", "✗", "✘", "x", "0", "false", "没有"}


def yes_no(cell: Cell) -> bool:
    word = as_text(cell).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellFault("not_yes_no")


def one_of(words: Mapping[str, Any]) -> Callable[[Cell], Any]:
    """One word of a fixed vocabulary, as what it stands for."""

    def parse(cell: Cell) -> Any:
        word = re.sub(r"\s+", "", as_text(cell))
        if word not in words:
            raise CellFault("unknown_word", words="、".join(words))
        return words[word]

    return parse


NOTHING = {"无", "没有", "暂无", "-", "—", "/", "\\", "none", "n/a"}


def listed(found: Iterable[str]) -> str:
    """`parts` the other way round."""
    return "；".join(found)


def parts(cell: Cell) -> list[str]:
    """`讲故事；急救、送餐`: what stands between semicolons, commas, pause marks and new lines, each once."""
    pieces = [re.sub(r"\s+", " ", piece).strip() for piece in re.split(r"[;,、，；\n|]", as_text(cell))]
    found = dict.fromkeys(piece for piece in pieces if piece)
    return [] if {piece.lower() for piece in found} <= NOTHING else list(found)


def words(longest: int = 40, most: int = 60) -> Callable[[Cell], list[str]]:
    def parse(cell: Cell) -> list[str]:
        found = parts(cell)
        if len(found) > most or any(len(piece) > longest for piece in found):
            raise CellFault("too_long", longest=longest)
        return found

    return parse
