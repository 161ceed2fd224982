"""A regulator sees the whole and changes nothing: no button, no key, no call writes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.pages import addresses_of
from tests.support.texts import catalog, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
WRITING = ("board.add", "board.move", "board.edit", "board.cancel", "plan.start", "plan.publish", "plan.again",
           "plan.change_scope", "plan.cancel", "plan.pin", "plan.who_could", "import.confirm")  # fmt: skip


def test_every_page_is_for_looking(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "regulator")
    words = {say(text_id) for text_id in WRITING} | {text for key, text in catalog().items() if key == "people.appoint"}
    writes: list[str] = []
    page.on("request", lambda one: writes.append(one.url) if one.method not in ("GET", "HEAD") else None)
    for address in addresses_of(page, "regulator"):
        page.goto(address)
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_load_state("networkidle")
        named = {text.strip() for text in page.locator("button, a, [role=button]").all_inner_texts()}
        assert named & words == set(), address
    assert writes == []


def test_a_sessions_panel_offers_nothing_to_change(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "regulator")
    page.goto("/")
    bar = page.locator("[data-session]").first
    bar.click()
    panel = page.get_by_role("complementary", name=say("board.panel"))
    expect(panel.get_by_role("heading", level=2).first).to_be_visible()
    for text_id in ("board.move", "board.edit", "board.cancel"):
        expect(panel.get_by_role("button", name=say(text_id), exact=True)).to_have_count(0)
    bar.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_call_by_hand_is_refused(desktop: Open, sign_in: SignIn) -> None:
    page = desktop()
    sign_in(page, "regulator")
    session = page.request.get("/api/board").json()["sessions"][0]["id"]
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
    for address, body in (
        (f"/api/sessions/{session}/cancel", {"reason": "试试", "revision": 1}),
        ("/api/planning/runs", {"week": "2026-12-14", "hubs": [1], "seconds": 10}),
    ):
        answer = page.request.post(address, data=body, headers={"X-CSRFToken": cookies["csrftoken"]})
        assert answer.status == 403, address
