"""Siblings wait for a full session, are offered its places by a link; one comes, reads, borrows and goes home with its
grandmother. The father far away sees it all on his phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
BOOK = "山那边的信"
STICKER = "FARAWAY1"
CODE = "204816"
SITE = "远山书屋"

# Shared reading that begins in a while, whatever the hour, at a site of its own, its adults there: another family has
# all its places. The demo's guardian has children, free at that time.
STAGE = f"""
import datetime as dt, json
from hub import clock
from hub.people.demo import face_of
from hub.people.models import Child, FamilyMember
from scheduling.bookings.bookings import book_together
from scheduling.bookings.models import Booking
from scheduling.signups.models import Assignment
from tests.bookings.factories import make_guardian
from tests.lending.factories import make_copy, make_title
from tests.support.make import *
now = clock.now()
hub = make_hub(name="{SITE}")
family = Child.objects.filter(family__guardian=face_of("guardian")).order_by("pk")
children = list(family.select_related("person", "family"))
starts = now + dt.timedelta(minutes=20)
session = make_session(hub=hub, week=clock.monday_of(starts), code="far", places=len(children), starts_at=starts,
    ends_at=now + dt.timedelta(minutes=80), duty_worker=make_person("social_worker"),
    program=make_program(kind="reading", name="山谷共读", agency=make_agency(name="山谷社工")))
need = make_need(session=session, min=1, target=1)
Assignment.objects.create(need=need, session=session, volunteer=make_volunteer(), state="accepted", source="hand",
    created_at=now, changed_at=now)
Booking.objects.filter(participant__child__in=family, session__starts_at__lt=session.ends_at,
    session__ends_at__gt=starts).update(state="cancelled")
guardian, theirs = make_guardian(len(children))
others = book_together(session=session.pk, children=[one.pk for one in theirs], by=guardian, all_or_none=True)
person = make_person(name="陈桂香", phone="")
FamilyMember.objects.create(family=children[0].family, person=person, part="pickup", relation="外婆", code="{CODE}")
make_copy(hub=hub, title=make_title(name="{BOOK}"), sticker="{STICKER}")
print(json.dumps({{"hub": hub.pk, "session": session.pk, "child": children[0].pk, "person": children[0].person_id,
    "names": [one.person.name for one in children], "others": [row.pk for row in others], "their": guardian.pk}}))
