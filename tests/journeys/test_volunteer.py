"""A volunteer's phone: a shift in at most three taps, why another is not for me, and how to say that I can't come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import catalog, like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


class Taps:
    """A thumb that counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator) -> None:
        target.tap()
        self.count += 1


def test_what_is_full_or_not_for_me_says_why(phone: Open, desktop: Open, sign_in: SignIn) -> None:
    page, desk = phone(), desktop()
    sign_in(page, "volunteer")
    sign_in(desk, "administrator")
    full = filled_by_others(page, desk)
    page.goto("/shifts/find")
    page.get_by_text(say("find.others"), exact=True).tap()
    reasons = page.locator("details li > span:last-child")
    expect(reasons.first).to_be_visible()
    sentences = [like(text_id) for text_id in catalog() if text_id.startswith("why_not.")]
    said = set(reasons.all_inner_texts())
    assert [text for text in said if not any(pattern.match(text.strip()) for pattern in sentences)] == []

    page.get_by_text(say("find.full"), exact=True).tap()
    row = page.get_by_role("listitem").filter(has_text=full["program"]).filter(has_text=spoken(full))
    row = row.filter(has_text=full["hub"]["name"]).filter(has_text=say("why_not.need_full"))
    expect(row.get_by_role("button", name=like("find.take_which", verb=say("find.wait")))).to_be_visible()


def test_a_shift_is_found_and_taken_in_three_taps(phone: Open, sign_in: SignIn) -> None:
    page, tap = phone(), Taps()
    sign_in(page, "volunteer")
    page.goto("/")
    tap(page.get_by_role("link", name=say("menu.find_shift"), exact=True))
    take = page.get_by_role("button", name=like("find.take_which", verb=say("find.verb.instant"))).first
    expect(take).to_have_text(say("find.verb.instant"))
    with page.expect_response("**/sign-up?*") as answered:
        tap(take)
    expect(page.get_by_text(like("find.done.accepted"))).to_be_visible()
    assert tap.count <= 3
    mine = [shift["session"] for shift in page.request.get("/api/shifts/mine").json()["shifts"]]
    assert answered.value.json()["session"] in mine


def test_an_answer_is_one_tap_and_can_be_taken_back(
    phone: Open, desktop: Open, sign_in: SignIn, start_server: Callable[..., Server]
) -> None:
    """On a demo of its own: after a week planned and published the volunteer has all they may have."""
    own = start_server(DEMO="1")
    page, desk = phone(server=own), desktop(server=own)
    sign_in(page, "volunteer")
    sign_in(desk, "administrator")
    shift = given_a_shift(page, desk)
    page.goto("/")
    page.get_by_role("link", name=say("menu.my_shifts"), exact=True).tap()
    row = page.get_by_role("main").get_by_role("listitem")
    for words in (shift["program"], shift["hub"]["name"], spoken(shift)):
        row = row.filter(has_text=words)
    expect(row).to_have_count(1)

    def answered(state: str) -> None:
        expect(row.get_by_text(say(f"shift.{state}"), exact=True)).to_be_visible()
        assert known() == [state]

    def known() -> list[str]:
        mine = page.request.get("/api/shifts/mine").json()["shifts"]
        return [one["state"] for one in mine if one["id"] == shift["id"]]

    expect(row.get_by_role("button", name=say("shift.i_come"), exact=True)).to_be_visible()
    assert known() == ["published"]
    row.get_by_role("button", name=say("shift.i_cannot"), exact=True).tap()
    answered("declined")
    row.get_by_role("button", name=say("shift.i_come_after_all"), exact=True).tap()
    answered("accepted")

    # A yes taken back is asked why; nothing need be said.
    row.get_by_role("button", name=say("shift.i_cannot"), exact=True).tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(say("shift.decline_reason"), exact=True)).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "volunteer-decline")
    dialog.get_by_role("button", name=say("shift.decline_send"), exact=True).tap()
    answered("declined")


def filled_by_others(page: Page, desk: Page) -> dict[str, Any]:
    """A shift that would suit the volunteer, its places given to others."""
    me = page.request.get("/api/volunteers/me").json()
    offered = page.request.get("/api/shifts/open").json()["shifts"]
    shift: dict[str, Any] = min((one for one in offered if one["mode"] == "instant"), key=lambda one: one["missing"])
    free = desk.request.get(f"/api/needs/{shift['need']}/candidates").json()["free"]
    others = [one["volunteer"] for one in free if one["name"] != me["name"]]
    for volunteer in others[: shift["missing"]]:
        assign(desk, shift["need"], volunteer)
    return shift


def assign(desk: Page, need: int, volunteer: int) -> None:
    token = next(cookie["value"] for cookie in desk.context.cookies() if cookie["name"] == "csrftoken")
    given = desk.request.post(
        f"/api/needs/{need}/assign", data={"volunteer": volunteer}, headers={"X-CSRFToken": str(token)}
    )
    assert given.ok, given.text()


def given_a_shift(page: Page, desk: Page) -> dict[str, Any]:
    """A place that the coordinator gives to the volunteer, as yet unanswered."""
    me = page.request.get("/api/volunteers/me").json()
    mine = {shift["session"] for shift in page.request.get("/api/shifts/mine").json()["shifts"]}
    offered = page.request.get("/api/shifts/open").json()["shifts"]
    need, volunteer = next(
        (shift["need"], one["volunteer"])
        for shift in offered
        if shift["session"] not in mine
        for one in desk.request.get(f"/api/needs/{shift['need']}/candidates").json()["free"]
        if one["name"] == me["name"] and one["phone"][-4:] == me["phone"][-4:]
    )
    assign(desk, need, volunteer)
    shifts: list[dict[str, Any]] = page.request.get("/api/shifts/mine").json()["shifts"]
    return next(shift for shift in shifts if shift["need"] == need)


def spoken(shift: dict[str, Any]) -> str:
    """When it is, as the row says it."""
    starts, ends = (clock.local(dt.datetime.fromisoformat(shift[key])) for key in ("starts_at", "ends_at"))
    days = (starts.date() - clock.today()).days
    near = ("今天", "明天", "后天")
    day = near[days] if days < len(near) else f"{starts.month}月{starts.day}日 周{'一二三四五六日'[starts.weekday()]}"
    return f"{day} {starts:%H:%M}-{ends:%H:%M}"


def test_the_elders_version_is_at_hand_everywhere(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "volunteer")
    for menu in ("home", "find_shift", "my_shifts", "me"):
        page.goto("/")
        page.get_by_role("link", name=say(f"menu.{menu}"), exact=True).tap()
        page.get_by_role("button", name=say("ui.elder_on"), exact=True).tap()
        small = page.locator("main button:visible, nav a:visible")
        heights = [box["height"] for box in (target.bounding_box() for target in small.all()) if box]
        assert [height for height in heights if height < 44] == []
        page.get_by_role("button", name=say("ui.elder_off"), exact=True).tap()


def test_an_address_that_names_no_answer_says_so_kindly(phone: Open, allow_console: Callable[[str], None]) -> None:
    allow_console("404")
    page = phone()
    page.goto("/a/nobodyknowsthisone")
    expect(page.get_by_role("heading", name=say("answer.unknown"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(say("shift.i_come")))).to_have_count(0)
