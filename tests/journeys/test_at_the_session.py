"""A child comes, reads and goes home with its grandmother; the father far away sees all three on his phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
BOOK = "山那边的信"
CODE = "204816"

# Shared reading that is on now, whatever the hour, at a site of its own: the demo's first child is expected there.
STAGE = f"""
import datetime as dt, json
from hub import clock
from hub.people.demo import face_of
from hub.people.models import Child, FamilyMember
from programs.models import Program
from scheduling.bookings.models import Booking
from tests.support.make import make_hub, make_person, make_session
now = clock.now()
hub = make_hub(name="远山书屋")
child = Child.objects.select_related("person", "family").filter(family__guardian=face_of("guardian")).first()
session = make_session(hub=hub, week=clock.monday_of(now), code="far", places=8,
    program=Program.objects.filter(kind="reading").first(),
    starts_at=now - dt.timedelta(minutes=5), ends_at=now + dt.timedelta(minutes=60))
Booking.objects.create(session=session, participant=child.person, state="booked", created_at=now, changed_at=now)
person = make_person(name="陈桂香", phone="")
FamilyMember.objects.create(family=child.family, person=person, part="pickup", relation="外婆", code="{CODE}")
print(json.dumps({{"hub": hub.pk, "session": session.pk, "child": child.pk, "name": child.person.name}}))
"""


@pytest.fixture
def stage(demo: Server) -> dict[str, Any]:
    printed = demo.run("shell", "--no-imports", "-c", STAGE)
    made: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return made


def test_from_coming_to_going_home_with_grandmother(
    phone: Open, open_page: Open, sign_in: SignIn, stage: dict[str, Any], allow_console: Callable[[str], None]
) -> None:
    allow_console("409 (Conflict)")
    desk, father, name = open_page("tablet"), phone(), stage["name"]
    sign_in(desk, "administrator")
    sign_in(father, "guardian")
    father.goto("/home/family")
    father.get_by_label(say("family.tell_comings")).check()
    expect(father.get_by_label(say("family.tell_comings"))).to_be_checked()

    desk.goto(f"/check-in?hub={stage['hub']}")
    desk.get_by_role("button", name=say("child.arrive_whom", name=name), exact=True).tap()
    expect(desk.get_by_role("button", name=say("child.leave_whom", name=name), exact=True)).to_be_visible()
    expect(father.get_by_text("到了远山书屋")).to_be_visible()

    desk.goto(f"/reading/sheet?session={stage['session']}")
    desk.get_by_label(say("reading.book_whom", name=name), exact=True).fill(BOOK)
    desk.get_by_label(say("reading.pages_whom", name=name), exact=True).fill("3-12")
    desk.get_by_role("radio", name=say("mood.glad"), exact=True).check()
    assert_axe_clean(desk)
    screenshot(desk, "reading-sheet")
    desk.get_by_role("button", name=say("reading.save"), exact=True).tap()
    expect(desk.get_by_text(say("reading.saved"))).to_be_visible()

    # A wrong code keeps the child here.
    desk.goto(f"/check-in?hub={stage['hub']}")
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

    expect(father.get_by_text("跟外婆回家了")).to_be_visible()
    assert_axe_clean(father)
    screenshot(father, "family-comings")
    father.goto(f"/keepsake?child={stage['child']}")
    expect(father.get_by_text(BOOK).first).to_be_visible()
    assert_axe_clean(father)
    screenshot(father, "keepsake")
