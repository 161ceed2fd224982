"""Friday's plan has one empty session: it is explained, its smallest remedy tried out, gone along with, published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot, tab_to
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
PLANNED = 60_000
FRIDAY = clock.monday_of(clock.today()) + dt.timedelta(weeks=6, days=4)
RARE = "理发"
"""Four of the demo's people can; none of them on a Friday evening until half past seven."""


def write(page: Page, address: str, body: dict[str, Any]) -> Any:
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    answer = page.request.post(address, data=body, headers={"X-CSRFToken": cookies["csrftoken"]})
    assert answer.ok, f"{answer.status} {answer.text()}"
    return answer.json()


def add_session(page: Page, start: int, end: int, need: dict[str, Any]) -> int:
    choices = page.request.get("/api/sessions/choices").json()
    skill = next((one["id"] for one in choices["skills"] if one["name"] == need.get("skill")), None)
    program = next(one["id"] for one in choices["programs"] if one["kind"] == "visit")
    body = {"program": program, "hub": choices["hubs"][0], "room": None, "places": None, "duty_worker": None,
            "starts_at": clock.at(FRIDAY, start).isoformat(), "ends_at": clock.at(FRIDAY, end).isoformat(),
            "needs": [{"role": need["role"], "min": 1, "target": 1, "skill_id": skill}]}  # fmt: skip
    return int(write(page, "/api/sessions", body)["id"])


def button(inside: Page | Locator, text_id: str) -> Locator:
    return inside.get_by_role("button", name=say(text_id), exact=True)


def look(page: Page, name: str) -> None:
    assert_axe_clean(page)
    screenshot(page, name)


def test_an_empty_friday_is_explained_remedied_and_published(desktop: Open, phone: Open, sign_in: SignIn) -> None:
    page, other = desktop(), phone()
    for one in (page, other):
        sign_in(one, "administrator")
    added = [
        add_session(page, 10 * 60, 11 * 60, {"role": "陪聊"}),
        add_session(page, 17 * 60 + 30, 19 * 60 + 30, {"role": RARE, "skill": RARE}),
    ]
    week = f"/planning?week={clock.monday_of(FRIDAY)}"
    page.goto(week)
    page.get_by_text(say("plan.length_10"), exact=True).click()
    button(page, "plan.start").click()
    publish = button(page, "plan.publish")
    expect(publish).to_be_visible(timeout=PLANNED)

    # The empty one comes first and says why; what would be enough is one sentence.
    first = page.get_by_role("tabpanel").locator("li").first
    expect(first).to_contain_text(RARE)
    expect(first).to_contain_text(say("plan_reason.unavailable", n=4))
    expect(first.get_by_text(like("plan.remedy"))).to_contain_text("18:30-19:30")
    look(page, "remedy-offered")
    other.goto(week)
    expect(other.get_by_text(like("plan.remedy"))).to_be_visible()
    look(other, "remedy-offered")

    # Tried out, all by keyboard: who changes and what it costs; agreed with the person, it is done, and the other
    # screen follows.
    button(first, "plan.try").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator('[data-outcome="-1"]')).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button(first, "plan.try")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.locator('[data-outcome="-1"]')).to_be_visible()
    look(page, "remedy-tried")
    expect(button(dialog, "plan.do_it")).to_be_disabled()
    tab_to(page, dialog.get_by_label(say("plan.agreed")))
    page.keyboard.press("Space")
    tab_to(page, button(dialog, "plan.do_it"))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(say("plan.figure_full"), exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(say("plan.exception")))).to_be_visible()
    expect(other.get_by_text(say("plan.figure_full"), exact=True)).to_be_visible()
    look(page, "remedy-done")

    publish.click()
    button(page.get_by_role("dialog"), "plan.publish").click()
    expect(page.get_by_text(like("plan.published_title"))).to_be_visible(timeout=30_000)
    board = page.request.get(f"/api/board?week={clock.monday_of(FRIDAY)}").json()["sessions"]
    assert [(one["state"], one["missing"]) for one in board if one["id"] in added] == [("full", 0), ("full", 0)]
