"""来不了 on one phone: the coordinator sees the search live, another phone says 我能来, and the board says 人齐了."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.pages import link_path
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
WORKER = 30_000


def button(inside: Page | Locator, text_id: str, **values: object) -> Locator:
    return inside.get_by_role("button", name=say(text_id, **values), exact=True)


def write(page: Page, address: str, body: dict[str, Any]) -> Any:
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    answer = page.request.post(address, data=body, headers={"X-CSRFToken": cookies["csrftoken"]})
    assert answer.ok, f"{answer.status} {answer.text()}"
    return answer.json()


def session_in_two_days(page: Page) -> dict[str, Any]:
    """An hour of carrying books, for one: at whatever hour it is now, far enough off that three are asked at once."""
    choices = page.request.get("/api/sessions/choices").json()
    program = next(one for one in choices["programs"] if one["kind"] == "event")
    at = [clock.at(clock.today() + dt.timedelta(days=2), minutes).isoformat() for minutes in (15 * 60, 16 * 60)]
    need = {"role": "搬书", "min": 1, "target": 1}
    body = {"program": program["id"], "hub": choices["hubs"][0], "room": None, "starts_at": at[0], "ends_at": at[1],
            "places": None, "duty_worker": None, "note": "", "needs": [need]}  # fmt: skip
    session = write(page, "/api/sessions", body)["id"]
    return dict(page.request.get(f"/api/board/sessions/{session}").json())


def links(page: Page, kind: str) -> list[str]:
    messages = page.request.get("/api/messages").json()["messages"]
    return [re.sub(r"^https?://[^/]+", "", str(one["link"])) for one in messages if f"/{kind}/" in one["link"]]


def test_who_cannot_come_is_replaced_by_who_can(desktop: Open, phone: Open, sign_in: SignIn) -> None:
    coordinator, board = phone(), desktop()
    sign_in(coordinator, "coordinator")
    sign_in(board, "coordinator")
    session = session_in_two_days(board)
    day, need = clock.today() + dt.timedelta(days=2), session["needs"][0]["id"]
    free = board.request.get(f"/api/needs/{need}/candidates").json()["free"]
    write(board, f"/api/needs/{need}/assign", {"volunteer": free[0]["volunteer"]})
    asked_before = set(links(board, "c"))

    coordinator.goto(f"/today?day={day}")
    board.goto(f"/week?week={day}")
    card, bar = (page.locator(f'[data-session="{session["id"]}"]') for page in (coordinator, board))
    for shown in (card, bar):
        expect(shown).to_have_attribute("data-state", "full")
        shown.page.evaluate("window.neverReloaded = true")

    first = phone()
    first.goto(links(board, "a")[0])
    button(first, "shift.i_cannot").tap()

    # Nobody had to do anything: people are being asked.
    for shown in (card, bar):
        expect(shown).to_have_attribute("data-state", "empty", timeout=WORKER)
    button(coordinator, "repair.call_around_for", title=session["title"]).first.tap()
    calls = coordinator.get_by_role("dialog")
    expect(calls.locator('[data-search="running"]')).to_be_visible(timeout=WORKER)
    expect(calls.locator('[data-asked="silent"]')).to_have_count(3, timeout=WORKER)
    assert_axe_clean(coordinator)
    screenshot(coordinator, "call-list")

    fresh = [link for link in links(board, "c") if link not in asked_before]
    assert len(fresh) == 3
    second, third, late = phone(), phone(language="en"), phone()
    second.goto(fresh[0])
    button(second, "ask.no").tap()
    expect(second.get_by_text(say("ask.said_no"))).to_be_visible()
    expect(calls.locator('[data-asked="no"]')).to_have_count(1, timeout=WORKER)

    late.goto(fresh[2])
    expect(button(late, "ask.yes")).to_be_visible()
    assert_axe_clean(late)
    screenshot(late, "call-out-question")
    third.goto(fresh[1])
    screenshot(third, "call-out-question-en")
    third.get_by_role("button", name=say("ask.yes", language="en"), exact=True).tap()
    expect(third.get_by_text(say("ask.coming", language="en"))).to_be_visible()
    screenshot(third, "call-out-yes-en")

    for shown in (card, bar):
        expect(shown).to_have_attribute("data-state", "full", timeout=WORKER)
        assert shown.page.evaluate("window.neverReloaded")
    expect(calls.get_by_text(say("search.filled"))).to_be_visible()
    screenshot(coordinator, "call-list-filled")

    # The third of them was too late, and is thanked.
    late.reload()
    expect(late.get_by_text(say("ask.filled"))).to_be_visible()
    screenshot(late, "call-out-filled")


def test_a_swap_is_agreed_to_by_its_link(phone: Open) -> None:
    asked = phone()
    asked.goto(f"/s/{link_path(asked, '/s/')}")
    expect(button(asked, "swap.rather_not")).to_be_visible()
    assert_axe_clean(asked)
    screenshot(asked, "swap-question")
    button(asked, "swap.agree").tap()
    expect(asked.get_by_text(say("swap.is.done"))).to_be_visible()
    asked.reload()
    expect(asked.get_by_text(say("swap.is.done"))).to_be_visible()
    expect(button(asked, "swap.agree")).to_have_count(0)
    screenshot(asked, "swap-done")
