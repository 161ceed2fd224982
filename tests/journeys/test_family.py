"""A guardian's phone: two siblings in few taps, a place given back, a calendar to take along, in WeChat too."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.49"


def test_two_siblings_are_booked_in_two_taps_and_another_screen_hears_of_it(phone: Open, sign_in: SignIn) -> None:
    page, other = phone(), phone()
    for one in (page, other):
        sign_in(one, "guardian")
        one.goto("/")
    tab = other.get_by_role("tab").first
    before = tab.inner_text()

    page.get_by_role("link", name="活动报名").click()
    button = page.get_by_role("button", name="报名").filter(has_text="、").first
    expect(button).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "family-activities")
    names = button.inner_text().removeprefix("给").removesuffix("报名")
    button.click()
    expect(page.get_by_text(f"{names}报上了")).to_be_visible()

    if tab.inner_text().split("（")[0] in names.split("、"):
        expect(tab).not_to_have_text(before, timeout=3000)
    screenshot(other, "family-home")


def test_a_place_is_given_back_after_one_question(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    page.goto("/")
    button = page.get_by_role("button", name="不去了").first
    button.click()
    page.get_by_role("dialog").get_by_role("button", name="不去了").click()
    expect(page.get_by_text("的名额已经退了")).to_be_visible()


def test_a_calendar_address_in_wechat_asks_for_nothing_that_fails_there(phone: Open, sign_in: SignIn) -> None:
    page = phone(user_agent=WECHAT)
    sign_in(page, "guardian")
    page.goto("/calendars")
    page.get_by_role("button", name="生成订阅地址").click()
    field = page.get_by_label("日历订阅地址")
    expect(field).to_have_value(re.compile(r"/calendar/[\w-]{40,}\.ics$"))
    assert page.locator("a[href^=webcal], a[download]").count() == 0
    assert page.request.get(field.input_value()).status == 200
    assert_axe_clean(page)
    screenshot(page, "calendar-wechat")
