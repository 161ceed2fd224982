"""A phone and the desk: a sticker borrows, one tap renews, a reserved book comes back, is set aside and fetched; the
snail is on its map."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def own(start_server: Callable[..., Server]) -> Server:
    """Books go in and out here."""
    return start_server(DEMO="1")


def csrf(page: Page) -> dict[str, str]:
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    return {"X-CSRFToken": token}


def test_a_book_goes_out_and_comes_back(own: Server, phone: Open, desktop: Open, sign_in: SignIn) -> None:
    family, desk = phone(server=own), desktop(server=own)
    sign_in(family, "guardian")
    sign_in(desk, "coordinator")
    hub = desk.request.get("/api/lending/hubs").json()[0]["id"]
    books = desk.request.get(f"/api/books?hub_id={hub}").json()["rows"]
    book = books[0]
    made = desk.request.post(
        f"/api/books/{book['id']}/copies", data={"hub_id": hub, "sticker": "JOURNEY1"}, headers=csrf(desk)
    )
    assert made.status == 201

    family.goto("/b/JOURNEY1")
    expect(family.get_by_role("button", name=say("take.verb"))).to_be_visible()
    assert_axe_clean(family)
    screenshot(family, "borrow-sticker")
    family.get_by_role("button", name=say("take.verb")).tap()
    expect(family.get_by_text(like("take.done"))).to_be_visible()
    family.get_by_role("link", name=say("take.mine")).tap()
    expect(family.get_by_role("heading", name=say("ours.title"), level=1)).to_be_visible()
    assert_axe_clean(family)
    screenshot(family, "our-books")
    family.get_by_role("button", name=say("lent.renew_which", book=book["name"])).tap()
    expect(family.get_by_text(say("lent_why.renewed_enough")).first).to_be_visible()

    desk.goto("/books/counter")
    desk.get_by_label(say("counter.scan")).fill("JOURNEY1")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(like("counter.back"))).to_be_visible()
    assert_axe_clean(desk)
    screenshot(desk, "lending-desk")

    family.goto(f"/books/{book['id']}")
    family.get_by_role("button", name=say("held.ask"), exact=True).tap()
    expect(family.get_by_text(like("held.ready"))).to_be_visible()
    assert_axe_clean(family)
    screenshot(family, "reserve-book")
    expect(desk.get_by_text(book["name"]).last).to_be_visible()

    family.goto("/books/mine")
    family.get_by_role("link", name=say("snail.open")).tap()
    expect(family.get_by_role("img", name=like("snail.map"))).to_be_visible()
    assert_axe_clean(family)
    screenshot(family, "snail")
