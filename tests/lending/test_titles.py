"""Titles and copies: what is written, refused, journaled; stickers and covers."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Role
from hub.pictures import shrink
from programs.lending.copies import add_copies, mark_copy, read_sticker
from programs.lending.covers import SIZE, put_cover
from programs.lending.labels import write_labels
from programs.lending.models import Copy, Sticker, Title
from programs.lending.stickers import LETTERS, check_letter, print_stickers, stick
from programs.lending.titles import About, add_title, edit_title
from tests.lending.factories import make_copy, make_isbn, make_title
from tests.support.clients import client_for
from tests.support.make import make_hub, make_person

pytestmark = pytest.mark.django_db


def refusal(call: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    return refused.value.code, refused.value.facts


def photo(size: tuple[int, int] = (1500, 2000), **values: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c8501e").save(out, "JPEG", **values)
    return out.getvalue()


def test_a_title_is_kept_in_one_form() -> None:
    staff = make_person()
    about = About(
        name=" 小　王子\n", isbn="7-02-004249-X", clc_code="ｉ565．88 ", authors="圣埃克苏佩里", published_year=2003
    )
    title = add_title(about=about, by=staff)
    assert (title.name, title.isbn, title.clc_code) == ("小 王子", "9787020042494", "I565.88")
    assert list(Entry.objects.values_list("action", "actor_id", "subject")) == [
        ("title.added", staff.pk, f"lending.title:{title.pk}")
    ]


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (About(name="《》"), "book_name_missing"),
        (About(name="书", isbn="9787020042495"), "isbn_check_digit"),
        (About(name="书", published_year=20033), "year_impossible"),
        (About(name="书", clc_code="儿童文学"), "clc_unreadable"),
        (About(name="书", clc_code="L12"), "clc_unreadable"),
    ],
)
def test_what_no_title_can_say(about: About, code: str) -> None:
    assert refusal(lambda: add_title(about=about, by=make_person()))[0] == code
    assert Title.objects.count() == 0


def test_an_isbn_is_one_title() -> None:
    isbn = make_isbn(7)
    first = add_title(about=About(name="一", isbn=isbn), by=make_person())
    assert refusal(lambda: add_title(about=About(name="二", isbn=isbn), by=make_person())) == (
        "isbn_known",
        {"title": first.pk},
    )
    other = add_title(about=About(name="三"), by=make_person())
    assert refusal(lambda: edit_title(title=other.pk, about=About(name="三", isbn=isbn), by=make_person())) == (
        "isbn_known",
        {"title": first.pk},
    )


def test_an_edit_says_which_fields_and_the_same_again_says_nothing() -> None:
    title = add_title(about=About(name="小网子"), by=make_person())
    about = About(name="小王子", publisher="人民文学出版社")
    for _ in range(2):
        edit_title(title=title.pk, about=about, by=make_person())
    assert list(Entry.objects.filter(action="title.edited").values_list("facts", flat=True)) == [
        {"fields": ["name", "publisher"]}
    ]


def test_copies_and_what_becomes_of_them() -> None:
    hub, staff, title = make_hub(), make_person(), make_title()
    one, two = add_copies(title=title.pk, hub=hub, count=2, by=staff)
    assert (one.state, one.sticker) == ("on_shelf", None)
    mark_copy(copy=one.pk, state="damaged", by=staff)
    mark_copy(copy=one.pk, state="damaged", by=staff)
    Copy.objects.filter(pk=two.pk).update(state="lent")
    assert refusal(lambda: mark_copy(copy=two.pk, state="lost", by=staff)) == ("copy_is_lent", {})
    assert refusal(lambda: mark_copy(copy=one.pk, state="lent", by=staff)) == ("state_not_by_hand", {})
    assert list(Entry.objects.order_by("pk").values_list("action", "chain", "facts")) == [
        ("copies.added", hub.pk, {"copies": [one.pk, two.pk]}),
        ("copy.marked", hub.pk, {"before": "on_shelf", "state": "damaged"}),
    ]


def test_a_sticker_is_on_one_copy() -> None:
    worn = make_copy(sticker="QJ0001")
    wanted = {"title": make_title().pk, "hub": make_hub(), "by": make_person()}
    assert refusal(lambda: add_copies(**wanted, sticker=" qj0001 ")) == ("sticker_taken", {"title": worn.title_id})
    assert refusal(lambda: add_copies(**wanted, sticker="QJ2", count=2)) == ("one_sticker_one_copy", {})


def test_codes_are_new_and_a_wrong_letter_is_noticed() -> None:
    hub = make_hub()
    sheets = [print_stickers(hub=hub, count=60, by=make_person()) for _ in range(2)]
    codes = list(Sticker.objects.values_list("code", flat=True))
    assert (len(codes), len(set(codes)), {sheet.stickers.count() for sheet in sheets}) == (120, 120, {60})
    assert {check_letter(code[:-1]) == code[-1] for code in codes} == {True}
    for place in range(7):
        for letter in LETTERS:
            wrong = codes[0][:place] + letter + codes[0][place + 1 :]
            assert (check_letter(wrong[:-1]) == wrong[-1]) == (wrong == codes[0])
    assert refusal(lambda: print_stickers(hub=hub, count=2401, by=make_person())) == (
        "too_many_stickers",
        {"most": 2400},
    )


def test_labels_show_each_free_code_once() -> None:
    sheet = print_stickers(hub=make_hub(name="双龙社区"), count=30, by=make_person())
    first, *rest = sheet.stickers.order_by("pk").values_list("code", flat=True)
    make_copy(sticker=first)
    pages = PdfReader(io.BytesIO(write_labels(sheet, "zh-hans"))).pages
    # Without blanks: where two letters stand apart a reader may see one.
    text = "".join("".join(page.extract_text().split()) for page in pages)
    shown = [code for code in [first, *rest] if code in text]
    assert (len(pages), shown) == (2, rest)


def test_a_scanned_sticker_is_read_from_its_address() -> None:
    assert {read_sticker(text) for text in ("http://renqi.example/b/K7QM2F9A", " k7qm 2f9a ", "Ｋ７ＱＭ２Ｆ９Ａ")} == {
        "K7QM2F9A"
    }


def test_a_new_sticker_on_a_book_makes_it_lendable() -> None:
    hub, staff = make_hub(), make_person()
    one, two, three = print_stickers(hub=hub, count=3, by=staff).stickers.all()
    made = stick(code=one.code, about=About(name="小王子"), photo=photo(), by=staff)
    assert (made.title.name, made.hub, made.state, made.sticker) == ("小王子", hub, "on_shelf", one.code)
    cover = Title.objects.get().cover
    assert default_storage.exists(f"covers/{cover}")
    known = stick(code=two.code, about=About(), title=made.title_id, photo=photo((900, 900)), by=staff)
    assert (known.title_id, Title.objects.get().cover) == (made.title_id, cover)  # the first photo stays
    assert refusal(lambda: stick(code=one.code, about=About(name="别的"), by=staff)) == (
        "sticker_taken",
        {"title": made.title_id},
    )
    assert refusal(lambda: stick(code=three.code, about=About(), by=staff)) == ("book_name_missing", {})
    assert refusal(lambda: stick(code="NOTPRINT", about=About(name="书"), by=staff))[0] == "not_found"


def test_a_photo_is_kept_upright_small_and_bare() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretPhone"  # lies on its side; who made the camera
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    kept = shrink(photo((2000, 1500), exif=exif), SIZE)
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", SIZE, {})
    assert b"SecretPhone" not in kept


@pytest.mark.parametrize("data", [b"", b"not a picture", photo()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    assert refusal(lambda: put_cover(title=make_title().pk, photo=data, by=make_person())) == ("photo_unreadable", {})


def test_a_cover_is_served_to_be_kept_for_good(client: Client) -> None:
    title = put_cover(title=make_title().pk, photo=photo(), by=make_person())
    answer = client.get(f"/covers/{title.cover}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == SIZE
    assert client.get(f"/covers/{'0' * 32}.jpg").status_code == 404


def test_who_sees_what_of_a_sticker(client: Client) -> None:
    hub = make_hub()
    keeper = client_for(make_person(Role.COORDINATOR, hub=hub))
    stranger = client_for(make_person(Role.COORDINATOR))
    worn, free = print_stickers(hub=hub, count=2, by=make_person()).stickers.all()
    copy = stick(code=worn.code, about=About(name="小王子"), by=make_person())

    def opened(by: Client, code: str) -> tuple[object, ...]:
        found = by.get(f"/api/stickers/{code}").json()
        book, held = found["book"], found["held"]
        return book and book["name"], held and (held["id"], held["state"]), found["takeable"]

    assert opened(keeper, worn.code) == ("小王子", (copy.pk, "on_shelf"), False)
    assert [opened(by, worn.code) for by in (client, stranger)] == [("小王子", None, False)] * 2
    assert [opened(by, free.code) for by in (keeper, client, stranger)] == [
        (None, None, True),
        (None, None, False),
        (None, None, False),
    ]
    assert client.get("/api/stickers/NOTPRINT").json() == {"code": "not_found", "facts": {"model": "sticker"}}


def test_the_desk_adds_finds_and_marks() -> None:
    hub = make_hub()
    desk = client_for(make_person(Role.COORDINATOR, hub=hub))

    def send(method: str, address: str, body: object = None) -> dict[str, object]:
        return desk.generic(method, address, body and _json(body), content_type="application/json").json()

    wish = {"book": {"name": "小王子", "isbn": "9787020042494"}, "copies": {"hub_id": hub.pk, "count": 2}}
    book = send("POST", "/api/books/desk", wish)
    assert (book["name"], book["copies"], book["free"], book["editable"]) == ("小王子", 2, 2, True)
    assert desk.get("/api/books/isbn?isbn=7-02-004249-X").json()["book"]["id"] == book["id"]
    assert desk.get("/api/books/isbn?isbn=12").json() == {"code": "isbn_length", "facts": {"digits": 2}}
    first = desk.get(f"/api/copies?hub_id={hub.pk}").json()["rows"][0]
    assert send("PATCH", f"/api/copies/{first['id']}", {"state": "damaged"})["state"] == "damaged"
    figures = desk.get("/api/books/desk").json()
    assert {key: figures[key] for key in ("titles", "copies", "on_shelf", "lent", "set_aside", "damaged", "lost")} == {
        "titles": 1,
        "copies": 2,
        "on_shelf": 1,
        "lent": 0,
        "set_aside": 0,
        "damaged": 1,
        "lost": 0,
    }
    shelves = desk.get("/api/books/shelves").json()
    assert (shelves["shelves"], [one["id"] for one in shelves["houses"]]) == ([{"code": "-", "titles": 1}], [hub.pk])
    made = send("POST", "/api/sticker-sheets", {"hub_id": hub.pk, "count": 48})
    assert [(one["id"], one["stickers"], one["worn"]) for one in desk.get("/api/sticker-sheets").json()] == [
        (made["id"], 48, 0)
    ]


def _json(body: object) -> bytes:
    import orjson

    return orjson.dumps(body)


@pytest.fixture(autouse=True)
def _files(own_files: None) -> None:
    """Covers go where the test's files go."""
