"""A volunteer corrects their record on the phone; a coordinator verifies what they claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def test_times_by_tapping_and_a_day_off(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "volunteer")
    page.goto("/me")
    page.get_by_role("button", name=say("me.change_when"), exact=True).tap()
    dialog = page.get_by_role("dialog")
    evening = dialog.get_by_role("group", name="周日").get_by_role("button", name=say("times.evening"))
    # Whoever demos as the volunteer today may come on Sunday evenings already.
    comes = evening.get_attribute("aria-pressed") != "true"
    evening.tap()
    expect(evening).to_have_attribute("aria-pressed", str(comes).lower())
    assert_axe_clean(page)
    screenshot(page, "profile-times")
    dialog.get_by_role("button", name=say("me.save"), exact=True).tap()
    expect(dialog).to_be_hidden()
    sunday = [one for one in page.request.get("/api/volunteers/me").json()["availability"] if one["weekday"] == 6]
    assert any(one["end"] == 21 * 60 for one in sunday) == comes

    page.get_by_role("button", name=say("me.add_away"), exact=True).tap()
    page.get_by_label(say("me.first_day")).fill((clock.today() + dt.timedelta(days=40)).isoformat())
    assert_axe_clean(page)
    page.get_by_role("dialog").get_by_role("button", name=say("me.save"), exact=True).tap()
    expect(page.get_by_role("button", name=say("me.drop_exception"))).to_be_visible()
    page.get_by_role("button", name=say("me.drop_exception")).tap()
    expect(page.get_by_text(say("me.no_exceptions"))).to_be_visible()


def test_what_is_claimed_is_verified(desktop: Open, sign_in: SignIn) -> None:
    desk = desktop()
    sign_in(desk, "coordinator")
    desk.goto("/people?look=unproven")
    desk.locator("main li button").first.click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=say("person.seen"), exact=True).first).to_be_visible()
    assert_axe_clean(desk)
    screenshot(desk, "people-verify")
    dialog.get_by_role("button", name=say("person.seen"), exact=True).first.click()
    expect(desk.get_by_text(say("person.done"))).to_be_visible()
    dialog.get_by_role("button", name=say("person.look_into"), exact=True).click()
    expect(dialog.get_by_text(say("person.born"))).to_be_visible()
