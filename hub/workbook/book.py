"""One workbook on its way in: its rows, what is wrong with them, and the names they refer to each other by."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from hub import clock
from hub.workbook.cells import CellFault, as_text
from hub.workbook.sheets import Key, Row, Sheet

if TYPE_CHECKING:
    from hub.access.actor import Actor


@dataclass(frozen=True)
class Finding:
    """A fault or a warning, at one cell."""

    sheet: str
    row: int
    """0 is the sheet as a whole."""
    column: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    letter: str = ""
    value: str = ""
    label: str = ""
    """What the row is about, for a person to know it by."""

    @property
    def place(self) -> str:
        """As spreadsheets name it: `场次!E12`."""
        return f"{self.sheet}!{self.letter}{self.row}" if self.row else self.sheet


@dataclass(frozen=True)
class Difference:
    """A cell that says something else in the file and in the app."""

    sheet: str
    row: int
    column: str
    letter: str
    file_value: str
    app_value: str
    private: bool
    label: str


@dataclass
class Book:
    """`actor` is who imports; none is the command line, which may do all."""

    actor: Actor | None = None
    week: dt.date = field(default_factory=lambda: clock.monday_of(clock.today()))
    week_told: bool = False
    """Whether the file or whoever imports it says which week it is."""
    shift: dt.timedelta = dt.timedelta()
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    """Sheet -> field -> column letter in this file."""
    header_rows: dict[str, int] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    """Cells of known rows that the file changes."""
    conflicts: list[Difference] = field(default_factory=list)
    """Cells changed in both since they last agreed."""
    names: dict[str, dict[Key, Any]] = field(default_factory=lambda: defaultdict(dict))
    """Kind -> name -> what the database has under it."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What each sheet keeps for itself."""
    defined: dict[str, dict[Key, list[Row]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    news: dict[str, dict[str, dict[str, set[int]]]] = field(default_factory=dict)
    nameless: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Kind -> rows that define a name, but which one is at fault."""
    held: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    """What is locked until all is written."""
    _excused: dict[str, set[Key]] = field(default_factory=dict)
    unknown: dict[tuple[str, Key], Finding] = field(default_factory=dict)
    """Kind and name nobody knows -> its fault, where the name stands first."""

    def good(self, sheet: Sheet) -> list[Row]:
        return [row for row in self.rows[sheet.name] if not row.faulty]

    def to_write(self, sheet: Sheet) -> list[Row]:
        return [row for row in self.good(sheet) if row.to_write]

    def fault(self, row: Row, name: str, code: str, /, **facts: Any) -> None:
        row.faulty = True
        self.faults.append(self._finding(row, name, code, facts))

    def warn(self, row: Row, name: str, code: str, /, **facts: Any) -> None:
        self.warnings.append(self._finding(row, name, code, facts))

    def _finding(self, row: Row, name: str, code: str, facts: dict[str, Any]) -> Finding:
        return Finding(
            sheet=row.sheet.name,
            row=row.number,
            column=row.sheet.column(name).header,
            code=code,
            facts=facts,
            letter=self.letters[row.sheet.name].get(name, ""),
            value=show(row.cells.get(name)),
            label=row.label,
        )

    def refer(self, row: Row, name: str, kind: str, key: Key, **facts: Any) -> bool:
        """Whether the name that the row's field `name` says is there.

        A name nobody knows is reported once, where it stands first. A row that refers to a faulty row is not at fault,
        nor is one that may: what a faulty row without a good name would have been called, nobody can say.
        """
        definers = self.defined[kind].get(key) or self._misplaced(kind, key)
        if key in self.names[kind] or any(not one.faulty for one in definers):
            return True
        row.faulty = True
        if not definers and not self._may_be_a_nameless_one(kind, key):
            earlier = self.unknown.get((kind, key))
            if earlier:
                earlier.facts["times"] += 1
            else:
                self.fault(row, name, f"unknown_{kind}", name="/".join(key), times=1, **facts)
                self.unknown[kind, key] = self.faults[-1]
        return False

    def _misplaced(self, kind: str, key: Key) -> list[Row]:
        """Faulty rows that define the same name within something else: a room under a site that is misspelled."""
        if len(key) == 1:
            return []
        return [row for name, rows in self.defined[kind].items() if name[1:] == key[1:] for row in rows if row.faulty]

    def _may_be_a_nameless_one(self, kind: str, key: Key) -> bool:
        """Each nameless row excuses one name, wherever that stands."""
        excused = self._excused.setdefault(kind, set())
        if key not in excused and len(excused) < self.nameless[kind]:
            excused.add(key)
        return key in excused

    def tell(self, topic: str, kind: str, model: str, pk: int) -> None:
        """Have `publish` say so, once a topic and kind, when all is written."""
        self.news.setdefault(topic, {}).setdefault(kind, defaultdict(set))[model].add(pk)

    @property
    def acting(self) -> Actor:
        assert self.actor is not None, "only somebody takes a workbook out"
        return self.actor

    @property
    def by_id(self) -> int | None:
        return self.actor.person.pk if self.actor else None


def show(value: Any, longest: int = 60) -> str:
    """A value for a person to recognize it by."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.tzinfo:
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, str):
        text = value.strip()
    elif isinstance(value, list):
        text = "；".join(show(one) for one in value)
    elif isinstance(value, tuple):
        text = " ".join(show(one) for one in value if one not in ("", None))
    else:
        try:
            text = as_text(value)
        except CellFault as fault:
            text = str(fault.facts.get("error", ""))
    return text if len(text) <= longest else text[: longest - 1] + "…"
