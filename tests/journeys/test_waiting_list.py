"""候补 on a phone: in line for a full shift, a place freed in another browser, 轮到您了, taken with one tap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
ROLE = "看展台"
SLOTS = [(day, hour) for day in range(9, 13) for hour in (9, 11, 14, 16, 19)]


def send(page: Page, method: str, path: str, body: Any = None) -> Any:
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    answer = page.request.fetch(path, method=method, data=body, headers={"X-CSRFToken": cookies["csrftoken"]})
    assert answer.ok, f"{answer.status} {answer.text()}"
    return answer.json()


def a_session_for(volunteer: Page, staff: Page) -> dict[str, Any]:
    """Add sessions with one place, far enough ahead, until one suits the volunteer."""
    choices = send(staff, "GET", "/api/sessions/choices")
    program = next(one for one in choices["programs"] if one["kind"] == "event")
    for day, hour in SLOTS:
        date = clock.today() + dt.timedelta(days=day)
        start = clock.at(date, hour * 60)
        body = {
            "program": program["id"], "hub": choices["hubs"][0], "room": None, "confirmed": True,
            "starts_at": start.isoformat(), "ends_at": (start + dt.timedelta(hours=1)).isoformat(),
            "needs": [{"role": ROLE, "min": 1, "target": 1}],
        }  # fmt: skip
        session = send(staff, "POST", "/api/sessions", body)["id"]
        found = send(volunteer, "GET", f"/api/shifts/open?day={date}")["shifts"]
        if shift := next((one for one in found if one["session"] == session), None):
            return dict(shift)
    raise AssertionError("no time suits the volunteer")


def test_in_line_and_then_it_is_their_turn(
    phone: Open, desktop: Open, sign_in: Callable[[Page, str], None], start_server: Callable[..., Server]
) -> None:
    server = start_server(DEMO="1")
    volunteer, staff = phone(server=server), desktop(server=server)
    sign_in(volunteer, "volunteer")
    sign_in(staff, "coordinator")
    shift = a_session_for(volunteer, staff)
    other = send(staff, "GET", f"/api/needs/{shift['need']}/candidates")["free"]
    me = send(volunteer, "GET", "/api/volunteers/me")["name"]
    chosen = next(one for one in other if one["name"] != me)
    place = send(staff, "POST", f"/api/needs/{shift['need']}/assign", {"volunteer": chosen["volunteer"]})

    volunteer.goto("/shifts/find")
    volunteer.get_by_text(say("find.full"), exact=True).click()
    row = volunteer.locator("li").filter(has_text=ROLE)
    row.get_by_role("button", name=like("find.take_which", verb=say("find.wait"))).click()
    expect(volunteer.get_by_text(like("find.done.waiting"))).to_be_visible()

    volunteer.goto("/")
    waiting = volunteer.locator("li").filter(has_text=ROLE)
    expect(waiting.get_by_text("候补中，下一个就是您")).to_be_visible()
    assert_axe_clean(volunteer)
    screenshot(volunteer, "waiting-in-line")

    send(staff, "POST", f"/api/assignments/{place['id']}/release", {"reason": "临时调整"})
    turn = volunteer.get_by_role("region", name=say("shift.offered"))
    expect(turn.get_by_text(like("shift.kept_until"))).to_be_visible()
    assert_axe_clean(volunteer)
    screenshot(volunteer, "their-turn")
    turn.get_by_role("button", name=say("shift.i_come")).click()
    expect(turn).to_have_count(0)
    mine = send(volunteer, "GET", "/api/shifts/mine")["shifts"]
    assert [one["state"] for one in mine if one["need"] == shift["need"]] == ["accepted"]
