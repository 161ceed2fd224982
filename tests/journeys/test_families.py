"""A grandmother starts the family, the father far away agrees by a link, a child is booked; a paper at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub import clock
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
GRANDMOTHER, FATHER = "13512345678", "13587654321"


@pytest.fixture(scope="module")
def own(start_server: Callable[..., Server]) -> Server:
    return start_server(DEMO="1")


def messages_to(page: Page, phone: str, template: str) -> dict[str, Any]:
    """The newest; the demo shows what went out."""
    tail = phone[-4:]
    rows = page.request.get("/api/messages").json()["messages"]
    return next(row for row in rows if row["template"] == template and tail in str(row))


def family(page: Page) -> dict[str, Any]:
    [one] = page.request.get("/api/families/mine").json()
    return dict(one)


def test_a_grandmother_starts_it_and_the_father_agrees_from_afar(
    own: Server, phone: Open, allow_console: Callable[[str], None]
) -> None:
    allow_console("401")  # how the sign-in says that a code is on its way
    page = phone(server=own)
    page.goto("/sign-in")
    page.get_by_role("link", name=say("sign_in.start_family")).tap()
    expect(page.get_by_text(say("sign_in.first"), exact=True)).to_be_visible()
    page.get_by_label(say("sign_in.phone")).fill(GRANDMOTHER)
    page.get_by_role("button", name=say("sign_in.send_code")).tap()
    code = page.get_by_label(say("sign_in.code"), exact=True)
    expect(code).to_be_visible()
    sent = messages_to(page, GRANDMOTHER, "sign_in_code")
    digits = re.search(r"\d{6}", sent["text"])
    assert digits
    code.fill(digits[0])

    page.get_by_text(say("families.i_am_caregiver"), exact=True).tap()
    page.get_by_label(say("families.my_name")).fill("周桂芳")
    page.get_by_label(say("families.my_relation")).fill("外婆")
    page.get_by_label(say("families.child_name")).fill("李小满")
    page.get_by_label(say("families.child_born")).fill(f"{clock.today().year - 8}-03-04")
    page.get_by_label(say("families.guardian_name")).fill("李建军")
    page.get_by_label(say("families.guardian_phone")).fill(FATHER)
    assert_axe_clean(page)
    screenshot(page, "family-start")
    page.get_by_role("button", name=say("families.start_ask")).tap()
    expect(page.get_by_text(say("families.waits_for", name="李建军"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "family-waiting-for-guardian")

    # Two taps, without signing in.
    father = phone(server=own)
    father.goto(messages_to(page, FATHER, "family_asked")["link"])
    expect(father.get_by_role("heading", name=say("families.asked_for", names="小满"))).to_be_visible()
    assert_axe_clean(father)
    screenshot(father, "family-link")
    father.get_by_role("button", name=say("families.usual"), exact=True).tap()
    father.get_by_role("button", name=say("families.confirm"), exact=True).tap()
    expect(father.get_by_text(say("families.answered"))).to_be_visible()

    # The grandmother's page hears of it; she books.
    expect(page.get_by_text(say("families.waits_for", name="李建军"))).to_have_count(0)
    assert family(page)["confirmed"] is True
    page.goto("/activities")
    page.get_by_role("button", name=like("activities.book")).first.tap()
    expect(page.get_by_text(like("activities.done"))).to_be_visible()

    # The father thinks again of pictures, by the same link.
    group = father.get_by_role("radiogroup", name=say("consents.photo"))
    group.get_by_text(say("families.disagree"), exact=True).tap()
    father.get_by_role("button", name=say("families.confirm_again"), exact=True).tap()
    page.goto("/family")
    photo = page.get_by_role("listitem").filter(has_text=say("consents.photo")).first
    expect(photo.get_by_text(say("families.is_refused"), exact=True)).to_be_visible()


def test_a_guardian_takes_back_a_picture_and_reads_who_looked(own: Server, phone: Open, sign_in: SignIn) -> None:
    page = phone(server=own)
    sign_in(page, "guardian")
    page.goto("/family")
    pictures = say("consents.photo")
    photo = page.get_by_role("listitem").filter(has_text=pictures).first
    expect(photo).to_be_visible()
    agree = photo.get_by_role("button", name=say("families.agree_to", what=pictures), exact=True)
    if agree.count():
        agree.tap()
    photo.get_by_role("button", name=say("families.take_back_what", what=pictures), exact=True).tap()
    expect(photo.get_by_text(say("families.is_refused"), exact=True)).to_be_visible()

    health = say("families.note_health")
    page.get_by_role("button", name=say("families.note_show_which", note=health), exact=True).tap()
    expect(page.get_by_role("textbox", name=health)).to_be_visible()
    page.get_by_text(say("families.looks"), exact=True).tap()
    expect(page.get_by_text(say("families.looks_none"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "family-mine")

    page.get_by_role("link", name=re.compile(say("families.card"))).tap()
    expect(page.get_by_role("img", name=re.compile("."))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "family-card")


def test_staff_start_a_family_and_record_the_paper(own: Server, desktop: Open, sign_in: SignIn) -> None:
    desk = desktop(server=own)
    sign_in(desk, "coordinator")
    desk.goto("/families")
    desk.get_by_role("button", name=say("families.start"), exact=True).click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label(say("families.guardian_name")).fill("赵强")
    dialog.get_by_label(say("families.guardian_phone")).fill("13511112222")
    dialog.get_by_label(say("families.child_name")).fill("赵小宝")
    dialog.get_by_label(say("families.child_born")).fill(f"{clock.today().year - 7}-05-06")
    assert_axe_clean(desk)
    dialog.get_by_role("button", name=say("families.start_desk"), exact=True).click()
    expect(desk.get_by_text(say("families.desk_waiting"), exact=True)).to_be_visible()

    desk.get_by_role("button", name=say("families.paper_which", name="赵小宝"), exact=True).click()
    paper = desk.get_by_role("dialog")
    paper.get_by_label(say("families.signed_on")).fill(clock.today().isoformat())
    for kind, answer in (("data", "agree"), ("photo", "disagree")):
        group = paper.get_by_role("radiogroup", name=say(f"consents.{kind}"))
        group.get_by_text(say(f"families.{answer}"), exact=True).click()
    assert_axe_clean(desk)
    screenshot(desk, "families-paper")
    paper.get_by_role("button", name=say("families.paper_do"), exact=True).click()
    expect(desk.get_by_text(say("families.short_data_yes"), exact=True)).to_be_visible()
    expect(desk.get_by_text(say("families.desk_waiting"), exact=True)).to_have_count(0)
    desk.get_by_role("button", name=say("families.desk_card"), exact=True).click()
    expect(desk.get_by_role("dialog").get_by_role("img").last).to_be_visible()
    assert_axe_clean(desk)
    screenshot(desk, "families-desk-card")


# The demo's first child came to a session at the site of the demo's coordinator.
CAME = """
from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Child
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
now, hubs = clock.now(), load_actor(face_of("coordinator")).hub_ids
child = Child.objects.select_related("person").filter(family__guardian=face_of("guardian")).first()
session = Session.objects.filter(hub__in=hubs, starts_at__lt=now).exclude(bookings__participant=child.person).first()
Booking.objects.create(session=session, participant=child.person, state="booked", created_at=now, changed_at=now)
print(child.person.name)
"""


def test_who_helps_a_family_says_why_and_its_guardian_reads_who_looked(
    own: Server, desktop: Open, phone: Open, sign_in: SignIn
) -> None:
    name = own.run("shell", "--no-imports", "-c", CAME).strip().splitlines()[-1]
    hardship, reason = say("families.note_hardship"), say("families.reason_helping")
    desk = desktop(server=own)
    sign_in(desk, "coordinator")
    desk.goto("/families")
    desk.get_by_label(say("families.find")).fill(name)
    desk.get_by_role("button", name=say("families.find_do"), exact=True).click()
    desk.get_by_role("button", name=say("families.notes_of", name=name), exact=True).click()
    dialog = desk.get_by_role("dialog")
    show = dialog.get_by_role("button", name=say("families.note_show_which", note=hardship), exact=True)
    expect(show).to_be_disabled()
    dialog.get_by_role("radio", name=reason).check()
    show.click()
    dialog.get_by_role("textbox", name=hardship).fill("爷爷住院，午饭没人管")
    assert_axe_clean(desk)
    screenshot(desk, "families-notes")
    dialog.get_by_role("button", name=say("ui.save"), exact=True).click()
    expect(desk.get_by_text(say("families.kept"), exact=True)).to_be_visible()

    page = phone(server=own)
    sign_in(page, "guardian")
    page.goto("/family")
    page.get_by_role("tab", name=name).tap()
    page.get_by_text(say("families.looks"), exact=True).tap()
    looked = page.get_by_role("listitem").filter(has_text=reason)
    expect(looked.get_by_text(hardship)).to_have_count(1)
    expect(
        page.get_by_role("listitem").filter(has_text=say("families.look_written", who="", note=hardship))
    ).to_have_count(1)
    screenshot(page, "family-who-looked")
