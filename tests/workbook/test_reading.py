"""Files that are no workbooks, or too much of one; and what people do to sheets that are still to be read."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from hub.errors import Refused
from hub.workbook import reading
from hub.workbook.examine import examine
from hub.workbook.reading import ErrorCell, plain, read_workbook
from hub.workbook.template import write_workbook
from tests.workbook.files import SOUND, only, saved, workbook


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_workbook(data)
    return refused.value.code


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some of a part's markup replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


FIRST, SESSIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet6.xml"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"PK\x03\x04 not really",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        zipped(**{"word__document.xml": b"<w/>"}),
        zipped(**{"[Content_Types].xml": b"<Types/>"}),
        workbook()[:-200],
    ],
    ids=["empty", "text", "torn zip", "old xls", "other zip", "no parts", "cut off"],
)
def test_not_a_workbook(data: bytes) -> None:
    assert refusal(data) == "not_a_workbook"


def test_a_workbook_with_a_password_is_named() -> None:
    """A real one begins like this, and its directory names the stream that holds the encrypted file."""
    directory = "EncryptionInfo".encode("utf-16-le") + bytes(36) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + directory + bytes(600)) == "workbook_encrypted"


def test_a_workbook_with_macros_is_data() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert [sheet.name for sheet in read_workbook(rewritten(workbook(), "[Content_Types].xml", kind, macros))] == list(
        SOUND
    )


def test_too_large() -> None:
    assert refusal(bytes(reading.MAX_BYTES + 1)) == "file_too_large"


def test_a_zip_bomb_is_not_unpacked() -> None:
    huge = bytes(reading.MAX_UNPACKED_BYTES + 1)
    assert refusal(zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": huge})) == "unpacks_too_large"


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '
    assert refusal(rewritten(workbook(), FIRST, b"<worksheet ", bomb)) == "not_a_workbook"


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 10)
    assert refusal(workbook()) == "too_many_rows"


def test_a_row_far_below_costs_nothing() -> None:
    data = workbook(("场地", "A1000000", "双龙联合体"), ("场地", "B1000000", "远处"))
    sheets = {sheet.name: sheet for sheet in read_workbook(data)}
    assert sorted(sheets["场地"].rows) == [1, 2, 3, 1_000_000]


def test_of_a_formula_its_result_is_read() -> None:
    """As the spreadsheet program saved it; one that a program wrote without computing has none."""
    data = workbook(("场次", "I2", "=1+1"), ("场次", "I3", '=""'), ("场次", "I4", "=A1"))
    for old, new in (
        (b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"),
        (b'r="I3"><f>""</f><v />', b'r="I3" t="str"><f>""</f><v></v>'),
    ):
        data = rewritten(data, SESSIONS, old, new)
    sheet = next(one for one in read_workbook(data) if one.name == "场次")
    found = [sheet.rows[number].get(9) for number in (2, 3, 4)]
    assert found == [2, None, ErrorCell("=", "formula_without_result")]
    assert sheet.formulas == {(2, 9), (4, 9)}


@pytest.mark.parametrize(
    "written", ['t="n"><v>NaN</v>', 't="n"><v>12a</v>', 't="s"><v>99999</v>', 't="d"><v>gestern</v>']
)
def test_a_cell_that_cant_be_read_is_an_error_of_its_own(written: str) -> None:
    data = rewritten(workbook(("场次", "G2", 77)), SESSIONS, b't="n"><v>77</v>', written.encode())
    sheet = next(one for one in read_workbook(data) if one.name == "场次")
    assert isinstance(sheet.rows[2][7], ErrorCell)
    assert sheet.rows[3][7] == 12


def test_marks_that_nobody_sees_are_dropped() -> None:
    data = workbook(("场次", "I2", "带伞_x000D_\n_x0000__xD800_"), ("场次", "A2", "A\u200c1\u202e"))
    sheet = next(one for one in read_workbook(data) if one.name == "场次")
    assert (sheet.rows[2][9], plain(str(sheet.rows[2][1]))) == ("带伞\n", "A1")


@pytest.mark.django_db
def test_headers_said_again_are_no_row() -> None:
    rows = SOUND["场次"]
    found = examine(workbook(sheets={**SOUND, "场次": [rows[0], rows[0], rows[1], rows[0], *rows[2:]]}))
    assert (found.faults, [row.number for row in found.rows["场次"]]) == ([], [3, 5, 6])


def test_nothing_of_ours_becomes_a_formula() -> None:
    data = write_workbook({"场地": [["=1+1", "@x", 3, None]]})
    sheet = next(one for one in read_workbook(data) if one.name == "场地")
    assert (sheet.rows[2][1], sheet.formulas) == ("=1+1", set())


def names(data: bytes, sheet: str) -> list[str]:
    return [row.values[row.sheet.columns[0].field] for row in examine(data).rows[sheet]]


@pytest.mark.django_db
def test_merged_cells_speak_for_their_rows() -> None:
    book = load_workbook(io.BytesIO(workbook()))
    book["场地"].merge_cells("A2:A3")
    assert names(saved(book), "场地") == ["双龙联合体", "双龙联合体"]


@pytest.mark.django_db
def test_titles_blank_rows_and_other_columns_are_put_up_with() -> None:
    book = load_workbook(io.BytesIO(workbook()))
    page = book["场地"]
    page.insert_rows(1, 2)
    page["A1"] = "双龙联合体场地一览"
    page["F3"] = "我的备注"
    page["A9"] = "   "
    page["A3"] = "站点 名称 *"
    found = examine(saved(book))
    assert found.faults == []
    assert [row.number for row in found.rows["场地"]] == [4, 5]
    assert [(one.code, one.letter) for one in found.warnings] == [("column_ignored", "F")]


@pytest.mark.django_db
def test_columns_may_stand_in_any_order() -> None:
    rows = [[row[1], row[0], *row[2:]] for row in SOUND["场地"]]
    assert examine(workbook(sheets={**SOUND, "场地": rows})).faults == []


@pytest.mark.django_db
def test_a_missing_column_is_one_fault() -> None:
    rows = [row[1:] for row in SOUND["场次"]]
    found = examine(workbook(sheets={**SOUND, "场次": rows, **only("岗位需求")}))
    codes = [(one.sheet, one.row, one.column, one.code) for one in found.faults]
    assert codes[0] == ("场次", 1, "场次编号", "column_missing")


@pytest.mark.django_db
def test_other_sheets_are_named_and_left() -> None:
    found = examine(workbook(sheets={**SOUND, "说明": [["请勿删除"]]}))
    assert [(one.sheet, one.code) for one in found.warnings] == [("说明", "sheet_ignored")]


@pytest.mark.django_db
def test_a_workbook_of_something_else() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "账目"
    with pytest.raises(Refused) as refused:
        examine(saved(book))
    assert refused.value.code == "no_known_sheet"


@pytest.mark.django_db
def test_a_part_of_a_workbook_is_enough() -> None:
    assert examine(workbook(sheets=only("服务站点", "场地"))).faults == []


@pytest.mark.django_db
def test_the_template_has_nothing_to_do() -> None:
    found = examine(write_workbook())
    assert (found.faults, found.warnings, sum(len(rows) for rows in found.rows.values())) == ([], [], 0)
