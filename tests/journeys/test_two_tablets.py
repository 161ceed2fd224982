"""Two tablets at one hub, both without a network: the same child comes at both, a volunteer comes at one door and goes
at the other. Told in the other order, staff see each once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
CODE = "204816"

# A reading that ends soon, at a site of its own: a child and its grandmother, a volunteer, codes of two tablets.
STAGE = f"""
import datetime as dt, json
from hub import clock
from hub.people.models import FamilyMember
from hub.people.pickup_codes import stretch_new
from programs.models import Program
from scheduling.attendance.cards import card_of, card_text
from scheduling.attendance.devices import offer_pairing
from scheduling.bookings.models import Booking
from scheduling.signups.models import Assignment
from tests.support.make import make_child, make_hub, make_need, make_person, make_session, make_volunteer
now = clock.now()
hub = make_hub(name="两门书屋")
session = make_session(hub=hub, week=clock.monday_of(now), code="doors", places=8,
    program=Program.objects.filter(kind="reading").first(),
    starts_at=now - dt.timedelta(minutes=50), ends_at=now + dt.timedelta(minutes=10))
child = make_child()
child.person.name = "于小舟"
child.person.save()
Booking.objects.create(session=session, participant=child.person, state="booked", created_at=now, changed_at=now)
grandmother = make_person(name="陈桂香", phone="")
FamilyMember.objects.create(family=child.family, person=grandmother, part="pickup", relation="外婆", code="{CODE}")
stretch_new([child.family.pk], most=9)
person = make_person("volunteer", name="秦素芬")
place = Assignment.objects.create(need=make_need(session=session, role="领读"), session=session,
    volunteer=make_volunteer(person=person), state="accepted", source="hand", created_at=now, changed_at=now)
codes = [offer_pairing(hub=hub, name=name, by=person)[1] for name in ("前门", "后门")]
print(json.dumps({{"hub": hub.pk, "codes": codes, "card": card_text(card_of(place.volunteer))}}))
"""
NOTED = """
import json
from scheduling.attendance.models import Attendance, AttendanceEvent, ChildAttendance
volunteers = Attendance.objects.filter(assignment__session__hub={hub})
print(json.dumps({{
    "events": AttendanceEvent.objects.filter(hub={hub}).count(),
    "child": list(ChildAttendance.objects.filter(booking__session__hub={hub}).values_list("fetched_by__name", "doubt")),
    "volunteer": list(volunteers.values_list("how", "how_out", "doubts")),
}}))
"""


def test_two_tablets_without_a_network_tell_of_the_same_people_once(
    desktop: Open, open_page: Open, sign_in: SignIn, demo: Server, allow_console: Callable[[str], None]
) -> None:
    allow_console("ERR_INTERNET_DISCONNECTED")
    stage: dict[str, Any] = json.loads(demo.run("shell", "--no-imports", "-c", STAGE).strip().splitlines()[-1])
    front, back = open_page("tablet"), open_page("tablet")
    for tablet, code in zip((front, back), stage["codes"], strict=True):
        tablet.goto("/device")
        tablet.get_by_label(say("tablet.code"), exact=True).fill(code)
        tablet.get_by_role("button", name=say("tablet.pair_do"), exact=True).click()
        expect(tablet.get_by_role("button", name="于小舟")).to_be_visible()
        expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
        tablet.context.set_offline(True)

    for tablet in (front, back):
        tablet.get_by_role("button", name="于小舟").tap()
        tablet.get_by_role("dialog").get_by_role("button", name=say("tablet.arrived_do"), exact=True).tap()
        expect(tablet.get_by_text(like("tablet.said_arrived", name="于小舟"))).to_be_visible()

    # In by the front door, 40 minutes ago by its clock; out by the back door, which knows nothing of that.
    front.clock.set_system_time(front.evaluate("Date.now()") / 1000 - 40 * 60)
    for tablet in (front, back):
        tablet.keyboard.type(stage["card"])
        tablet.keyboard.press("Enter")
        expect(tablet.get_by_text(like("tablet.said_in", name="秦素芬"))).to_be_visible()
    front.clock.set_system_time(back.evaluate("Date.now()") / 1000)

    back.get_by_role("button", name="于小舟").tap()
    dialog = back.get_by_role("dialog")
    dialog.get_by_label(say("child.code"), exact=True).fill(CODE)
    dialog.get_by_role("button", name=say("tablet.code_do"), exact=True).tap()
    dialog.get_by_role("button", name=say("file.face_good"), exact=True).tap()
    expect(dialog).to_have_count(0)

    desk = desktop()
    sign_in(desk, "administrator")
    desk.goto(f"/check-in?hub={stage['hub']}")
    expect(desk.get_by_role("button", name=say("child.arrive_whom", name="于小舟"), exact=True)).to_be_visible()
    for tablet in (back, front):
        tablet.context.set_offline(False)
        expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
    expect(desk.get_by_text(like("child.went_with", name="陈桂香"))).to_have_count(1)
    expect(desk.get_by_text("秦素芬", exact=True)).to_have_count(1)
    assert json.loads(demo.run("shell", "--no-imports", "-c", NOTED.format(**stage)).strip().splitlines()[-1]) == {
        "events": 5, "child": [["陈桂香", ""]], "volunteer": [["device", "device", []]],
    }  # fmt: skip
    # What one door noted, the other knows.
    expect(front.get_by_role("button", name="于小舟").get_by_text(like("tablet.child_gone"))).to_be_visible()