"""
GIVE_BACK = """
from hub.people.models import Person
from scheduling.bookings.bookings import cancel_booking
cancel_booking(booking={booking}, by=Person.objects.get(pk={by}))
"""

BEGIN = """
import datetime as dt
from django.db.models import F
from scheduling.sessions.models import Session
Session.objects.filter(pk={session}).update(starts_at=F("starts_at") - dt.timedelta(minutes=25))
"""


@pytest.fixture(scope="module")
def own(start_server: Callable[..., Server]) -> Server:
    return start_server(DEMO="1")


@pytest.fixture
def stage(own: Server) -> dict[str, Any]:
    printed = own.run("shell", "--no-imports", "-c", STAGE)
    made: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return made


def test_from_the_waiting_list_to_going_home_with_grandmother(
    own: Server,
    phone: Open,
    open_page: Open,
    sign_in: SignIn,
    stage: dict[str, Any],
    allow_console: Callable[[str], None],
) -> None:
    allow_console("409 (Conflict)")
    desk, father = open_page("tablet", server=own), phone(server=own)
    sign_in(desk, "administrator")
    sign_in(father, "guardian")
    father.goto("/home/family")
    father.get_by_label(say("family.tell_comings")).tap()
    expect(father.get_by_label(say("family.tell_comings"))).to_be_checked()

    wait_together(father, stage)
    for booking in stage["others"]:
        own.run("shell", "--no-imports", "-c", GIVE_BACK.format(booking=booking, by=stage["their"]))
    take_by_link(father, phone(server=own), desk)
    come(desk, stage["names"][0], stage["hub"])
    expect(father.get_by_text(f"到了{SITE}")).to_be_visible()
    own.run("shell", "--no-imports", "-c", BEGIN.format(session=stage["session"]))
    read(desk, stage["names"][0], stage["session"])
    borrow_and_return(desk, father, stage)
    go_home(desk, stage["names"][0], stage["hub"])

    father.goto("/home/family")
    expect(father.get_by_text("跟外婆回家了")).to_be_visible()
    assert_axe_clean(father)
    screenshot(father, "family-comings")
    father.goto(f"/keepsake?child={stage['child']}")
    expect(father.get_by_text(BOOK).first).to_be_visible()
    assert_axe_clean(father)
    screenshot(father, "keepsake")


def wait_together(page: Page, stage: dict[str, Any]) -> None:
    """All or none, in line for a full session."""
    page.goto("/activities")
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text="山谷共读")
    row.get_by_role("radio", name=like("activities.choose_all")).check()
    button = row.get_by_role("button", name=like("activities.wait"))
    for name in stage["names"]:
        expect(button).to_contain_text(name[1:])
    assert_axe_clean(page)
    screenshot(page, "family-full")
    button.tap()
    expect(page.get_by_text(like("activities.now_waiting"))).to_be_visible()
    page.goto("/home/family")


def take_by_link(father: Page, hand: Page, desk: Page) -> None:
    """The offer stands on the first screen; who is at hand takes it by the link, without signing in."""
    turn = father.get_by_role("region", name=say("turn.title"), exact=True)
    expect(turn).to_be_visible()
    assert_axe_clean(father)
    screenshot(father, "family-turn")
    rows = desk.request.get("/api/messages").json()["messages"]
    offer = next(row for row in rows if row["template"] == "booking_offered" and "山谷共读" in row["text"])
    hand.goto(urlsplit(offer["link"]).path)  # written by a command, which knows no port
    expect(hand.get_by_role("heading", name=like("turn.question"))).to_be_visible()
    assert_axe_clean(hand)
    screenshot(hand, "family-turn-link")
    hand.get_by_role("button", name=say("turn.take"), exact=True).tap()
    expect(hand.get_by_text(like("activities.done"))).to_be_visible()
    screenshot(hand, "family-turn-taken")
    expect(turn).to_have_count(0)


def come(desk: Page, name: str, hub: int) -> None:
    desk.goto(f"/check-in?hub={hub}")
    desk.get_by_role("button", name=say("child.arrive_whom", name=name), exact=True).tap()
    expect(desk.get_by_role("button", name=say("child.leave_whom", name=name), exact=True)).to_be_visible()


def read(desk: Page, name: str, session: int) -> None:
    desk.goto(f"/reading/sheet?session={session}")
    desk.get_by_label(say("reading.book_whom", name=name), exact=True).fill(BOOK)
    desk.get_by_label(say("reading.pages_whom", name=name), exact=True).fill("3-12")
    mood = desk.get_by_role("group", name=say("reading.mood_whom", name=name), exact=True)
    mood.get_by_role("radio", name=say("mood.glad"), exact=True).check()
    assert_axe_clean(desk)
    screenshot(desk, "reading-sheet")
    desk.get_by_role("button", name=say("reading.save"), exact=True).tap()
    expect(desk.get_by_text(say("reading.saved"))).to_be_visible()


def borrow_and_return(desk: Page, father: Page, stage: dict[str, Any]) -> None:
    """Lent and brought back at the desk: one town further on the father's map."""
    before = towns(father, stage["person"])
    father.goto(f"/books/snail?child={stage['person']}")
    expect(father.get_by_role("img", name=like("snail.map"))).to_be_visible()
    name = stage["names"][0]
    desk.goto("/books/counter")
    desk.get_by_label(say("counter.hub"), exact=True).select_option(label=SITE)
    desk.get_by_label(say("counter.who")).fill(name)
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name=name, exact=True).tap()
    for done in ("counter.lent", "counter.back"):
        desk.get_by_label(say("counter.scan")).fill(STICKER)
        desk.keyboard.press("Enter")
        expect(desk.get_by_text(like(done))).to_be_visible()
    assert_axe_clean(desk)
    screenshot(desk, "lending-desk-family")
    expect(father.get_by_text(say("snail.by_in_time", book=BOOK))).to_be_visible()
    assert towns(father, stage["person"]) == before + 1
    assert_axe_clean(father)
    screenshot(father, "snail-town-further")


def towns(page: Page, person: int) -> int:
    snails = page.request.get("/api/lending/snails").json()
    return int(next(one["snail"]["towns"] for one in snails if one["id"] == person))


def go_home(desk: Page, name: str, hub: int) -> None:
    """A wrong code keeps the child here."""
    desk.goto(f"/check-in?hub={hub}")
    desk.get_by_role("button", name=say("child.leave_whom", name=name), exact=True).tap()
    desk.get_by_role("radio", name=say("child.relation_name", relation="外婆", name="陈桂香")).check()
    code = desk.get_by_label(say("child.code"), exact=True)
    for said in ("000000", CODE):
        code.fill(said)
        desk.get_by_role("button", name=say("child.let_go"), exact=True).tap()
        if said != CODE:
            expect(desk.get_by_role("alert")).to_have_text(say("errors.code_wrong_pickup"))
            assert_axe_clean(desk)
            screenshot(desk, "child-leaves")
    expect(desk.get_by_role("dialog")).to_have_count(0)
