"""A coordinator sets up the lobby's screen and opens a hub's calendar to everybody; who walks by looks on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def test_the_screen_in_the_lobby(open_page: Open, sign_in: SignIn, allow_console: Any) -> None:
    desk = open_page("desktop")
    sign_in(desk, "coordinator")
    desk.goto("/week/print")
    desk.get_by_role("link", name=say("walls.title")).click()
    desk.get_by_role("button", name=say("walls.set_up")).first.click()
    address = desk.locator("textarea").first.input_value()
    assert_axe_clean(desk)
    screenshot(desk, "walls")

    lobby = open_page("desktop")
    lobby.goto(address)
    lobby.get_by_role("heading", level=1).wait_for()
    assert_axe_clean(lobby)
    screenshot(lobby, "wall")
    assert lobby.get_by_role("button").count() + lobby.get_by_role("link").count() == 0

    desk.get_by_role("button", name=say("walls.take_down")).first.click()
    desk.get_by_role("dialog").get_by_role("button", name=say("walls.take_down"), exact=True).click()
    desk.get_by_role("button", name=say("walls.set_up")).first.wait_for()
    allow_console("404")
    lobby.get_by_role("heading", name=say("wall.gone")).wait_for(timeout=20_000)


def test_a_calendar_for_everybody(open_page: Open, sign_in: SignIn) -> None:
    desk = open_page("desktop")
    sign_in(desk, "coordinator")
    desk.goto("/calendars/places")
    desk.locator("section", has=desk.get_by_role("heading", name=say("feed.hubs"))).get_by_role("button").first.click()
    desk.get_by_role("button", name=say("open.open")).click()
    desk.get_by_role("link", name=say("open.poster")).wait_for()
    assert_axe_clean(desk)
    screenshot(desk, "calendars-hub")
    desk.get_by_role("link", name=say("open.poster")).click()
    desk.get_by_role("img").wait_for()
    assert_axe_clean(desk)
    screenshot(desk, "calendars-poster")
    address = desk.locator("main p").last.inner_text()

    visitor = open_page("phone")
    visitor.goto(address)
    visitor.get_by_role("heading", level=1).wait_for()
    assert_axe_clean(visitor)
    screenshot(visitor, "calendars-open")
    webcal = visitor.get_by_role("link", name=say("feed.open")).get_attribute("href") or ""
    feed = visitor.request.get(webcal.replace("webcal:", "http:"))
    assert (feed.status, feed.text().startswith("BEGIN:VCALENDAR")) == (200, True)
