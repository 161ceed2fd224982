"""A phone and the desk: a sticker borrows, one tap renews, a reminder's link renews without signing in, a reserved book
comes back, is set aside and fetched; the snail is on its map."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

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

    # Fetched: whoever it was kept for is handed it at the desk.
    reader = next(
        one["name"]
        for one in family.request.get("/api/lending/mine").json()["readers"]
        if any(hold["book"]["id"] == book["id"] for hold in one["holds"])
    )
    desk.get_by_label(say("counter.who")).fill(reader)
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name=reader, exact=True).click()
    desk.get_by_label(say("counter.scan")).fill("JOURNEY1")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(like("counter.lent"))).to_be_visible()
    expect(family.get_by_text(like("held.ready"))).to_have_count(0)
    screenshot(desk, "lending-desk-fetched")

    family.goto("/books/mine")
    expect(family.get_by_text(book["name"]).first).to_be_visible()
    family.get_by_role("link", name=say("snail.open")).tap()
    expect(family.get_by_role("img", name=like("snail.map"))).to_be_visible()
    assert_axe_clean(family)
    screenshot(family, "snail")


DUE_SOON = """
import datetime as dt
from hub import clock
from hub.notify.models import Message
from hub.people.demo import face_of
from hub.people.models import Child
from programs.lending.circulation.announce import remind
from programs.lending.circulation.models import Loan
from tests.circulation.factories import lend_to
from tests.lending.factories import make_copy, make_title
child = Child.objects.filter(family__guardian=face_of("guardian")).order_by("pk").first()
loan = lend_to(make_copy(title=make_title(name="会唱歌的井")), child)
Message.objects.filter(template="books_soon").delete()  # one a day
Loan.objects.filter(pk=loan.pk).update(due_on=clock.today() + dt.timedelta(days=2))
remind()
print(child.person.name)
"""


def test_a_reminder_renews_without_signing_in(own: Server, phone: Open, sign_in: SignIn) -> None:
    name = own.run("shell", "--no-imports", "-c", DUE_SOON).strip().splitlines()[-1]
    family, hand = phone(server=own), phone(server=own)
    sign_in(family, "guardian")
    sent = family.request.get("/api/messages").json()["messages"]
    reminder = next(row for row in sent if row["template"] == "books_soon" and "会唱歌的井" in row["text"])
    hand.goto(urlsplit(reminder["link"]).path)  # written by a command, which knows no port
    expect(hand.get_by_role("heading", name=say("renew.question"))).to_be_visible()
    assert_axe_clean(hand)
    screenshot(hand, "renew-link")
    hand.get_by_role("button").filter(has_text=say("lent.renew")).tap()
    expect(hand.get_by_role("listitem").filter(has_text="会唱歌的井").get_by_text(like("renew.until"))).to_be_visible()
    assert_axe_clean(hand)
    screenshot(hand, "renew-link-done")
    # At home it is renewed, too.
    family.goto("/books/mine")
    family.get_by_role("tab", name=like("ours.tab", name=name)).tap()
    row = family.get_by_role("listitem").filter(has_text="会唱歌的井")
    expect(row.get_by_text(say("lent_why.renewed_enough"))).to_be_visible()
