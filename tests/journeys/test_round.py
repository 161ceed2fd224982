"""A round: answered on a phone without signing in, seen by the coordinator; and a guardian far away."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.pages import link_path
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def test_asked_answered_by_link_and_seen_live(phone: Open, desktop: Open, sign_in: SignIn) -> None:
    page, desk = phone(), desktop()
    sign_in(desk, "coordinator")
    desk.goto("/rounds")
    rounds = desk.request.get("/api/rounds").json()["rounds"]
    shown = desk.get_by_text(say("rounds.silent", n=rounds[0]["silent"]), exact=True)
    expect(shown).to_be_visible()
    assert_axe_clean(desk)
    screenshot(desk, "rounds")

    page.goto(f"/r/{silent_link(page)}")
    page.get_by_role("button", name=say("your_week.times"), exact=True).tap()
    page.get_by_role("button", name=say("times.morning"), exact=True).first.tap()
    assert_axe_clean(page)
    screenshot(page, "round-times")
    page.get_by_role("button", name=say("your_week.send_times"), exact=True).tap()
    expect(page.get_by_text(say("your_week.said_times"))).to_be_visible()
    expect(desk.get_by_text(say("rounds.silent", n=rounds[0]["silent"] - 1), exact=True)).to_be_visible()

    desk.get_by_role("button", name=say("rounds.record"), exact=True).first.click()
    desk.get_by_role("dialog").get_by_role("button", name=say("your_week.away"), exact=True).click()
    expect(desk.get_by_text(say("rounds.away", n=rounds[0]["away"] + 1), exact=True)).to_be_visible()


def silent_link(page: Page) -> str:
    """The link of somebody who has not answered yet."""
    question = "/api/round-links/{}".format
    return link_path(page, "/r/", fits=lambda token: page.request.get(question(token)).json()["answer"] == "silent")


def test_a_guardian_agrees_from_afar_and_takes_it_back(phone: Open) -> None:
    page = phone()
    page.goto(f"/consent/{link_path(page, '/consent/')}")
    expect(page.get_by_text(say("consent.back"))).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name=say("consent.yes"), exact=True).tap()
    expect(page.get_by_text(say("consent.is_given"), exact=True)).to_be_visible()
    screenshot(page, "consent-given")
    page.get_by_role("button", name=say("consent.withdraw"), exact=True).tap()
    expect(page.get_by_role("dialog").get_by_text(like("consent.withdraw_means"))).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name=say("consent.withdraw"), exact=True).tap()
    expect(page.get_by_text(say("consent.is_refused"), exact=True)).to_be_visible()
