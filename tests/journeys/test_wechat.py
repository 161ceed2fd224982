"""Inside WeChat's browser nothing asks for a download, a calendar application, push or the page's camera."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2307A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile "
    "Safari/537.36 MicroMessenger/8.0.50.2701"
)
MISSING = """for (const name of ["mediaDevices", "serviceWorker", "clipboard", "share", "canShare"])
  Object.defineProperty(navigator, name, { value: undefined, configurable: true });
delete window.Notification; delete window.PushManager; delete window.PublicKeyCredential;"""
"""What WeChat's browser lacks or refuses."""
FAILS_THERE = "a[download], a[href^='webcal:'], a[href$='.xlsx'], a[href*='.xlsx?'], a[href^='/api/']"


def open_in_wechat(phone: Open, sign_in: SignIn, role: str) -> Page:
    page = phone(user_agent=WECHAT)
    page.add_init_script(MISSING)
    sign_in(page, role)
    return page


def test_a_calendar_is_an_address_to_copy(phone: Open, sign_in: SignIn) -> None:
    page = open_in_wechat(phone, sign_in, "volunteer")
    page.goto("/calendars")
    page.get_by_role("button", name=say("feed.make"), exact=True).tap()
    field = page.get_by_role("textbox", name=say("feed.address"), exact=True)
    expect(field).to_have_value(re.compile(r"/calendar/[\w-]{40,}\.ics$"))
    expect(page.get_by_text(say("feed.in_wechat"), exact=True)).to_be_visible()
    expect(page.locator(FAILS_THERE)).to_have_count(0)
    page.get_by_role("button", name=say("ui.copy")).first.tap()
    expect(page.get_by_text(re.compile(f"{say('ui.copied')}|{say('ui.copy_by_hand')}")).first).to_be_visible()
    page.get_by_text(say("feed.download"), exact=True).tap()
    expect(page.get_by_text(say("wechat.open_elsewhere"), exact=True)).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "wechat-calendar")


def test_a_workbook_and_its_template_say_the_way_round(phone: Open, sign_in: SignIn) -> None:
    page = open_in_wechat(phone, sign_in, "coordinator")
    page.goto("/import")
    expect(page.get_by_text(say("import.wechat"), exact=True)).to_be_visible()
    for what, path in (("import.template", "/api/imports/template$"), ("import.take_out", r"/api/imports/week\?week=")):
        name = say("wechat.address_of", what=say(what))
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_value(re.compile(path))
    expect(page.locator(FAILS_THERE)).to_have_count(0)
    screenshot(page, "wechat-import")


def test_the_weeks_export_says_the_way_round(open_page: Open, sign_in: SignIn) -> None:
    for size in ("phone", "desktop"):
        page = open_page(size, user_agent=WECHAT)
        page.add_init_script(MISSING)
        sign_in(page, "coordinator")
        page.goto(f"/week?week={clock.monday_of(clock.today())}")
        expect(page.locator("[data-session]").first).to_be_visible()
        expect(page.locator(FAILS_THERE)).to_have_count(0)
        screenshot(page, "wechat-week")
    page.get_by_role("button", name=say("board.export"), exact=True).click()
    address = page.get_by_role("dialog").get_by_role("textbox", name=say("wechat.address"), exact=True)
    expect(address).to_have_value(re.compile("/api/board/week.xlsx"))
    assert_axe_clean(page)


def test_the_groups_picture_is_kept_by_holding_it(phone: Open, sign_in: SignIn) -> None:
    """Of a small proposal, published for one site by an administrator."""
    page = open_in_wechat(phone, sign_in, "administrator")
    desk = page.request.get("/api/planning/desk").json()
    if not (desk["run"] and desk["run"]["published"]):
        plan_and_publish(page)
    page.goto(f"/planning?week={page.request.get('/api/planning/desk').json()['week']}")
    expect(page.get_by_text(say("plan.picture_hold"), exact=True)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("img", name=say("plan.picture_alt"))).to_be_visible(timeout=30_000)
    expect(page.get_by_role("textbox", name=say("plan.group_text"))).to_be_visible()
    expect(page.locator(FAILS_THERE)).to_have_count(0)
    assert_axe_clean(page)
    screenshot(page, "wechat-planning")


def plan_and_publish(page: Page) -> None:
    """The week that the demo planned by itself."""
    page.goto("/planning")
    page.get_by_role("button", name=say("plan.publish"), exact=True).click(timeout=90_000)
    page.get_by_role("dialog").get_by_role("button", name=say("plan.publish"), exact=True).click()
    expect(page.get_by_role("heading", name=say("plan.to_group"), exact=True)).to_be_visible(timeout=30_000)
