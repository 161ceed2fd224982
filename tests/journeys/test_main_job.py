"""The main job, as a coordinator and a volunteer live it: a workbook becomes a published roster that everyone sees."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import APIResponse, Locator, Page, expect

from hub import clock
from programs.demo.district import draw_district
from programs.demo.weeks import workbook_of
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLANNED = 60_000
WATCH_RUN = """(cancel) => {
  window.couldCancel = false;
  new MutationObserver(() => {
    window.couldCancel ||= [...document.querySelectorAll("main button")].some((one) => one.innerText === cancel);
  }).observe(document.body, { subtree: true, childList: true });
}"""
"""Keeps what a run offered, however short it was: a week this small may be proven best before a line is drawn."""


def monday_in(weeks: int) -> dt.date:
    return clock.monday_of(clock.today()) + dt.timedelta(weeks=weeks)


def week_workbook(monday: dt.date) -> bytes:
    return workbook_of(draw_district(clock.monday_of(clock.today())), monday)


def spoiled(data: bytes) -> bytes:
    """A slip of the pen: the second session ends before it starts, and its room is none of the site's."""
    book = load_workbook(io.BytesIO(data))
    page = book["场次"]
    columns = {str(cell.value): cell.column for cell in page[1]}
    page.cell(3, columns["结束时间"]).value = "2020-01-01 08:00"
    page.cell(4, columns["场地名称"]).value = "天台"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(page: Page, data: bytes, name: str) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})


def button(page: Page | Locator, text_id: str, **values: object) -> Locator:
    return page.get_by_role("button", name=say(text_id, **values), exact=True)


def plan_ten_seconds(page: Page) -> None:
    page.get_by_text(say("plan.length_10"), exact=True).click()
    button(page, "plan.start").click()


def review(page: Page) -> Locator:
    tab = page.get_by_role("tab", name=say("plan.by_session"), exact=True)
    expect(tab).to_be_visible(timeout=PLANNED)
    return tab


def send(page: Page, address: str, body: dict[str, Any]) -> APIResponse:
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    return page.request.post(address, data=body, headers={"X-CSRFToken": cookies["csrftoken"]})


def post(page: Page, address: str, body: dict[str, Any]) -> None:
    answer = send(page, address, body)
    assert answer.ok, f"{answer.status} {answer.text()}"


def refuse_an_edit(page: Page) -> None:
    """A place falls open; somebody else gives it to the person whom this screen still offers: the refusal says why."""
    openers = page.get_by_role("button", name=like("plan.room_for")).or_(button(page, "plan.who_could"))
    before = openers.count()
    run, need, volunteer = take_somebody_out(page)
    expect(openers).not_to_have_count(before)
    dialog = page.get_by_role("dialog")
    for opener in openers.all():
        with page.expect_response("**/candidates*") as asked:
            opener.click()
        if f"/needs/{need}/" in asked.value.url:
            break
        button(dialog, "ui.close").click()
    free = asked.value.json()["free"]
    assert volunteer in [one["volunteer"] for one in free]
    post(page, f"/api/planning/runs/{run}/edits", {"action": "add", "need": need, "volunteer": free[0]["volunteer"]})
    button(dialog, "plan.choose").first.click()
    said = dialog.get_by_role("alert")
    expect(said).to_have_text(re.compile(f"{say('plan_no.assigned_here')}|{say('plan_no.need_full')}"))
    button(dialog, "ui.close").click()


def take_somebody_out(page: Page) -> tuple[int, int, int]:
    """One whom no newcomer depends on leaves a place that only just was filled: (run, need, volunteer)."""
    week = re.findall(r"week=([\d-]+)", page.url)[0]
    run = page.request.get(f"/api/planning/desk?week={week}").json()["run"]["id"]
    found = page.request.get(f"/api/planning/runs/{run}/proposal/sessions?most=1000").json()
    needs = [need for session in found["sessions"] for need in session["needs"]]
    for need in needs:
        if need["filled"] == need["min"] == need["target"]:
            for row in need["rows"]:
                wish = {"action": "remove", "need": need["id"], "volunteer": row["volunteer"]}
                if not row["pinned"] and send(page, f"/api/planning/runs/{run}/edits", wish).ok:
                    return run, need["id"], row["volunteer"]
    raise AssertionError("nobody may leave")


def test_a_faulty_workbook_shows_the_cell_and_goes_no_further(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "administrator")
    page.goto("/import")
    upload(page, spoiled(week_workbook(monday_in(5))), "写错了.xlsx")
    expect(page.get_by_role("alert")).to_contain_text(say("import.faulty_title", n=2))
    expect(page.locator("[data-fault]")).to_have_count(2)
    expect(page.locator("[data-fault]").filter(has_text="天台")).to_be_visible()
    page.get_by_role("link", name=re.compile("D4")).click()
    expect(page.locator("[data-fault]").filter(has_text="天台")).to_be_in_viewport()
    expect(button(page, "import.confirm")).to_have_count(0)
    assert_axe_clean(page)
    screenshot(page, "import-faults")


