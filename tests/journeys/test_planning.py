"""A coordinator plans a week, changes a place by hand and publishes; another coordinator's screen follows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def own(start_server: Callable[..., Server]) -> Server:
    """Publishing changes much: not the shared demo."""
    return start_server(DEMO="1")


def test_a_week_is_planned_changed_by_hand_and_published(
    own: Server, desktop: Open, phone: Open, sign_in: SignIn
) -> None:
    page, other = desktop(server=own), phone(server=own)
    for one in (page, other):
        sign_in(one, "administrator")
        one.goto("/planning")
    # The demo plans its next week by itself.
    publish = page.get_by_role("button", name="发布班表")
    expect(publish).to_be_visible(timeout=120_000)
    expect(other.get_by_role("button", name="发布班表")).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "planning-review")

    page.get_by_role("button", name="换站点再排").click()
    page.get_by_text("10秒 先看看").click()
    assert_axe_clean(page)
    screenshot(page, "planning-scope")
    page.get_by_role("button", name="开始排班").click()
    # The other screen was at the old proposal: it follows without a reload.
    expect(other.get_by_role("progressbar")).to_be_visible()
    screenshot(other, "planning-running")
    expect(publish).to_be_visible(timeout=120_000)

    row = page.locator("main li li li button").first
    name = row.locator("span").first.inner_text()
    row.click()
    page.get_by_role("button", name="固定", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(row).to_contain_text("手工固定")
    expect(other.get_by_role("button", name=re.compile(rf"{name}.*手工固定")).first).to_be_visible()
    row.click()
    assert_axe_clean(page)
    screenshot(page, "planning-row")
    page.get_by_role("button", name="关闭").click()

    publish.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("位班次有变化的志愿者发消息")
    dialog.get_by_role("button", name="发布班表").click()
    expect(page.get_by_role("heading", name="发到微信群")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("群里的文字")).to_have_value(re.compile("班表.*/shifts", re.DOTALL))
    expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()
    expect(other.get_by_text("班表已发布").first).to_be_visible()
    assert_axe_clean(page)
    assert_axe_clean(other)
    screenshot(page, "planning-published")
    screenshot(other, "planning-published")
