"""What another changes comes by itself; after a broken network nothing is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from hub import clock
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def write(page: Page, address: str, body: dict[str, Any], method: str = "post") -> Any:
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"]}
    answer = page.request.fetch(address, method=method, data=body, headers=headers)
    assert answer.ok, f"{answer.status} {answer.text()}"
    return answer.json()


def add_session(page: Page, day: dt.date, hour: int) -> int:
    """Another coordinator adds one, in a site's room."""
    choices = page.request.get("/api/sessions/choices").json()
    at = [clock.at(day, hour * 60 + minutes).isoformat() for minutes in (0, 45)]
    need = {"role": "搬书", "min": 1, "target": 1}
    body = {"program": choices["programs"][0]["id"], "hub": choices["hubs"][0], "room": None, "starts_at": at[0],
            "ends_at": at[1], "places": None, "duty_worker": None, "note": "", "needs": [need]}  # fmt: skip
    return int(write(page, "/api/sessions", body)["id"])


def test_what_happened_while_the_network_was_gone_is_there_when_it_is_back(
    desktop: Open, phone: Open, sign_in: SignIn, allow_console: Callable[[str], None]
) -> None:
    allow_console("ERR_INTERNET_DISCONNECTED")
    monday = clock.monday_of(clock.today()) + dt.timedelta(weeks=2)
    board, agenda, other = desktop(), phone(), phone()
    for page in (board, agenda, other):
        sign_in(page, "administrator")
    first = add_session(other, monday, 9)
    for page in (board, agenda):
        page.goto(f"/week?week={monday}")
        expect(page.locator(f'[data-session="{first}"]')).to_be_visible()
        page.evaluate("window.neverReloaded = true")

    # Online: a change is here by itself.
    second = add_session(other, monday, 11)
    for page in (board, agenda):
        expect(page.locator(f'[data-session="{second}"]')).to_be_visible()

    # Offline: said, and what is on the screen stays.
    for page in (board, agenda):
        page.context.set_offline(True)
        expect(page.get_by_text(say("ui.offline"), exact=True)).to_be_visible()
    missed = [add_session(other, monday, hour) for hour in (13, 15)]
    moved = other.request.get(f"/api/board/sessions/{first}").json()
    at = [clock.at(monday, minutes).isoformat() for minutes in (17 * 60, 17 * 60 + 45)]
    place = {"hub": moved["hub"], "room": None, "starts_at": at[0], "ends_at": at[1], "revision": moved["revision"]}
    write(other, f"/api/sessions/{first}/move", place)
    for page in (board, agenda):
        expect(page.locator(f'[data-session="{second}"]')).to_be_visible()
        expect(page.locator(f'[data-session="{missed[0]}"]')).to_have_count(0)

    for page in (board, agenda):
        page.context.set_offline(False)
        for session in missed:
            expect(page.locator(f'[data-session="{session}"]')).to_be_visible()
        expect(page.locator(f'[data-session="{first}"]')).to_contain_text("17:00-17:45")
        expect(page.get_by_text(say("ui.offline"), exact=True)).to_have_count(0)
        assert page.evaluate("window.neverReloaded")
        shown = {int(str(bar.get_attribute("data-session"))) for bar in page.locator("[data-session]").all()}
        assert {first, second, *missed} <= shown
