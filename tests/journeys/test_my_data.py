"""A phone: everything kept is seen, taken along and erased, children apart; an office is handed over first."""

from __future__ import annotations

from collections.abc import Callable

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def own(start_server: Callable[..., Server]) -> Server:
    """People disappear here."""
    return start_server(DEMO="1")


def open_my_data(page: Page) -> str:
    """By the account's menu; who it is."""
    page.goto("/")
    me = page.request.get("/api/me").json()["person"]["name"]
    page.get_by_role("button", name=me).tap()
    page.get_by_role("button", name=say("ui.my_data")).tap()
    expect(page.get_by_role("heading", name=say("my_data.title"), level=1)).to_be_visible()
    return str(me)


def test_a_volunteer_sees_takes_along_and_leaves(
    own: Server, phone: Open, sign_in: SignIn, allow_console: Callable[[str], None]
) -> None:
    allow_console("401")  # what hears of the change before the page is gone
    page = phone(server=own)
    sign_in(page, "volunteer")
    name = open_my_data(page)
    page.get_by_role("main").get_by_text("我的班次", exact=True).tap()
    assert_axe_clean(page)
    screenshot(page, "my-data")
    with page.expect_download() as download:
        page.get_by_role("link", name=say("my_data.as_json")).tap()
    taken = orjson.loads(download.value.path().read_bytes())
    assert taken["people"][0]["parts"]["self"][0]["name"] == name
    with page.expect_download() as download:
        page.get_by_role("link", name=say("my_data.as_xlsx")).tap()
    assert download.value.suggested_filename == "renqi-my-data.xlsx"

    page.get_by_role("button", name=say("my_data.erase_me")).tap()
    dialog = page.get_by_role("dialog")
    erase = dialog.get_by_role("button", name=say("my_data.erase"), exact=True)
    expect(erase).to_be_disabled()
    dialog.get_by_text(say("my_data.understood")).tap()
    assert_axe_clean(page)
    screenshot(page, "my-data-erase")
    erase.tap()
    expect(page.get_by_role("heading", name=say("goodbye.title"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "goodbye")
    assert page.request.get("/api/me").json()["signed_in"] is False


def test_a_guardian_erases_the_children_apart(own: Server, phone: Open, sign_in: SignIn) -> None:
    page = phone(server=own)
    sign_in(page, "guardian")
    open_my_data(page)
    children = [who["name"] for who in page.request.get("/api/my-data").json() if who["child"]]
    first, *others = children
    page.get_by_role("button", name=say("my_data.erase_child", name=first)).tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(say("my_data.understood")).tap()
    dialog.get_by_role("button", name=say("my_data.erase"), exact=True).tap()
    expect(page.get_by_text(say("my_data.erased_child", name=first))).to_be_visible()
    assert [who["name"] for who in page.request.get("/api/my-data").json() if who["child"]] == others


def test_whoever_holds_an_office_hands_it_over_first(
    own: Server, phone: Open, sign_in: SignIn, allow_console: Callable[[str], None]
) -> None:
    allow_console("409")
    page = phone(server=own)
    sign_in(page, "social_worker")
    open_my_data(page)
    page.get_by_role("button", name=say("my_data.erase_me")).tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(say("my_data.understood")).tap()
    dialog.get_by_role("button", name=say("my_data.erase"), exact=True).tap()
    expect(dialog.get_by_role("alert")).to_have_text(like("errors.hand_over_first"))
