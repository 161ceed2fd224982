"""A volunteer's phone: a shift in at most three taps, why another is not for me, and how to say that I can't come."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

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


def test_a_shift_is_found_and_taken_in_three_taps(phone: Open, sign_in: SignIn) -> None:
    page, tap = phone(), Taps()
    sign_in(page, "volunteer")
    page.goto("/")
    tap(page.get_by_role("link", name=say("menu.find_shift"), exact=True))
    take = page.get_by_role("button", name=like("find.take_which")).first
    expect(take).to_have_text(say("find.take"))
    with page.expect_response("**/sign-up") as answered:
        tap(take)
    expect(page.get_by_text(like("find.taken"))).to_be_visible()
    assert tap.count <= 3
    mine = [shift["session"] for shift in page.request.get("/api/shifts/mine").json()["shifts"]]
    assert answered.value.json()["session"] in mine


def test_what_is_full_or_not_for_me_says_why(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "volunteer")
    page.goto("/shifts/find")
    page.get_by_text(say("find.others"), exact=True).tap()
    reasons = page.locator("details li > span:last-child")
    expect(reasons.first).to_be_visible()
    sentences = [like(text_id) for text_id in catalog() if text_id.startswith("why_not.")]
    said = set(reasons.all_inner_texts())
    assert [text for text in said if not any(pattern.match(text.strip()) for pattern in sentences)] == []

    full = page.get_by_text(say("why_not.need_full"), exact=True)
    more = page.locator("details").get_by_role("button", name=say("find.more"), exact=True)
    for _ in range(20):
        if full.count() or not more.count():
            break
        with page.expect_response("**/api/shifts/open*"):
            more.tap()
    expect(full.first).to_be_visible()


def test_not_coming_after_all_is_one_tap_and_can_be_taken_back(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "volunteer")
    page.goto("/")
    page.get_by_role("link", name=say("menu.my_shifts"), exact=True).tap()
    rows = page.get_by_role("main").get_by_role("listitem")
    cannot = page.get_by_role("button", name=say("shift.i_cannot"), exact=True)
    place = [row.get_by_role("button", name=say("shift.i_cannot"), exact=True).count() for row in settled(rows)].index(
        1
    )
    row = rows.nth(place)
    before = cannot.count()
    row.get_by_role("button", name=say("shift.i_cannot"), exact=True).tap()
    again = row.get_by_role("button", name=say("shift.i_come_after_all"), exact=True)
    expect(row.get_by_text(say("shift.declined"), exact=True)).to_be_visible()
    assert cannot.count() == before - 1
    again.tap()
    expect(row.get_by_text(say("shift.accepted"), exact=True)).to_be_visible()


def settled(rows: Locator) -> list[Locator]:
    expect(rows.first).to_be_visible()
    return rows.all()


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
