"""The planner asks what if: somebody not there, a session not held, one more volunteer; and who carries what."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import assert_axe_clean, screenshot, tab_to
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def button(inside: Page | Locator, text_id: str) -> Locator:
    return inside.get_by_role("button", name=say(text_id), exact=True)


def look(page: Page, name: str) -> None:
    assert_axe_clean(page)
    screenshot(page, name)


def test_what_might_be_is_tried_out_before_it_is_done(
    desktop: Open, phone: Open, sign_in: SignIn, start_server: Callable[..., Server]
) -> None:
    """On a demo of its own: other journeys publish the week that it plans by itself."""
    own = start_server(DEMO="1")
    page, other = desktop(server=own), phone(server=own)
    for one in (page, other):
        sign_in(one, "administrator")
        one.goto("/planning")
        # The demo plans its next week by itself.
        expect(button(one, "plan.publish")).to_be_visible(timeout=120_000)
    dialog, on_phone = page.get_by_role("dialog"), other.get_by_role("dialog")

    # Why this person: against the next best, term by term. What if they were not there: so be it.
    rows = page.locator("main li li li button")
    row = rows.filter(has_not=page.locator("svg + svg")).first
    name = row.locator("span").first.inner_text()
    row.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(like("plan.next_is")).or_(dialog.get_by_text(like("plan.next_alike")))).to_be_visible()
    look(page, "why-this-person")
    tab_to(page, button(dialog, "plan.bar"))
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading", name=say("plan.if_barred", name=name))).to_be_visible()
    expect(dialog.locator("[data-outcome]")).to_be_visible()
    look(page, "what-if-barred")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, button(dialog, "plan.bar"))
    page.keyboard.press("Enter")
    expect(dialog.locator("[data-outcome]")).to_be_visible()
    tab_to(page, button(dialog, "plan.so_be_it"))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)

    # A session that might not take place is only asked about; doing so is the session's own page.
    title = other.get_by_role("tabpanel").get_by_role("heading").first.get_by_role("button")
    title.tap()
    button(on_phone, "plan.see").tap()
    expect(on_phone.locator("[data-outcome]")).to_be_visible()
    look(other, "what-if-dropped")
    on_phone.get_by_text(say("plan.if_moved"), exact=True).tap()
    on_phone.get_by_label(say("plan.from"), exact=True).fill("06:00")
    button(on_phone, "plan.see").tap()
    expect(on_phone.locator("[data-outcome]")).to_be_visible()
    look(other, "what-if-moved")
    expect(on_phone.get_by_role("link", name=say("plan.do_at_session"))).to_have_attribute(
        "href", re.compile(r"^/week\?week=[\d-]+&session=\d+$")
    )
    button(on_phone, "ui.close").tap()

    # One more volunteer.
    button(page, "plan.one_more").click()
    look(page, "what-if-joined-who")
    dialog.get_by_label(say("plan.is_cleared")).click()
    button(dialog, "plan.see").click()
    expect(dialog.locator("[data-outcome]")).to_be_visible()
    look(page, "what-if-joined")
    button(dialog, "ui.close").click()

    # Who carries what.
    for one in (page, other):
        one.get_by_role("tab", name=say("plan.by_person"), exact=True).click()
        one.get_by_text(say("plan.view_carrying"), exact=True).click()
        expect(one.get_by_label(say("plan.order"))).to_be_visible()
        look(one, "who-carries-what")
    page.get_by_label(say("plan.order")).select_option("least")
    expect(page.get_by_text(re.compile(rf"^{re.escape(say('plan.carries', n=0))}")).first).to_be_visible()
