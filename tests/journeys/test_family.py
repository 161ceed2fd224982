"""A guardian's phone: two siblings together, a waiting list, every week and one of it given back, a calendar to take
along."""

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
JOINER = say("ui.joiner")


def activities(page: Page) -> list[dict[str, Any]]:
    """All that are offered, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = page.request.get(f"/api/activities?cursor={cursor}").json()
        found += answer["activities"]
        cursor = answer["cursor"]
        if not cursor:
            return found


def show_more_until(page: Page, wanted: Locator) -> None:
    """What fits both may be days away: on some mornings the first page is taken."""
    more = page.get_by_role("button", name=say("activities.more"), exact=True)
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(wanted.or_(more).first).to_be_visible()
    while not wanted.count():
        shown = rows.count()
        more.tap()
        expect(rows).not_to_have_count(shown)


def test_two_siblings_are_booked_together_and_another_screen_hears_of_it(phone: Open, sign_in: SignIn) -> None:
    page, other = phone(), phone()
    for one in (page, other):
        sign_in(one, "guardian")
        one.goto("/")
    tabs = other.get_by_role("tab")
    expect(tabs.first).to_be_visible()
    before = tabs.all_inner_texts()

    # Two taps: the menu, the button that names both.
    page.get_by_role("link", name=say("menu.activities"), exact=True).tap()
    book = page.get_by_role("button", name=like("activities.book"))
    both = book.filter(has_text=JOINER).first
    show_more_until(page, both)
    assert_axe_clean(page)
    screenshot(page, "family-activities")
    names = like("activities.book", names="(.+)").pattern.replace(re.escape("(.+)"), "(.+)")
    said = re.match(names, both.inner_text())
    assert said
    both.tap()
    expect(page.get_by_text(say("activities.done", names=said[1]), exact=True)).to_be_visible()

    expect(tabs.filter(has_text=re.compile("|".join(said[1].split(JOINER)))).first).to_be_visible()
    other.wait_for_function(
        "before => [...document.querySelectorAll('[role=tab]')].map((tab) => tab.innerText).join() !== before",
        arg=",".join(before),
    )
    screenshot(other, "family-home")


def test_a_full_activity_offers_the_waiting_list(phone: Open, desktop: Open, sign_in: SignIn) -> None:
    page, desk = phone(), desktop()
    sign_in(page, "guardian")
    sign_in(desk, "administrator")
    session = at_an_hour_that_is_nobodys(page, desk, minute=20 * 60 + 30, places=1)
    first, second = (child["id"] for child in page.request.get("/api/family").json()["children"][:2])
    post(page, f"/api/activities/{session}/book", {"children": [first]})

    page.goto("/activities")
    page.get_by_role("group", name=say("activities.day")).get_by_text("后天", exact=True).tap()
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text="20:30-21:00")
    row.get_by_role("button", name=like("activities.wait")).tap()
    expect(page.get_by_text(like("activities.now_waiting"))).to_be_visible()
    places = [
        (place["state"], place["ahead"])
        for child in page.request.get("/api/family").json()["children"]
        for place in child["places"]
        if child["id"] == second and place["session"]["id"] == session
    ]
    assert places == [("waiting", 0)]

    # On the first screen the child waits as the first in line, and may stop waiting.
    page.goto("/")
    name = next(c["name"] for c in page.request.get("/api/family").json()["children"] if c["id"] == second)
    page.get_by_role("tab", name=re.compile(re.escape(name[1:]))).tap()
    row = page.get_by_role("tabpanel").locator("li, section").filter(has_text="20:30-21:00").last
    expect(row.get_by_text(say("family.waiting", ahead=0), exact=True)).to_be_visible()
    screenshot(page, "family-waiting")
    row.get_by_role("button", name=like("family.leave_which", verb=say("family.leave_waiting"))).tap()
    page.get_by_role("dialog").get_by_role("button", name=say("family.leave_waiting"), exact=True).tap()
    expect(page.get_by_text(like("family.left"))).to_be_visible()
    expect(page.get_by_text(say("family.waiting", ahead=0), exact=True)).to_have_count(0)


def test_every_week_and_one_of_it_is_given_back(phone: Open, desktop: Open, sign_in: SignIn) -> None:
    page, desk = phone(), desktop()
    sign_in(page, "guardian")
    sign_in(desk, "administrator")
    ids = [at_an_hour_that_is_nobodys(page, desk, minute=8 * 60, weeks=weeks) for weeks in range(3)]
    page.goto("/activities")
    page.get_by_role("group", name=say("activities.day")).get_by_text("后天", exact=True).tap()
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text="08:00-08:30")
    row.get_by_role("checkbox", name=say("activities.weekly"), exact=True).check()
    button = row.get_by_role("button", name=like("activities.book_weekly"))
    names = re.fullmatch(say("activities.book_weekly", names="(.+)"), button.inner_text())
    assert names
    screenshot(page, "family-weekly")
    button.tap()
    done = say("activities.series_done", names=names[1], booked=3, waiting=0, refused=0, later=1)
    expect(page.get_by_text(done, exact=True)).to_be_visible()

    page.goto("/")
    page.get_by_role("tabpanel").get_by_role("button", name=re.compile("08:00-08:30")).first.tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name=say("family.leave_one"), exact=True)).to_be_checked()
    expect(dialog.get_by_role("radio", name=say("family.leave_all", count=3), exact=True)).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "family-leave-one-of-a-series")
    dialog.get_by_role("button", name=say("family.leave"), exact=True).tap()
    expect(dialog).to_have_count(0)
    child = page.request.get("/api/family").json()["children"][0]
    booked = [place["session"]["id"] for place in child["places"] if place["state"] == "booked"]
    assert [one for one in booked if one in ids] == ids[1:]


def at_an_hour_that_is_nobodys(page: Page, desk: Page, *, minute: int, places: int = 9, weeks: int = 0) -> int:
    """A session the day after tomorrow, or weeks later, that all children may join: its id."""
    like_it = next(
        one for one in activities(page) if len(one["fits"]) > 1 and all(fit["state"] == "fits" for fit in one["fits"])
    )
    choices = desk.request.get("/api/sessions/choices").json()
    program = next(one["id"] for one in choices["programs"] if one["name"] == like_it["session"]["program"])
    day = clock.today() + dt.timedelta(days=2, weeks=weeks)
    starts, ends = clock.at(day, minute), clock.at(day, minute + 30)
    made = post(
        desk,
        "/api/sessions",
        {
            "hub": like_it["session"]["hub"]["id"],
            "room": None,
            "program": program,
            "starts_at": starts.isoformat(),
            "ends_at": ends.isoformat(),
            "places": places,
            "duty_worker": None,
            "needs": [],
            "confirmed": True,
        },
    )
    return int(made["id"])


def post(page: Page, address: str, body: dict[str, Any]) -> Any:
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    answer = page.request.post(address, data=body, headers={"X-CSRFToken": str(token)})
    assert answer.ok, f"{answer.status} {answer.text()}"
    return answer.json()


def test_a_place_is_given_back_after_one_question(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    page.goto("/")
    page.get_by_role("button", name=like("family.leave_which", verb=say("family.leave"))).first.tap()
    dialog = page.get_by_role("dialog")
    # The next place may be near: then it is said that it is noted, and that nothing follows.
    follows, noted = (dialog.get_by_text(say(f"family.leave_{what}")) for what in ("consequence", "late"))
    expect(follows.or_(noted)).to_be_visible()
    assert_axe_clean(page)
    dialog.get_by_role("button", name=say("family.leave"), exact=True).tap()
    expect(page.get_by_text(like("family.left"))).to_be_visible()
    expect(dialog).to_have_count(0)


def test_a_calendar_is_subscribed_shown_once_and_ended(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "guardian")
    page.goto("/family")
    page.get_by_role("link", name=re.compile(say("families.feed"))).tap()
    page.get_by_role("button", name=say("feed.make"), exact=True).tap()
    address = page.get_by_role("textbox", name=say("feed.address"), exact=True)
    expect(address).to_have_value(re.compile(r"^http.*/calendar/[\w-]{40,}\.ics$"))
    feed = address.input_value()
    calendar = page.request.get(feed)
    assert calendar.status == 200
    assert calendar.text().startswith("BEGIN:VCALENDAR")
    expect(page.get_by_text(say("feed.once"), exact=True)).to_be_visible()
    screenshot(page, "family-feed")

    page.get_by_role("button", name=say("feed.revoke"), exact=True).tap()
    page.get_by_role("dialog").get_by_role("button", name=say("feed.revoke"), exact=True).tap()
    expect(page.get_by_text(say("feed.none"), exact=True)).to_be_visible()
    assert page.request.get(feed).status in (404, 410)
