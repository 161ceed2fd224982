"""A coordinator sends out a day of a plan, looks at the rest beside the roster in force, and brings a roster back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def numbered(text_id: str) -> re.Pattern[str]:
    return re.compile(say(text_id, n="N").replace("N", r"\d+"))


def test_a_part_goes_out_the_rest_is_compared_and_an_earlier_roster_comes_back(
    desktop: Open, phone: Open, sign_in: SignIn
) -> None:
    page, other = desktop(), phone(language="en")
    for one in (page, other):
        sign_in(one, "administrator")
        one.goto("/planning")
    expect(page.get_by_role("button", name=say("plan.publish"), exact=True)).to_be_visible(timeout=60_000)

    page.get_by_role("button", name=say("plan.change_scope")).click()
    expect(page.get_by_text(say("plan_policy_means.fair"))).to_be_visible()
    page.get_by_role("button", name=say("plan.policy_edit")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("plan.policy_has_own")).check()
    dialog.get_by_label(say("plan.policy_name")).fill("近的先来")
    near = say("plan_goal.near")
    dialog.get_by_role("button", name=say("plan.policy_up", goal=near)).click()
    assert_axe_clean(page)
    screenshot(page, "desk-policy")
    dialog.get_by_role("button", name=say("ui.save"), exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("近的先来")).to_be_visible()
    screenshot(page, "desk-scope")
    page.get_by_role("button", name=say("ui.not_now")).click()

    page.get_by_role("button", name=say("plan.publish_part")).click()
    dialog.get_by_label(say("plan.part_day")).select_option(index=1)
    dialog.get_by_role("button", name=numbered("plan.part_all")).click()
    assert_axe_clean(page)
    screenshot(page, "desk-part")
    dialog.get_by_role("button", name=numbered("plan.part_publish")).click()
    dialog.get_by_role("button", name=say("plan.publish"), exact=True).click()
    expect(page.get_by_text(like("plan.part_done"))).to_be_visible(timeout=30_000)
    # The other screen follows.
    expect(other.get_by_text(like("plan.part_done", "en"))).to_be_visible()
    screenshot(other, "desk-part-published")

    page.get_by_role("button", name=say("plan.compare")).click()
    dialog.get_by_role("link", name=say("plan.compare_live")).click()
    expect(page.get_by_role("heading", name=say("plan.compare_title"))).to_be_visible()
    page.get_by_role("tab", name=say("plan.by_person")).click()
    expect(page.get_by_text(say("plan.compare_only_ours")).first).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "desk-compare")
    other.goto(page.url)
    expect(other.get_by_text(say("plan.compare_only_ours", "en")).first).to_be_visible()
    assert_axe_clean(other)
    screenshot(other, "desk-compare")
    page.get_by_role("link", name=say("plan.compare_back")).click()

    page.get_by_role("button", name=say("plan.publish_rest")).click()
    dialog.get_by_role("button", name=say("plan.publish"), exact=True).click()
    expect(page.get_by_text(like("plan.published_title"))).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=say("plan.restore")).click()
    expect(page.get_by_text(like("plan.restored"))).to_be_visible(timeout=30_000)
    expect(page.get_by_text(say("plan.restored_same"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "desk-restored")

    page.get_by_role("button", name=say("plan.earlier")).click()
    expect(dialog.get_by_text(say("plan.past_restored"))).to_be_visible()
    screenshot(page, "desk-history")
    dialog.get_by_role("link").filter(has_text=say("plan.past_published")).first.click()
    expect(page.get_by_text(like("plan.look_only"))).to_be_visible()
    expect(page.get_by_role("button", name=say("plan.restore"))).to_be_visible()
    screenshot(page, "desk-earlier")
