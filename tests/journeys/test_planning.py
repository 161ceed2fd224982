"""A coordinator plans a week, changes a place by hand and publishes; another coordinator's screen follows."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def test_a_week_is_planned_changed_by_hand_and_published(desktop: Open, phone: Open, sign_in: SignIn) -> None:
    page, other = desktop(), phone()
    for one in (page, other):
        sign_in(one, "administrator")
        one.goto("/planning")
    # The demo plans its next week by itself.
    publish = page.get_by_role("button", name=say("plan.publish"))
    expect(publish).to_be_visible(timeout=120_000)
    expect(other.get_by_role("button", name=say("plan.publish"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "planning-review")

    page.get_by_role("button", name=say("plan.change_scope")).click()
    page.get_by_text(say("plan.length_10")).click()
    assert_axe_clean(page)
    screenshot(page, "planning-scope")
    page.get_by_role("button", name=say("plan.start")).click()
    # The other screen was at the old proposal: it follows without a reload.
    expect(other.get_by_role("progressbar")).to_be_visible()
    screenshot(other, "planning-running")
    expect(publish).to_be_visible(timeout=120_000)

    row = page.locator("main li li li button").first
    name = row.locator("span").first.inner_text()
    row.click()
    page.get_by_role("button", name=say("plan.pin"), exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(row).to_contain_text(say("plan_why.pinned"))
    expect(other.get_by_role("button", name=re.compile(rf"{name}.*{say('plan_why.pinned')}")).first).to_be_visible()
    row.click()
    assert_axe_clean(page)
    screenshot(page, "planning-row")
    page.get_by_role("button", name=say("ui.close")).click()

    publish.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(like("plan.will_tell"))).to_be_visible()
    dialog.get_by_role("button", name=say("plan.publish")).click()
    expect(page.get_by_role("heading", name=say("plan.to_group"))).to_be_visible(timeout=30_000)
    expect(page.get_by_label(say("plan.group_text"))).to_have_value(re.compile("/shifts"))
    expect(page.get_by_role("img", name=say("plan.picture_alt"))).to_be_visible()
    expect(other.get_by_text(like("plan.published_title"))).to_be_visible()
    assert_axe_clean(page)
    assert_axe_clean(other)
    screenshot(page, "planning-published")
    screenshot(other, "planning-published")
