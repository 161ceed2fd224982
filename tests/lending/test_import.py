"""Lists of books: what becomes of each record, whatever they are written in; twice changes nothing."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils.translation import override
from openpyxl import Workbook
from pymarc import Field, Indicators, Subfield
from pymarc import Record as MarcRecord

from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Role
from hub.places.models import Hub
from programs.lending.importing.importing import import_books
from programs.lending.importing.plan import Plan, by_outcome, examine
from programs.lending.models import Copy, Sought, Title
from tests.lending.factories import make_copy, make_isbn, make_title
from tests.support.clients import client_for
from tests.support.make import make_hub, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db

HEADERS = ["书名", "作者", "出版社", "出版年", "ISBN", "分类号", "条码", "册数", "站点"]


def xlsx(*rows: list[object], headers: list[str] = HEADERS) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in (headers, *rows):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(*rows: list[object], coding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in (HEADERS, *rows)).encode(coding)


def book(name: str, isbn: object = "", sticker: str = "", count: object = "", **other: object) -> list[object]:
    return [
        name, other.get("authors", ""), other.get("publisher", ""), other.get("year", ""), isbn,
        other.get("clc", ""), sticker, count, other.get("hub", ""),
    ]  # fmt: skip


@pytest.fixture
def hub(db: None) -> Hub:
    return make_hub(name="双龙社区")


def taken(data: bytes, hub: Hub) -> tuple[Plan, list[str]]:
    plan, _ = import_books(data=data, hub=hub)
    return plan, [record.outcome for record in plan.source.records]


def faults(plan: Plan) -> list[tuple[str, str, dict[str, object]]]:
    return [(one.place, one.code, one.facts) for one in plan.source.faults]


def everything() -> list[tuple[object, ...]]:
    titles = Title.objects.order_by("pk").values_list("name", "authors", "isbn", "clc_code", "published_year")
    copies = Copy.objects.order_by("pk").values_list("title__name", "hub__name", "sticker")
    return [*titles, *copies, *Sought.objects.order_by("pk").values_list("words", "hubs")]


def test_a_list_comes_in_and_twice_changes_nothing(hub: Hub) -> None:
    data = xlsx(
        book("小王子", 9787020042494, "QJ1", authors="圣埃克苏佩里", year="2003年8月", clc="I565.88"),
        book("小王子", "978-7-02-004249-4", "QJ2"),
        book("山里的孩子", count="3册"),
        book("山里的孩子"),
    )
    assert taken(data, hub)[1] == ["imported", "merged", "imported", "merged"]
    before = everything()
    assert before[:2] == [
        ("小王子", "圣埃克苏佩里", "9787020042494", "I565.88", 2003),
        ("山里的孩子", "", "", "", None),
    ]
    assert [one[0::2] for one in before[2:8]] == [("小王子", "QJ1"), ("小王子", "QJ2"), *[("山里的孩子", None)] * 4]
    assert taken(data, hub)[1] == ["same"] * 4
    assert everything() == before
    assert list(Entry.objects.values_list("action", "chain")) == [("books.imported", hub.pk)]


def test_what_is_refused_says_where_why_and_the_rest_comes_in(hub: Hub) -> None:
    make_copy(title=make_title(name="别的书"), sticker="TAKEN")
    plan, outcomes = taken(
        xlsx(
            book("好书"),
            book("", 9787020042494),
            book("抄错的", "9787020042495"),
            book("商品", "6901234567892"),
            book("一", sticker="QJ1"),
            book("二", sticker="qj1"),
            book("三", sticker="TAKEN"),
            book("四", count="很多"),
            book("五", hub="没有这个站"),
        ),
        hub,
    )
    assert outcomes == ["imported", *["refused"] * 3, "imported", *["refused"] * 4]
    assert faults(plan) == [
        ("Sheet!A3", "book_name_missing", {}),
        ("Sheet!E4", "isbn_check_digit", {"written": "5", "should": "4"}),
        ("Sheet!E5", "isbn_not_a_book", {}),
        ("Sheet!G7", "sticker_twice", {"other": 6}),
        ("Sheet!G8", "sticker_worn", {"name": "别的书"}),
        ("Sheet!H9", "count_impossible", {"most": 500}),
        ("Sheet!I10", "hub_unknown", {"name": "没有这个站"}),
    ]
    assert set(Title.objects.values_list("name", flat=True)) == {"好书", "一", "别的书"}


def test_a_known_title_is_filled_in_and_never_written_over(hub: Hub) -> None:
    title = make_title(name="小王子", isbn="9787020042494", authors="圣埃克苏佩里")
    row = book("小王子（新版）", 9787020042494, authors="某某", publisher="人民文学出版社", clc="I565.88")
    plan, outcomes = taken(xlsx(row), hub)
    title.refresh_from_db()
    assert outcomes == ["merged"]
    assert (title.name, title.authors, title.publisher, title.clc_code) == (
        "小王子", "圣埃克苏佩里", "人民文学出版社", "I565.88",
    )  # fmt: skip
    assert [(one.column, one.file_value, one.app_value) for one in plan.source.conflicts] == [
        ("书名", "小王子（新版）", "小王子"),
        ("作者", "某某", "圣埃克苏佩里"),
    ]


def test_columns_are_named_as_the_file_heads_them_and_where_it_does_not_in_the_readers_language(hub: Hub) -> None:
    rows: list[list[object]] = [["小王子", "QJ1", "3册"]]
    source = examine(xlsx(*rows, headers=["* 题名", "条码号", "复本数："]), hub=hub).source
    assert source.headers == {"name": "题名", "sticker": "条码号", "count": "复本数"}
    assert [one.column for one in source.faults] == ["复本数"]
    make_title(name="小王子", isbn="9787020042494", authors="圣埃克苏佩里")
    for language, word in (("zh-hans", "作者"), ("en", "Author")):
        with override(language):
            assert [one.column for one in examine(marc(*CNMARC), hub=hub).source.conflicts] == [word]


def test_a_book_without_an_isbn_is_the_same_by_what_is_said_of_it(hub: Hub) -> None:
    said = {"authors": "李明", "publisher": "重庆出版社", "year": 1998}
    assert taken(xlsx(book("老街", **said)), hub)[1] == ["imported"]
    isbn = make_isbn(1)
    assert taken(xlsx(book("《老街》", isbn, **said), book("老街", **said | {"year": 2001})), hub)[1] == [
        "merged",
        "imported",
    ]
    assert sorted(Title.objects.values_list("name", "isbn", "published_year")) == [
        ("老街", "", 2001),
        ("老街", isbn, 1998),
    ]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_csv_in_any_of_its_codings(coding: str, hub: Hub) -> None:
    assert (
        taken(as_csv(book("小王子", "9787020042494"), book("綦江的山", authors="王明"), coding=coding), hub)[1]
        == ["imported"] * 2
    )
    assert list(Title.objects.order_by("pk").values_list("name", "authors")) == [("小王子", ""), ("綦江的山", "王明")]


def test_bytes_that_are_no_letters_refuse_their_row_alone(hub: Hub) -> None:
    data = as_csv(book("小王子"), book("XX"), book("老街")).replace(b"XX", b"\xe5\xb0\xff\xfe")
    plan, outcomes = taken(data, hub)
    assert outcomes == ["imported", "refused", "imported"]
    assert faults(plan) == [("CSV!A3", "unreadable_text", {})]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_title_column"),
        (b"\x00\x01\x02", "not_a_list"),
        (b"PK\x03\x04 broken", "not_a_workbook"),
        (xlsx(["x"], headers=["没有"]), "no_title_column"),
        (xlsx(), "nothing_in_it"),
        ("作者,出版社\n甲,乙".encode(), "no_title_column"),
    ],
)
def test_what_is_no_list_of_books(data: bytes, code: str, hub: Hub) -> None:
    with pytest.raises(Refused) as refused:
        examine(data, hub=hub)
    assert refused.value.code == code


def marc(*fields: tuple[str, str], coding: str = "utf-8", leader: str = "") -> bytes:
    """ISO 2709: `("200", "a小王子|f圣埃克苏佩里")`."""
    record = MarcRecord(leader=leader or f"00000nam {'a' if coding == 'utf-8' else ' '}2200000   450 ")
    for tag, text in fields:
        parts = [Subfield(part[0], part[1:]) for part in text.split("|")]
        record.add_field(Field(tag, indicators=Indicators(" ", " "), subfields=parts))
    if coding == "utf-8":
        return record.as_marc()
    # The lengths are of bytes: written as UTF-8's they would be wrong.
    body, directory = b"", b""
    for field in record.fields:
        data = b"  " + b"".join(b"\x1f" + (one.code + one.value).encode(coding) for one in field.subfields) + b"\x1e"
        directory += f"{field.tag}{len(data):04d}{len(body):05d}".encode()
        body += data
    start = 24 + len(directory) + 1
    head = f"{start + len(body) + 1:05d}nam  22{start:05d}   450 ".encode()
    return head + directory + b"\x1e" + body + b"\x1d"


CNMARC = (
    ("010", "a978-7-02-004249-4|dCNY22.00"),
    ("200", "a小王子|e插图本|f(法)圣埃克苏佩里著|g马振骋译"),
    ("210", "a北京|c人民文学出版社|d2003.8"),
    ("330", "a一个住在小星球上的王子。"),
    ("690", "aI565.88|v4"),
    ("905", "bQJ0001|dI565.88"),
)


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_cnmarc_in_utf_8_and_in_gbk(coding: str, hub: Hub) -> None:
    broken = marc(("200", "a坏记录"), coding=coding)[:30] + b"\x1d"
    data = marc(*CNMARC, coding=coding) + broken + marc(("200", "a老街"), ("010", "a9787020042495"), coding=coding)
    plan, outcomes = taken(data, hub)
    assert outcomes == ["imported", "refused", "refused"]
    assert faults(plan) == [
        ("MARC!2", "record_broken", {}),
        ("MARC!010a#3", "isbn_check_digit", {"written": "5", "should": "4"}),
    ]
    title = Title.objects.get()
    assert (title.name, title.subtitle, title.authors, title.publisher, title.published_year, title.isbn) == (
        "小王子", "插图本", "(法)圣埃克苏佩里著", "人民文学出版社", 2003, "9787020042494",
    )  # fmt: skip
    assert (title.clc_code, title.summary, title.copies.get().sticker) == (
        "I565.88",
        "一个住在小星球上的王子。",
        "QJ0001",
    )
    assert taken(data, hub)[1] == ["same", "refused", "refused"]


def test_marc_21_and_marc_8(hub: Hub) -> None:
    utf8 = marc(
        ("020", "a9780804429573 (pbk.)"),
        ("245", "aThe little prince /|cAntoine de Saint-Exupéry."),
        ("260", "aNew York :|bHarcourt,|cc1943."),
    )
    accents = marc(("245", "aCaf__ stories"), coding="latin-1").replace(b"Caf__", b"Caf\xe2e")  # MARC-8: accent first
    _, outcomes = taken(utf8 + accents, hub)
    assert outcomes == ["imported", "imported"]
    assert list(Title.objects.order_by("pk").values_list("name", "authors", "publisher", "published_year")) == [
        ("The little prince", "Antoine de Saint-Exupéry", "Harcourt", 1943),
        ("Caf\u00e9 stories", "", "", None),
    ]


SAMPLES = Path(__file__).with_name("marc")


@pytest.mark.parametrize(
    ("file", "outcomes", "first"),
    [
        ("testunimarc.dat", ["imported"], ("L'altra faccia della spirale", "Isaac Asimov", "9788804406822")),
        ("marc8.dat", ["imported"], ("Escape from loneliness", "by Paul Tournier ; translated by John S. Gilmour", "")),
        ("marc.dat", ["imported"] * 20, ("The pragmatic programmer", "Andrew Hunt, David Thomas", "9780201616224")),
        (
            "bad_records.mrc",
            ["imported", *["refused"] * 6, "merged", "refused"],
            ("The pragmatic programmer", "Andrew Hunt, David Thomas", ""),
        ),
    ],
)
def test_records_of_other_libraries(file: str, outcomes: list[str], first: tuple[str, ...], hub: Hub) -> None:
    plan, found = taken((SAMPLES / file).read_bytes(), hub)
    about = plan.source.records[0].about
    assert (found, (about.name, about.authors, about.isbn)) == (outcomes, first)


def five_thousand() -> bytes:
    return xlsx(
        *(
            book(
                f"第{n}本书", make_isbn(900_000 + n) if n % 3 else "", f"B{n}" if n % 2 else "", authors=f"作者{n % 70}"
            )
            for n in range(5_000)
        )
    )


def test_five_thousand_in_as_many_queries_as_five_hundred_and_within_seconds(hub: Hub) -> None:
    data = five_thousand()
    started = time.monotonic()
    _, outcomes = taken(data, hub)
    assert outcomes == ["imported"] * 5_000
    assert time.monotonic() - started < 60  # a guard against a query a record, not a measurement
    few = xlsx(*(book(f"第{n}本书", authors=f"作者{n % 70}") for n in range(0, 300, 3)))
    assert count_queries(lambda: examine(data, hub=hub)) == count_queries(lambda: examine(few, hub=hub)) + 3


def test_the_command_tells_every_record(tmp_path: Path, capsys: pytest.CaptureFixture[str], hub: Hub) -> None:
    file = tmp_path / "books.xlsx"
    file.write_bytes(xlsx(book("好书"), book("抄错的", "9787020042495")))

    def run(*more: str) -> dict[str, object]:
        with pytest.raises(SystemExit):
            call_command("import_books", str(file), "--json", *more)
        return json.loads(capsys.readouterr().out)

    dry = run("--dry-run")
    assert (dry["written"], Title.objects.count()) == (False, 0)
    told = run()
    assert {key: told[key] for key in ("written", "imported", "merged", "same", "refused")} == {
        "written": True, "imported": 1, "merged": 0, "same": 0, "refused": 1,
    }  # fmt: skip
    good, bad = told["records"]
    assert good == {"row": 2, "name": "好书", "outcome": "imported"}
    assert {key: bad[key] for key in ("row", "outcome", "place", "code")} == {
        "row": 3, "outcome": "refused", "place": "Sheet!E3", "code": "isbn_check_digit",
    }  # fmt: skip
    assert by_outcome(import_books(data=file.read_bytes(), hub=hub)[0])["same"] == 1


def test_the_page_looks_first_and_then_confirms(hub: Hub) -> None:
    client = client_for(make_person(Role.COORDINATOR, hub=hub))
    file = SimpleUploadedFile("书.xlsx", xlsx(book("好书"), book("抄错的", "9787020042495")))
    preview = client.post("/api/book-imports", {"hub_id": hub.pk, "file": file}).json()
    assert (preview["state"], preview["sheets"], Title.objects.count()) == (
        "preview",
        [{"sheet": "Sheet", "created": 1, "changed": 0, "same": 0, "faulty": 1}],
        0,
    )
    assert [(one["letter"], one["row"], one["value"]) for one in preview["faults"]] == [("E", 3, "9787020042495")]
    assert [row["row"] for row in preview["grids"][0]["rows"]] == [2, 3]
    assert client.get(f"/api/book-imports/{preview['id']}").json() == preview
    done = client.post(f"/api/book-imports/{preview['id']}/confirm").json()
    assert (done["state"], Title.objects.get().name) == ("confirmed", "好书")
    again = client.post(f"/api/book-imports/{preview['id']}/confirm").json()
    assert again["code"] == "already_imported"
    assert client.get("/api/imports").json() == []  # the week's own list doesn't have it
