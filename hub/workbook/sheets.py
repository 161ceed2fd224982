"""What a sheet is, and which there are. An app registers its own from its `sheets` module; this package knows none.

Sheets are read, checked and written in the order they were registered, which is the apps' order: what a sheet refers to
comes before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from hub.workbook.cells import as_text
from hub.workbook.reading import Cell, plain

if TYPE_CHECKING:
    from hub.workbook.book import Book

Values = dict[str, Any]
Key = tuple[str, ...]
Touched = Mapping[type[Model], Iterable[int]]


@dataclass(frozen=True)
class Column:
    header: str
    field: str
    parse: Callable[[Cell], Any] = as_text
    required: bool = False
    """A blank cell is a fault, and so is a workbook whose sheet lacks the column."""
    may_lack: bool = False
    """Required of new rows alone: those that are known may go without."""
    blank: Any = None
    """What a blank cell means."""
    moves: bool = False
    """Its dates go along when a workbook is taken as another week's."""
    weekly: bool = False
    """What it says holds for the workbook's week only."""
    private: bool = False
    """Not shown beside the app's value: only that they differ."""
    stays: bool = False
    """What it holds leaves the app in no file."""
    shown: Callable[[Any], str] | None = None
    """Writes a value as the sheet would, where that is not plain."""
    width: int = 14
    choices: Callable[[], Sequence[str]] | None = None
    example: str = ""


@dataclass
class Row:
    sheet: Sheet
    number: int
    cells: dict[str, Cell]
    """As read, by field."""
    values: Values
    """What holds once it is imported: the file's values, the app's where those stay."""
    key: Key = ()
    faulty: bool = False
    new: bool = True
    write: set[str] = field(default_factory=set)
    """Fields to be written; all of a new row's."""

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def label(self) -> str:
        return canonical(self.values.get(self.sheet.label_field or self.sheet.columns[0].field))

    @property
    def to_write(self) -> bool:
        return self.new or bool(self.write)


class Sheet:
    """One kind of row. Subclasses hold no state: what they know of one workbook stands in the Book."""

    name: str
    columns: Sequence[Column]
    position: int
    """Among the sheets of a workbook; the template has them in this order."""
    defines: str = ""
    """The kind of name that its rows define (`hub`): what other sheets refer to."""
    also_names: Sequence[str] = ()
    """Further kinds of names that only its rows bring (`community`)."""
    label_field: str = ""
    """What people know a row by, where that is not its first column."""
    week_field: str = ""
    """The column whose moments tell the workbook's week."""

    def key(self, values: Values) -> Key:
        """What names the row, now and when it is imported again."""
        raise NotImplementedError

    def defined(self, row: Row) -> Key:
        """The name it defines, where that is not its key."""
        return row.key

    def tidy(self, row: Row, book: Book) -> None:
        """Complete a row's values from each other, before anything is compared."""

    def there(self, book: Book) -> Iterable[Values]:
        """What names each row that `book.actor` may take out for the book's week: enough for `key` and `load`."""
        return ()

    def load(self, rows: list[Row], book: Book) -> None:
        """Fetch what the database has: names into `book.names`, the rest into `book.kept[self.name]`."""

    def current(self, row: Row, book: Book) -> Values | None:
        """The values the database has for the row's key; None when there is no such row."""
        raise NotImplementedError

    def check(self, rows: list[Row], book: Book) -> None:
        """Find what is wrong beyond single cells: `book.fault`, `book.warn`, `book.refer`."""

    def touched(self, rows: list[Row], book: Book) -> Touched:
        """What the rows to be written touch that others write too, to be locked before anything is written."""
        return {}

    def prepare(self, rows: list[Row], book: Book) -> None:
        """Under the locks: look again, and let go of what will be held anew. Refused("changed_meanwhile")."""

    def write(self, rows: list[Row], book: Book) -> None:
        """Bring rows that are new or changed to the database, and new names into `book.names`."""
        raise NotImplementedError

    def column(self, name: str) -> Column:
        return next(one for one in self.columns if one.field == name)


_sheets: list[Sheet] = []


def register(*sheets: Sheet) -> None:
    _sheets.extend(sheets)


def all_sheets() -> list[Sheet]:
    return list(_sheets)


def sheet_named(name: str) -> Sheet | None:
    return next((sheet for sheet in _sheets if plain(sheet.name) == name), None)


def canonical(value: Any) -> str:
    """One text for one meaning, to compare by: the order of a list does not matter, nor does the zone of a moment."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, list | set | frozenset):
        return "；".join(sorted(canonical(one) for one in value))
    if isinstance(value, tuple):
        return " ".join(canonical(one) for one in value if canonical(one))
    return str(value)
