"""项目 in a week's workbook."""

from __future__ import annotations

from collections.abc import Iterable

from hub import clock
from hub.workbook.book import Book
from hub.workbook.cells import CellFault, as_text, prose, text, whole, words
from hub.workbook.reading import Cell
from hub.workbook.sheets import Column, Key, Row, Sheet, Values, register
from programs.kinds import all_kinds, kind_by_sheet_word
from programs.models import Program

FIELDS = ("name", "kind", "description", "age_min", "age_max", "equipment")


def kind_words() -> list[str]:
    return [kind.sheet_word for kind in all_kinds()]


def kind_word(code: str) -> str:
    return next((kind.sheet_word for kind in all_kinds() if kind.code == code), code)


def kind_code(cell: Cell) -> str:
    word = as_text(cell).replace(" ", "")
    kind = kind_by_sheet_word(word)
    if kind is None:
        raise CellFault("unknown_word", words="、".join(kind_words()))
    return kind.code


class Programs(Sheet):
    name = "项目"
    position = 5
    defines = "program"
    columns = (
        Column("项目名称", "name", text(100), required=True, width=26, example="社区儿童共读"),
        Column("类型", "kind", kind_code, required=True, shown=kind_word, choices=kind_words, example="共读"),
        Column("机构", "agency", text(100), required=True, width=26, example="春禾社会工作服务中心"),
        Column("说明", "description", prose(), blank="", width=40),
        Column("年龄下限", "age_min", whole(0, 120), example="4"),
        Column("年龄上限", "age_max", whole(0, 120), example="12"),
        Column("所需设备", "equipment", words(), blank=list, width=20, example="投影"),
    )

    def key(self, values: Values) -> Key:
        return (values["name"] or "",)

    def there(self, book: Book) -> Iterable[Values]:
        return [{"name": name} for name in Program.objects.order_by("pk").values_list("name", flat=True)]

    def load(self, rows: list[Row], book: Book) -> None:
        book.names["program"] = {(one.name,): one for one in Program.objects.select_related("agency")}

    def current(self, row: Row, book: Book) -> Values | None:
        program = book.names["program"].get(row.key)
        if program is None:
            return None
        return {name: getattr(program, name) for name in FIELDS} | {"agency": program.agency.name}

    def check(self, rows: list[Row], book: Book) -> None:
        for row in rows:
            book.refer(row, "agency", "agency", (row["agency"],))
            if row["age_min"] is not None and row["age_max"] is not None and row["age_min"] > row["age_max"]:
                book.fault(row, "age_max", "ages_reversed")

    def write(self, rows: list[Row], book: Book) -> None:
        programs = book.names["program"]
        for row in rows:
            program = programs.setdefault(row.key, Program())
            for name in FIELDS:
                setattr(program, name, row[name])
            program.agency = book.names["agency"][(row["agency"],)]
            program.changed_at = clock.now()
        Program.objects.bulk_create([programs[row.key] for row in rows if row.new])
        Program.objects.bulk_update(
            [programs[row.key] for row in rows if not row.new], [*FIELDS, "agency", "changed_at"]
        )


def program_facts(name: str, book: Book) -> Values:
    """Kind, agency and ages of a program once the workbook is imported."""
    for row in book.defined["program"].get((name,), []):
        if not row.faulty:
            return row.values
    program: Program = book.names["program"][(name,)]
    return {"agency": program.agency.name} | {field: getattr(program, field) for field in FIELDS}


register(Programs())
