"""A social worker's phone: today, a session added, a clash that names the other session, who booked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
CHILDREN = "reading"


def own_sessions(page: Page, monday: dt.date) -> list[dict[str, Any]]:
    board = page.request.get(f"/api/board?week={monday}").json()
    return [one for one in board["sessions"] if one["editable"] and one["state"] != "cancelled"]


def field(dialog: Locator, text_id: str) -> Locator:
    return dialog.get_by_label(re.compile(rf"^{say(text_id)}( \*)?$"))


def press(inside: Page | Locator, text_id: str) -> None:
    inside.get_by_role("button", name=say(text_id), exact=True).tap()


def test_a_session_is_added_and_kept_from_a_room_that_is_taken(
    phone: Open, sign_in: SignIn, allow_console: Callable[[str], None]
) -> None:
    allow_console("409")  # the clash
    page = phone()
    sign_in(page, "social_worker")
    page.goto("/")
    expect(page).to_have_url(re.compile("/today$"))
    other = next(
        one
        for one in own_sessions(page, clock.monday_of(clock.today()) + dt.timedelta(weeks=1))
        if one["kind"] == CHILDREN and one["room"]
    )
    starts = clock.local(dt.datetime.fromisoformat(other["starts_at"]))

    page.goto(f"/today?day={starts:%Y-%m-%d}")
    there = page.locator("[data-session]")
    expect(there.first).to_be_visible()
    before = there.count()
    press(page, "board.add")
    dialog = page.get_by_role("dialog")
    field(dialog, "session.from").fill("08:00")
    field(dialog, "session.to").fill("08:30")
    field(dialog, "session.site").select_option(str(other["hub"]))
    field(dialog, "session.room").select_option(str(other["room"]))
    field(dialog, "session.role").first.fill("布置场地")
    assert_axe_clean(page)
    press(dialog, "session.do_add")
    expect(page.get_by_text(say("session.added"), exact=True)).to_be_visible()
    expect(there).to_have_count(before + 1)

    # Into the other session's time and room: the sentence names it, and nothing moves.
    page.locator("[data-session]").filter(has_text="08:00-08:30").tap()
    press(page, "board.move")
    dialog = page.get_by_role("dialog").last
    field(dialog, "session.to").fill(f"{starts + dt.timedelta(minutes=30):%H:%M}")
    field(dialog, "session.from").fill(f"{starts:%H:%M}")
    press(dialog, "session.do_move")
    said = dialog.get_by_role("alert")
    expect(said).to_have_text(like("session.room_taken", title=other["title"]))
    assert_axe_clean(page)
    screenshot(page, "session-clash")
    press(dialog, "ui.close")
    expect(page.locator("[data-session]").filter(has_text="08:00-08:30")).to_have_count(1)


def test_who_booked_is_asked_for_and_said_to_be_on_record(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "social_worker")
    booked = next(one for one in own_sessions(page, clock.monday_of(clock.today())) if one["booked"])
    starts = clock.local(dt.datetime.fromisoformat(booked["starts_at"]))
    page.goto(f"/today?day={starts:%Y-%m-%d}&session={booked['id']}")
    panel = page.get_by_role("dialog")
    panel.get_by_role("button", name=like("board.bookings")).tap()
    expect(panel.get_by_text(say("board.reading_is_logged"), exact=True)).to_be_visible()
    names = page.request.get(f"/api/board/sessions/{booked['id']}/bookings").json()
    for place in names:
        expect(panel.get_by_text(place["name"], exact=True)).to_be_visible()
    assert len([place for place in names if place["state"] == "booked"]) == booked["booked"]
    screenshot(page, "session-bookings")