def test_a_workbook_becomes_a_roster_that_everyone_sees_change(
    desktop: Open, phone: Open, sign_in: SignIn, allow_console: Callable[[str], None]
) -> None:
    allow_console("409")  # the refused edit
    monday = monday_in(3)
    page = desktop()
    sign_in(page, "administrator")

    # Import: a preview with its counts, then one confirmation.
    page.goto("/import")
    upload(page, week_workbook(monday), f"{monday}.xlsx")
    expect(page.get_by_text(say("import.ready_title"), exact=True)).to_be_visible(timeout=30_000)
    created = int(page.locator("[data-figure=created] dd").inner_text())
    assert created > 100
    assert int(page.locator("[data-figure=same] dd").inner_text()) > 100
    assert_axe_clean(page)
    button(page, "import.confirm").click()
    page.get_by_role("link", name=say("import.to_week")).click(timeout=30_000)

    # The board shows that week.
    bars = page.locator("[data-session]")
    expect(bars.first).to_be_visible()
    listed = page.request.get(f"/api/board?week={monday}").json()["sessions"]
    expect(page.get_by_text(re.compile(f"^{re.escape(say('board.count_sessions', n=len(listed)))}"))).to_be_visible()
    assert f"week={monday}" in page.url

    # Planning: it can be stopped while it runs, and in the end it is known how good it is.
    page.goto(f"/planning?week={monday}")
    page.evaluate(WATCH_RUN, say("plan.cancel"))
    plan_ten_seconds(page)

    # The proposal, three ways.
    by_session = review(page)
    assert page.evaluate("window.couldCancel") is True
    expect(page.get_by_text(like("plan.gap")).or_(page.get_by_text(say("plan.gap_none"), exact=True))).to_be_visible()
    expect(page.get_by_role("tabpanel").get_by_role("heading").first).to_be_visible()
    page.get_by_role("tab", name=say("plan.by_person"), exact=True).click()
    expect(page.get_by_text(like("plan.person_load")).first).to_be_visible()
    page.get_by_role("tab", name=re.compile(f"^{say('plan.changes')}")).click()
    expect(page.get_by_text(like("plan.first_roster"))).to_be_visible()
    by_session.click()

    # One place is pinned; planning again keeps it.
    row = page.get_by_role("tabpanel").locator("li li li button").first
    name = row.locator("span").first.inner_text()
    row.click()
    expect(page.get_by_role("dialog").get_by_text(say("plan.why"), exact=True)).to_be_visible()
    button(page, "plan.pin").click()
    pinned = page.get_by_role("button", name=re.compile(rf"{name}.*{say('plan_why.pinned')}"))
    expect(pinned).to_be_visible()
    button(page, "plan.again").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    review(page)
    expect(pinned).to_be_visible()
    refuse_an_edit(page)
    screenshot(page, "planning-review")

    # Publish, and what is offered for the group.
    button(page, "plan.publish").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(like("plan.will_tell"))).to_be_visible()
    button(dialog, "plan.publish").click()
    expect(page.get_by_text(like("plan.published_title"))).to_be_visible(timeout=30_000)
    expect(page.get_by_role("textbox", name=say("plan.group_text"))).to_have_value(re.compile(r"\S"))
    expect(page.get_by_role("img", name=say("plan.picture_alt"))).to_be_visible(timeout=30_000)
    assert_axe_clean(page)
    screenshot(page, "planning-published")

    # A volunteer answers from the message, signed in nowhere; the coordinator's screen follows.
    reader = phone()
    reader.goto("/messages")
    link = reader.locator('a[href^="/a/"]').first
    answers = f"/api/answers/{str(link.get_attribute('href')).removeprefix('/a/')}"
    told = reader.request.get(answers).json()
    shift = told["shifts"][0]
    page.goto(f"/week?week={monday}&session={shift['session']}")
    panel = page.get_by_role("complementary", name=say("board.panel"))
    asked = panel.get_by_role("listitem").filter(has_text=say("board.answer.published"))
    expect(asked.first).to_be_visible()
    silent = asked.count()
    page.evaluate("window.neverReloaded = true")
    link.click()
    button(reader, "shift.i_come").first.click()
    expect(asked).to_have_count(silent - 1)
    expect(panel.get_by_role("listitem").filter(has_text=say("board.answer.accepted")).first).to_be_visible()
    expect(reader.get_by_text(say("shift.accepted"), exact=True).first).to_be_visible()
    assert reader.request.get("/api/me").json()["signed_in"] is False
    assert page.evaluate("window.neverReloaded")
    screenshot(reader, "answer")
