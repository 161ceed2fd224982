"""A series, as a coordinator plans it: every day is shown before it is written, and what is changed can be had back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
WEEKS = [dt.timedelta(weeks=n) for n in range(4)]


def field(page: Page, text: str) -> Locator:
    return page.get_by_label(re.compile(rf"^{say(text)}( \*)?$"))


def press(page: Page, text: str, **values: object) -> None:
    page.get_by_role("button", name=say(text, **values), exact=True).click()


def test_what_repeats_is_planned_once_changed_from_one_day_on_and_had_back(desktop: Open, sign_in: SignIn) -> None:
    page, board = desktop(), desktop()
    for one in (page, board):
        sign_in(one, "coordinator")
    monday = clock.monday_of(clock.today()) + dt.timedelta(weeks=2)
    second = monday + WEEKS[1]
    board.goto(f"/week?week={second}")
    board.get_by_role("heading", level=1).first.wait_for()

    page.goto(f"/series/new?day={monday}")
    field(page, "series.ends").select_option("count")
    field(page, "series.count").fill(str(len(WEEKS)))
    field(page, "session.role").first.fill("带读")

    # After the site has closed: named for each day, moved on one of them, borne on all the others.
    field(page, "session.from").fill("21:30")
    field(page, "session.to").fill("22:15")
    press(page, "series.look")
    expect(page.locator('[data-what="not_held"]')).to_have_count(len(WEEKS))
    first = page.locator(f'[data-row="{monday}"]')
    first.get_by_role("button", name=re.compile(say("session.take_offer", to=""))).first.click()
    expect(first).to_have_attribute("data-what", "added")
    page.get_by_label(say("series.bear_all", what=say("series.kind.outside_hours"), n=len(WEEKS) - 1)).check()
    expect(page.locator('[data-what="added"]')).to_have_count(len(WEEKS))
    expect(page.get_by_role("button", name=say("series.do_publish", n=len(WEEKS)))).to_be_disabled()
    field(page, "session.borne_reason").fill("家长下班晚")
    assert_axe_clean(page)
    screenshot(page, "series-settled")
    press(page, "series.back")

    field(page, "session.from").fill("10:00")
    field(page, "session.to").fill("10:45")
    press(page, "series.look")
    expect(page.locator('[data-what="added"]')).to_have_count(len(WEEKS))
    assert_axe_clean(page)
    screenshot(page, "series-preview")
    press(page, "series.do_publish", n=len(WEEKS))
    expect(page.get_by_text(say("series.ahead", n=len(WEEKS)))).to_be_visible()
    series = int(page.url.rpartition("/")[2])

    # Another coordinator's board has it by itself.
    told = page.request.get(f"/api/series/{series}").json()["occurrences"]
    assert [one["day"] for one in told] == [str(monday + weeks) for weeks in WEEKS]
    bar = board.locator(f'[data-session="{told[1]["session"]}"]')
    expect(bar).to_be_visible()

    page.goto(f"/series/{series}?do=edit&since={second}")
    field(page, "session.from").fill("11:00")
    field(page, "session.to").fill("11:45")
    press(page, "series.look")
    expect(page.locator('[data-what="moved"]')).to_have_count(len(WEEKS) - 1)
    screenshot(page, "series-following")
    press(page, "series.do_change")
    page.get_by_text(say("series.changed")).wait_for()

    # The sessions stayed the same ones.
    following = int(page.url.partition("?")[0].rpartition("/")[2])
    after = page.request.get(f"/api/series/{following}").json()["occurrences"]
    assert [one["session"] for one in after] == [one["session"] for one in told[1:]]

    # Ended, nobody having a place in it, it vanishes from the board; and comes back.
    for deed in ("end", "undo"):
        press(page, f"series.deed.{deed}")
        expect(page.locator("[data-what]")).to_have_count(len(WEEKS) - 1)
        press(page, f"series.deed.{deed}")
        page.get_by_text(say(f"series.done.{deed}")).wait_for()
        expect(bar).to_have_count(0)
    again = page.request.get(f"/api/series/{following}").json()["occurrences"]
    assert [one["starts_at"] for one in again] == [one["starts_at"] for one in after]
    expect(board.locator(f'[data-session="{again[0]["session"]}"]')).to_be_visible()
