"""A volunteer makes a shift their own every week; the plan of a coming week gives it to them and says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
LATER = dt.timedelta(weeks=2)
"""Beyond what the demo has planned: nobody is away and nothing else is on."""


def test_my_own_shift_is_planned_for_me(phone: Open, desktop: Open, sign_in: SignIn) -> None:
    page, desk = phone(), desktop()
    sign_in(page, "volunteer")
    sign_in(desk, "administrator")
    shift = next(one for one in page.request.get("/api/shifts/mine").json()["shifts"] if one["state"] == "accepted")
    monday = add_the_same_later(desk, shift)

    page.goto("/shifts")
    # Shifts stand soonest first, and only those one said yes to can become one's own.
    page.get_by_role("button", name=say("standing.make"), exact=True).first.tap()
    expect(page.get_by_text(say("standing.made"))).to_be_visible()
    expect(page.get_by_text(say("standing.mine"), exact=True).first).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "standing-shifts")

    desk.goto(f"/planning?week={monday}")
    desk.get_by_text(say("plan.length_10"), exact=True).click()
    desk.get_by_role("button", name=say("plan.start"), exact=True).click()
    me = page.request.get("/api/volunteers/me").json()["name"]
    planned = desk.locator("main li li button").filter(has_text=me)
    expect(planned).to_be_visible(timeout=60_000)
    screenshot(desk, "standing-planned")
    planned.click()
    expect(desk.get_by_role("dialog").get_by_text(say("plan_why.standing"))).to_be_visible()

    page.get_by_role("link", name=say("menu.me"), exact=True).tap()
    page.get_by_text(say("me.wish_times", count=3), exact=True).tap()
    expect(page.get_by_text(say("me.wish_saved"))).to_be_visible()
    expect(page.get_by_role("radio", name=say("me.wish_times", count=3))).to_be_checked()
    expect(page.get_by_text(say("me.standing_hint"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "standing-me")
    page.get_by_role("button", name=say("me.standing_end"), exact=True).tap()
    expect(page.get_by_text(say("me.standing_none"))).to_be_visible()


def add_the_same_later(desk: Page, shift: dict[str, Any]) -> str:
    """A session at the shift's weekday, time and place, for as many as there are now; the Monday of its week."""
    people = len(shift["company"]) + 1
    starts, ends = (dt.datetime.fromisoformat(shift[key]) + LATER for key in ("starts_at", "ends_at"))
    programs = desk.request.get("/api/sessions/choices").json()["programs"]
    token = next(cookie["value"] for cookie in desk.context.cookies() if cookie["name"] == "csrftoken")
    added = desk.request.post(
        "/api/sessions",
        data={
            "program": next(one["id"] for one in programs if one["name"] == shift["program"]),
            "hub": shift["hub"]["id"],
            "room": None,
            "starts_at": starts.isoformat(),
            "ends_at": ends.isoformat(),
            "needs": [{"role": shift["role"], "min": people, "target": people}],
        },
        headers={"X-CSRFToken": str(token)},
    )
    assert added.ok, added.text()
    return clock.monday_of(clock.local(starts).date()).isoformat()
