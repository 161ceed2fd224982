"""A guardian's phone: two siblings together, a waiting list, a place given back, a calendar to take along."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
JOINER = say("family.joiner")


def activities(page: Page) -> list[dict[str, Any]]:
    """All that are offered, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = page.request.get(f"/api/activities?cursor={cursor}").json()
        found += answer["activities"]
        cursor = answer["cursor"]
        if not cursor:
            return found


def test_two_siblings_are_booked_together_and_another_screen_hears_of_it(phone: Open, sign_in: SignIn) -> None:
    page, other = phone(), phone()
    for one in (page, other):
        sign_in(one, "guardian")
        one.goto("/")
    tabs = other.get_by_role("tab")
    expect(tabs.first).to_be_visible()
    before = tabs.all_inner_texts()

    # Two taps: the menu, the button that names both.
    page.get_by_role("link", name=say("menu.activities"), exact=True).tap()
    book = page.get_by_role("button", name=like("activities.book"))
    both = book.filter(has_text=JOINER).first
    expect(both).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "family-activities")
    names = like("activities.book", names="(.+)").pattern.replace(re.escape("(.+)"), "(.+)")
    said = re.match(names, both.inner_text())
    assert said
    both.tap()
    expect(page.get_by_text(say("activities.done", names=said[1]), exact=True)).to_be_visible()

    expect(tabs.filter(has_text=re.compile("|".join(said[1].split(JOINER)))).first).to_be_visible()
    other.wait_for_function(
        "before => [...document.querySelectorAll('[role=tab]')].map((tab) => tab.innerText).join() !== before",
        arg=",".join(before),
        timeout=3_000,
    )
    screenshot(other, "family-home")


def test_a_full_activity_offers_the_waiting_list(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    full = [one for one in activities(page) if one["left"] == 0 and any(fit["state"] == "fits" for fit in one["fits"])]
    if not full:
        pytest.skip("the demo has no full activity for this family this week")
    page.goto("/activities")
    wait = page.get_by_role("button", name=like("activities.wait")).first
    more = page.get_by_role("button", name=say("activities.more"), exact=True)
    expect(more.or_(wait).first).to_be_visible()
    while not wait.count():
        with page.expect_response("**/api/activities?*"):
            more.tap()
    wait.tap()
    expect(page.get_by_text(like("activities.now_waiting"))).to_be_visible()

    # On the first screen the child waits, and may stop waiting.
    page.goto("/")
    leave = page.get_by_role("button", name=like("family.leave_which", verb=say("family.leave_waiting")))
    expect(page.get_by_role("tab").first).to_be_visible()
    for tab in page.get_by_role("tab").all():
        tab.tap()
        if leave.count():
            break
    expect(page.get_by_text(like("family.waiting")).first).to_be_visible()
    leave.first.tap()
    page.get_by_role("dialog").get_by_role("button", name=say("family.leave_waiting"), exact=True).tap()
    expect(page.get_by_text(like("family.left"))).to_be_visible()


def test_a_place_is_given_back_after_one_question(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    page.goto("/")
    page.get_by_role("button", name=like("family.leave_which", verb=say("family.leave"))).first.tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(say("family.leave_consequence"))).to_be_visible()
    assert_axe_clean(page)
    dialog.get_by_role("button", name=say("family.leave"), exact=True).tap()
    expect(page.get_by_text(like("family.left"))).to_be_visible()
    expect(dialog).to_have_count(0)


def test_a_calendar_is_subscribed_shown_once_and_ended(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    page.goto("/family")
    page.get_by_role("link", name=re.compile(say("family.feed"))).tap()
    page.get_by_role("button", name=say("feed.make"), exact=True).tap()
    address = page.get_by_role("textbox", name=say("feed.address"), exact=True)
    expect(address).to_have_value(re.compile(r"^http.*/calendar/[\w-]{40,}\.ics$"))
    feed = address.input_value()
    calendar = page.request.get(feed)
    assert calendar.status == 200
    assert calendar.text().startswith("BEGIN:VCALENDAR")
    expect(page.get_by_text(say("feed.once"), exact=True)).to_be_visible()
    screenshot(page, "family-feed")

    page.get_by_role("button", name=say("feed.revoke"), exact=True).tap()
    page.get_by_role("dialog").get_by_role("button", name=say("feed.revoke"), exact=True).tap()
    expect(page.get_by_text(say("feed.none"), exact=True)).to_be_visible()
    assert page.request.get(feed).status in (404, 410)
