"""A broken morning: two readers cancel, the coordinator takes one of the repairs, and nobody else has moved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
READER = "领读员"


def button(inside: Page | Locator, text_id: str, **values: object) -> Locator:
    return inside.get_by_role("button", name=say(text_id, **values), exact=True)


def write(page: Page, address: str, body: dict[str, Any]) -> Any:
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    answer = page.request.post(address, data=body, headers={"X-CSRFToken": cookies["csrftoken"]})
    assert answer.ok, f"{answer.status} {answer.text()}"
    return answer.json()


def reading_tomorrow(page: Page) -> dict[str, Any]:
    """A children's reading at nine that takes two readers."""
    choices = page.request.get("/api/sessions/choices").json()
    program = next(one for one in choices["programs"] if one["kind"] == "reading")
    at = [clock.at(clock.today() + dt.timedelta(days=1), minutes).isoformat() for minutes in (9 * 60, 10 * 60 + 30)]
    need = {"role": READER, "min": 2, "target": 3, "priority": 1, "clearance": "child"}
    body = {"program": program["id"], "hub": choices["hubs"][0], "room": None, "starts_at": at[0], "ends_at": at[1],
            "places": 12, "duty_worker": None, "note": "", "needs": [need]}  # fmt: skip
    session = write(page, "/api/sessions", body)["id"]
    return dict(page.request.get(f"/api/board/sessions/{session}").json())


def give_to_two(page: Page, need: int) -> list[str]:
    """The links by which the two answer."""
    free = page.request.get(f"/api/needs/{need}/candidates").json()["free"]
    for one in free[:2]:
        write(page, f"/api/needs/{need}/assign", {"volunteer": one["volunteer"]})
    messages = page.request.get("/api/messages").json()["messages"]
    return [str(one["link"]) for one in messages if "/a/" in one["link"]][:2]


def in_force(page: Page, monday: dt.date) -> dict[int, tuple[int, int, str]]:
    """Assignment id -> (need, volunteer, state) of everybody who has a place in the week."""
    found = {}
    for session in page.request.get(f"/api/board?week={monday}").json()["sessions"]:
        for one in page.request.get(f"/api/board/sessions/{session['id']}").json()["people"]:
            if one["state"] != "declined":
                found[one["assignment"]] = (one["need"], one["volunteer"], one["state"])
    return found


def test_two_readers_cancel_and_one_tap_fills_the_session(desktop: Open, phone: Open, sign_in: SignIn) -> None:
    board, other = desktop(), phone()
    sign_in(board, "coordinator")
    sign_in(other, "coordinator")
    session = reading_tomorrow(board)
    day = clock.local(dt.datetime.fromisoformat(session["starts_at"])).date()
    links = give_to_two(board, session["needs"][0]["id"])
    readers = [phone(), phone()]
    for reader, link in zip(readers, links, strict=True):
        reader.goto(re.sub(r"^https?://[^/]+", "", link))
        button(reader, "shift.i_come").tap()
        expect(reader.get_by_text(say("shift.accepted"), exact=True)).to_be_visible()

    board.goto(f"/week?week={day}")
    other.goto(f"/today?day={day}")
    bar = board.locator(f'[data-session="{session["id"]}"]')
    card = other.locator(f'[data-session="{session["id"]}"]')
    for shown in (bar, card):
        expect(shown).to_have_attribute("data-state", "full")
        shown.page.evaluate("window.neverReloaded = true")
    before = in_force(board, clock.monday_of(day))

    # One morning both find they can't come, and say so by the same links.
    for reader in readers:
        button(reader, "shift.i_cannot").tap()
        button(reader.get_by_role("dialog"), "shift.decline_send").tap()
    for shown in (bar, card):
        expect(shown).to_have_attribute("data-state", "empty")
    screenshot(other, "today-problem")

    bar.click()
    panel = board.get_by_role("complementary", name=say("board.panel"))
    ways = panel.locator("[data-way]")
    expect(ways).to_have_count(3)
    assert_axe_clean(board)
    screenshot(board, "repairs")
    best = ways.first
    expect(best.get_by_text(say("state.full"), exact=True)).to_be_visible()
    people = str(best.get_attribute("aria-label")).split(say("ui.joiner"))
    assert len(people) == 2
    for name in people:
        expect(best.get_by_text(re.compile(f"^{name}")).first).to_be_visible()

    # The other coordinator looks at the same from a phone, and is not the one who acts.
    button(other, "repair.adjust_which", title=session["title"]).first.tap()
    sheet = other.get_by_role("dialog")
    sheet.locator('[data-way-out="repair"]').get_by_role("button").first.tap()
    expect(sheet.locator("[data-way]")).to_have_count(3)
    assert_axe_clean(other)
    screenshot(other, "repairs-sheet")

    button(best, "repair.take").click()
    expect(best.get_by_text(say("repair.will_tell", names=say("ui.joiner").join(people)))).to_be_visible()
    expect(button(best, "repair.confirm")).to_be_focused()
    assert_axe_clean(board)
    screenshot(board, "repairs-confirm")
    # All by keyboard: thought better of it, and done after all.
    board.keyboard.press("Tab")
    expect(button(best, "ui.not_now")).to_be_focused()
    board.keyboard.press("Enter")
    expect(button(best, "repair.take")).to_be_focused()
    board.keyboard.press("Enter")
    expect(button(best, "repair.confirm")).to_be_focused()
    board.keyboard.press("Enter")

    for shown in (bar, card):
        expect(shown).to_have_attribute("data-state", "full")
        assert shown.page.evaluate("window.neverReloaded")
    expect(sheet.get_by_text(say("rescue.nothing_to_do"))).to_be_visible()
    expect(panel.get_by_role("listitem").filter(has_text=people[0])).to_be_visible()
    screenshot(board, "repaired")
    screenshot(other, "repaired")

    after = in_force(board, clock.monday_of(day))
    gone = [place for pk, place in before.items() if pk not in after]
    come = [place for pk, place in after.items() if pk not in before]
    need = session["needs"][0]["id"]
    assert [place[0] for place in gone] == [need, need]
    assert [place[0] for place in come] == [need, need]
    assert {pk: place for pk, place in before.items() if pk in after} == {
        pk: place for pk, place in after.items() if pk in before
    }
