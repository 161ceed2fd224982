"""The first run without a demo: the terminal's link, three steps, an empty board that says what to do, the template."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import say

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def bare(start_server: Callable[..., Server]) -> Server:
    return start_server(DEMO="0")


def setup_link(server: Server) -> str:
    """As the terminal shows it."""
    log = server.log.read_text(encoding="utf-8")
    return next(word for word in log.split() if "/setup#" in word).partition(server.url)[2]


def fill(page: Page, **fields: str) -> None:
    for text_id, value in fields.items():
        page.get_by_label(say(f"setup.{text_id.replace('__', '.')}")).fill(value)


def test_the_link_leads_to_an_empty_week_and_its_template(desktop: Open, bare: Server) -> None:
    page = desktop(server=bare)
    page.goto(setup_link(bare))
    next_step = page.get_by_role("button", name=say("setup.next"), exact=True)
    expect(page.get_by_role("heading", name=say("setup.administrator"), exact=True)).to_be_visible()
    next_step.click()
    expect(page.get_by_text(say("setup.missing"), exact=True)).to_be_visible()
    assert_axe_clean(page)
    fill(page, administrator__name="王立新", administrator__phone="199000000009")
    next_step.click()
    fill(page, district__name="綦江区")
    next_step.click()
    fill(page, hub__name="双龙社区慈善救助服务联合体")
    screenshot(page, "setup")
    page.get_by_role("button", name=say("setup.finish"), exact=True).click()
    expect(page.get_by_role("heading", name=say("setup.done"), exact=True)).to_be_visible()
    assert_axe_clean(page)

    with page.expect_download() as taken:
        page.get_by_role("link", name=say("setup.template"), exact=True).click()
    book = load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    assert {"服务站点", "场次", "岗位需求", "志愿者", "家庭"} <= set(book.sheetnames)

    page.goto("/week")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert_axe_clean(page)
    screenshot(page, "first-run-week")
    expect(page.locator('main a[href="/import"]')).to_be_visible()
    for address in ("/today", "/planning", "/import", "/roles", "/calendars", "/messages"):
        page.goto(address)
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_load_state("networkidle")
        assert_axe_clean(page)
        screenshot(page, f"first-run{address.replace('/', '-')}")


def test_the_link_works_once(phone: Open, bare: Server) -> None:
    page = phone(server=bare)
    page.goto("/setup#anything")
    expect(page.get_by_role("heading", name=say("setup.closed"), exact=True)).to_be_visible()
    assert page.request.post("/api/demo/sign-in", data={"role": "administrator"}).status in (403, 404)
