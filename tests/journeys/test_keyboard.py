"""All of it without a mouse: the board by arrows, dialogs that keep the focus and give it back, planning by Tab."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hub import clock
from tests.support.browser import tab_to
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
INSIDE = "document.activeElement?.closest('[role=dialog]') !== null"
SESSION = "Number(document.activeElement?.dataset.session)"
# an arrow's focus moves in the next frame: what was asked for before us is done after two
NEXT_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def open_board(page: Page) -> None:
    page.goto(f"/week?week={clock.monday_of(clock.today())}")
    expect(page.locator("[data-session]").first).to_be_visible()


def test_arrows_lead_over_the_board_and_enter_opens(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "administrator")
    open_board(page)
    page.locator("[data-session][tabindex='0']").focus()
    stops = [page.evaluate(SESSION)]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        page.evaluate(NEXT_FRAMES)
        stops.append(page.evaluate(SESSION))
    assert len(set(stops)) > 2
    assert page.locator("[data-session][tabindex='0']").count() == 1

    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name=say("board.panel"))
    expect(panel.get_by_role("heading", level=2).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert page.evaluate(SESSION) == stops[-1]

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name=say("board.search"))).to_be_focused()


def test_m_moves_in_a_dialog_that_keeps_the_focus_and_gives_it_back(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "administrator")
    open_board(page)
    bar = page.locator("[data-session][tabindex='0']")
    bar.focus()
    session = page.evaluate(SESSION)
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name=say("session.dialog.move"))
    expect(dialog.get_by_label(re.compile(f"^{say('session.day')}"))).to_be_visible()
    for _ in range(16):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(INSIDE)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(f"[data-session='{session}']")).to_be_focused()


def test_planning_is_started_and_looked_through_by_keyboard(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "administrator")
    page.goto("/planning")
    by_session = page.get_by_role("tab", name=say("plan.by_session"), exact=True)
    expect(by_session).to_be_visible(timeout=90_000)
    tab_to(page, by_session)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name=say("plan.by_person"), exact=True)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowLeft")
    row = page.get_by_role("tabpanel").locator("li li li button").first
    tab_to(page, row)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(row).to_be_focused()

    week_after = page.get_by_role("button", name=say("plan.week_after"), exact=True)
    week_after.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(like("plan.lead"))).to_be_visible()


def test_the_first_tab_skips_to_the_content(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "coordinator")
    open_board(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=say("ui.skip_to_content"), exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
