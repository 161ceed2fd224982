"""Books: found on a family's phone, put on the shelf by a sticker and a photo, taken in as a list."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
TOLD = "月亮掉进綦江里"


def csrf(page: Page) -> dict[str, str]:
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    return {"X-CSRFToken": token}


def test_a_book_is_found_on_a_phone_by_its_initials(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    page.goto("/books")
    expect(page.get_by_role("button", name=say("shelf.I"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "books")
    page.get_by_role("searchbox").fill("yldjqjl")
    found = page.get_by_role("link", name=TOLD)
    expect(found).to_have_count(1)
    screenshot(page, "books-found")
    found.tap()
    expect(page.get_by_role("heading", level=1, name=TOLD)).to_be_visible()
    expect(page.get_by_role("heading", name=say("book.where"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "book")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("yldjqjl")


def test_a_donated_book_is_lendable_after_one_scan(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "coordinator")
    page.goto("/books/desk")
    expect(page.get_by_role("heading", name=say("add.title"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "book-desk")
    hub = page.request.get("/api/books/desk").json()["hubs"][0]["id"]
    wish = {"hub_id": hub, "count": 1}
    sheet = page.request.post("/api/sticker-sheets", data=wish, headers=csrf(page)).json()
    code = printed_code(page, sheet["id"])
    page.goto(f"/b/{code}")
    page.get_by_label(say("field.name")).fill("捐来的旧书")
    page.locator("input[type=file]").set_input_files({"name": "cover.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    assert_axe_clean(page)
    screenshot(page, "sticker")
    page.get_by_role("button", name=say("sticker.put"), exact=True).tap()
    expect(page.get_by_role("heading", level=1, name=say("sticker.done"))).to_be_visible()
    expect(page.locator("img[src^='/covers/']")).to_be_visible()
    screenshot(page, "sticker-done")
    other = phone()
    other.goto(f"/b/{code}")
    expect(other.get_by_role("heading", level=1, name="捐来的旧书")).to_be_visible()
    expect(other.get_by_role("link", name=say("sticker.sign_in"))).to_be_visible()


def test_a_list_is_looked_at_and_then_taken_in(desktop: Open, sign_in: SignIn, tmp_path: Path) -> None:
    file = tmp_path / "书目.csv"
    file.write_text("书名,ISBN,册数\n新来的书,,2\n抄错的书,9787020042495,1\n", encoding="gb18030")
    page = desktop()
    sign_in(page, "coordinator")
    page.goto("/books/import")
    page.locator("input[type=file]").set_input_files(file)
    confirm = page.get_by_role("button", name=say("list.confirm", n=1))
    expect(confirm).to_be_visible()
    expect(page.get_by_role("link", name="CSV!B3")).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "book-import")
    confirm.click()
    expect(page.get_by_role("heading", name=say("list.done", created=1, changed=0))).to_be_visible()
    rows = page.request.get("/api/books?q=新来的书").json()["rows"]
    assert [(one["name"], one["copies"]) for one in rows] == [("新来的书", 2)]


def printed_code(page: Page, sheet: int) -> str:
    """As it stands on the printed label."""
    import re

    from pypdf import PdfReader

    paper = page.request.get(f"/api/sticker-sheets/{sheet}/file").body()
    text = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    found = re.search(r"\b([2-9A-Z]{4}) ([2-9A-Z]{4})\b", text)
    assert found
    return found[1] + found[2]


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "#345a86").save(out, "JPEG")
    return out.getvalue()
