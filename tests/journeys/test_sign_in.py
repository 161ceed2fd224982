"""Signing in with a phone's code, read from the demo's page of messages; a phone of several people asks who it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
FAMILY_PHONE = "199000000001"
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
PEOPLE = ("黄桂英", "黄小满")


@pytest.fixture(scope="module")
def couple(demo: Server) -> Server:
    """Two people behind one number, a coordinator and an administrator, granted on the command line."""
    script = (
        "from hub.people.models import Person, RoleGrant\n"
        f"for name, role in zip({PEOPLE!r}, ('regulator', 'administrator')):\n"
        f"    person, _ = Person.objects.get_or_create(name=name, phone='{FAMILY_PHONE}')\n"
        "    RoleGrant.objects.get_or_create(person=person, role=role)\n"
    )
    demo.run("shell", "-c", script)
    return demo


def enter_phone(page: Page, number: str) -> None:
    page.goto("/")
    page.get_by_label(say("sign_in.phone"), exact=True).fill(number)
    page.get_by_role("button", name=say("sign_in.send_code"), exact=True).tap()
    expect(page.get_by_text(say("sign_in.code_sent", phone=number), exact=True)).to_be_visible()


def newest_code(page: Page) -> str:
    """Opened from the form, as a person would."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name=say("sign_in.demo_messages"), exact=True).tap()
    message = opened.value.get_by_role("listitem").filter(has_text=CODE).first
    code = CODE.search(message.locator("p").inner_text())
    assert code, message.inner_text()
    opened.value.close()
    return code[0]


def test_a_code_from_the_messages_lets_a_couple_in_one_at_a_time(
    phone: Open, couple: Server, allow_console: Callable[[str], None]
) -> None:
    allow_console("401")  # how the accounts' API says that a code is awaited
    page = phone()
    enter_phone(page, FAMILY_PHONE)
    assert_axe_clean(page)
    page.get_by_label(say("sign_in.code"), exact=True).fill(newest_code(page))
    expect(page.get_by_role("heading", name=say("sign_in.who"), exact=True)).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "sign-in-who")
    page.get_by_role("button", name=PEOPLE[1], exact=True).tap()
    expect(page.get_by_role("button", name=PEOPLE[1], exact=True)).to_be_visible()
    expect(page).not_to_have_url(re.compile("sign-in"))

    # Later, in the same browser, it is the other one's turn.
    page.get_by_role("button", name=PEOPLE[1], exact=True).tap()
    page.get_by_role("button", name=PEOPLE[0], exact=True).tap()
    expect(page.get_by_role("button", name=PEOPLE[0], exact=True)).to_be_visible()
    assert page.request.get("/api/me").json()["person"]["name"] == PEOPLE[0]


def test_a_wrong_code_is_said_and_the_field_waits_for_another(
    phone: Open, couple: Server, allow_console: Callable[[str], None]
) -> None:
    allow_console("400")
    allow_console("401")
    page = phone()
    page.goto("/")
    page.get_by_label(say("sign_in.phone"), exact=True).fill("12")
    page.get_by_role("button", name=say("sign_in.send_code"), exact=True).tap()
    expect(page.get_by_text(say("sign_in.phone_invalid"), exact=True)).to_be_visible()
    enter_phone(page, "199000000002")
    page.get_by_label(say("sign_in.code"), exact=True).fill("000000")
    expect(page.get_by_text(say("errors.auth_incorrect_code"), exact=True)).to_be_visible()
    expect(page.get_by_label(say("sign_in.code"), exact=True)).to_be_focused()
    expect(page.get_by_text(like("sign_in.send_again_in"))).to_be_visible()


def test_a_volunteer_by_code_arrives_where_they_wanted_to_go(
    phone: Open, demo: Server, sign_in: Callable[[Page, str], None], allow_console: Callable[[str], None]
) -> None:
    allow_console("401")
    known = phone()
    sign_in(known, "volunteer")
    name = known.request.get("/api/me").json()["person"]["name"]
    find = f"from hub.people.models import Person\nprint(Person.objects.get(name={name!r}).phone)"
    number = demo.run("shell", "-c", find).split()[-1]

    page = phone()
    page.goto("/shifts/find?from=message")
    page.get_by_label(say("sign_in.phone"), exact=True).fill(number)
    page.get_by_role("button", name=say("sign_in.send_code"), exact=True).tap()
    page.get_by_label(say("sign_in.code"), exact=True).fill(newest_code(page))
    expect(page).to_have_url(re.compile(r"/shifts/find\?from=message$"))
    with page.expect_response("**/sign-up?*") as answered:
        page.get_by_role("button", name=like("find.take_which", verb=say("find.verb.instant"))).first.tap()
    taken = answered.value.json()["id"]

    def known_as() -> list[str]:
        mine = known.request.get("/api/shifts/mine").json()["shifts"]
        return [shift["state"] for shift in mine if shift["id"] == taken]

    assert known_as() == ["accepted"]
    shifts = [one["id"] for one in known.request.get("/api/shifts/mine").json()["shifts"]]
    page.get_by_role("link", name=say("menu.my_shifts"), exact=True).tap()
    row = page.get_by_role("main").get_by_role("listitem").nth(shifts.index(taken))
    row.get_by_role("button", name=say("shift.i_cannot"), exact=True).tap()
    page.get_by_role("dialog").get_by_role("button", name=say("shift.decline_send"), exact=True).tap()
    expect(row.get_by_text(say("shift.declined"), exact=True)).to_be_visible()
    assert known_as() == ["declined"]
