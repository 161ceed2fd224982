"""Children before a tablet without a network: two siblings come by the family's card, one goes with its grandmother by
her code and says how it was. Back online staff see it once, and the father far away hears of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
CODE = "204816"

# Shared reading that is on now, whatever the hour, at a site of its own: two of the demo's siblings, a tablet's code.
STAGE = f"""
import datetime as dt, json
from hub import clock
from hub.people.demo import face_of
from hub.people.family_cards import card_of, card_text
from hub.people.models import Child, Consent, FamilyMember
from hub.people.pickup_codes import stretch_new
from programs.models import Program
from scheduling.attendance.comings import wish_comings
from scheduling.attendance.devices import offer_pairing
from scheduling.bookings.models import Booking
from tests.support.make import make_child, make_hub, make_person, make_session
now = clock.now()
hub = make_hub(name="山脚书屋")
father = face_of("guardian")
family = Child.objects.filter(family__guardian=father).first().family
children = [make_child(guardian=father) for _ in range(2)]
for child, name in zip(children, ("于小舟", "于小荷")):
    child.person.name = name
    child.person.save()
session = make_session(hub=hub, week=clock.monday_of(now), code="foot", places=8,
    program=Program.objects.filter(kind="reading").first(),
    starts_at=now - dt.timedelta(minutes=5), ends_at=now + dt.timedelta(minutes=60))
for child in children:
    Booking.objects.create(session=session, participant=child.person, state="booked", created_at=now, changed_at=now)
person = make_person(name="陈桂香", phone="")
FamilyMember.objects.create(family=family, person=person, part="pickup", relation="外婆", code="{CODE}")
wish_comings(guardian=father, told=True)
# As the worker does a moment after a tablet asks, and this one is without a network before that.
stretch_new([family.pk], most=9)
_, pairing = offer_pairing(hub=hub, name="门口平板", by=father)
print(json.dumps({{"hub": hub.pk, "pairing": pairing, "card": card_text(card_of(family)), "father": father.pk,
    "names": [child.person.name for child in children]}}))
"""
TOLD = """
import json
from hub.notify.models import Message
from scheduling.files.models import FaceCount
found = Message.objects.filter(to_id={father}, template__startswith="child_").order_by("pk")
faces = FaceCount.objects.filter(session__hub={hub}).values_list("source", "good", "fair", "bad")
print(json.dumps([[[one.template, one.variables] for one in found], [list(one) for one in faces]]))
"""


def set_up(demo: Server) -> dict[str, Any]:
    printed = demo.run("shell", "--no-imports", "-c", STAGE)
    made: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return made


def test_two_siblings_come_by_card_and_one_goes_with_its_grandmother(
    phone: Open,
    open_page: Open,
    sign_in: SignIn,
    demo: Server,
    allow_console: Callable[[str], None],
) -> None:
    allow_console("ERR_INTERNET_DISCONNECTED")
    tablet, desk, father = open_page("tablet"), open_page("tablet"), phone()
    # Before there is more of his family, by which the demo would choose another face.
    sign_in(father, "guardian")
    stage = set_up(demo)
    first, second = stage["names"]
    tablet.goto("/device")
    tablet.get_by_label(say("tablet.code"), exact=True).fill(stage["pairing"])
    tablet.get_by_role("button", name=say("tablet.pair_do"), exact=True).click()
    expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
    expect(tablet.get_by_role("button", name=first)).to_be_visible()
    tablet.wait_for_function("async () => (await (await caches.open('device')).keys()).length > 5")
    assert_axe_clean(tablet)
    screenshot(tablet, "tablet-children")

    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.get_by_role("button", name=first)).to_be_visible()
    tablet.keyboard.type(stage["card"])
    tablet.keyboard.press("Enter")
    dialog = tablet.get_by_role("dialog")
    for name in stage["names"]:
        expect(dialog.get_by_label(name, exact=True)).to_be_checked()
    assert_axe_clean(tablet)
    screenshot(tablet, "tablet-children-come")
    dialog.get_by_role("button", name=say("tablet.arrived_do"), exact=True).tap()
    expect(tablet.get_by_text(like("tablet.said_arrived", name="、".join(stage["names"])))).to_be_visible()

    # By its name; a wrong code keeps it here, and is noted.
    tablet.get_by_role("button", name=first).tap()
    code = dialog.get_by_label(say("child.code"), exact=True)
    expect(dialog.get_by_label(second, exact=True)).not_to_be_checked()
    for said in ("000000", CODE):
        code.fill(said)
        dialog.get_by_role("button", name=say("tablet.code_do"), exact=True).tap()
        if said != CODE:
            expect(dialog.get_by_text(say("tablet.code_wrong", left=4))).to_be_visible()
            assert_axe_clean(tablet)
            screenshot(tablet, "tablet-children-go")
    expect(dialog.get_by_text(say("tablet.faces_hint"), exact=True)).to_be_visible()
    assert_axe_clean(tablet)
    screenshot(tablet, "tablet-children-faces")
    dialog.get_by_role("button", name=say("file.face_good"), exact=True).tap()
    # Whoever comes next with the family's card need not wait until the thanks are gone.
    tablet.keyboard.type(stage["card"])
    tablet.keyboard.press("Enter")
    expect(dialog.get_by_label(second, exact=True)).to_be_checked()
    tablet.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # A scanner types wherever the focus is: the card goes past the field for codes.
    tablet.get_by_role("button", name=second).tap()
    expect(code).to_be_focused()
    tablet.keyboard.type(stage["card"])
    tablet.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name=like("tablet.guardian_do"))).to_be_visible()
    expect(code).to_have_value("")
    tablet.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(tablet.get_by_text(like("tablet.said_let_go", name=first))).to_be_visible()
    expect(tablet.get_by_text(say("tablet.offline", count=5), exact=True)).to_be_visible()
    screenshot(tablet, "tablet-children-offline")

    sign_in(desk, "administrator")
    desk.goto(f"/check-in?hub={stage['hub']}")
    expect(desk.get_by_role("button", name=say("child.arrive_whom", name=first), exact=True)).to_be_visible()
    tablet.context.set_offline(False)
    expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
    expect(desk.get_by_text(like("child.went_with", name="陈桂香"))).to_have_count(1)
    expect(desk.get_by_text(say("child.wrong_codes", count=1), exact=True)).to_be_visible()
    expect(desk.get_by_role("button", name=say("child.leave_whom", name=second), exact=True)).to_be_visible()
    assert_axe_clean(desk)
    screenshot(desk, "check-in-after-tablet")

    told, faces = json.loads(demo.run("shell", "--no-imports", "-c", TOLD.format(**stage)).strip().splitlines()[-1])
    assert faces == [["taps", 1, 0, 0]]
    assert [(template, values["children"], values.get("with")) for template, values in told] == [
        ("child_fetched", "小舟", "外婆"),
        ("child_arrived", "小荷", None),
    ]
    father.goto("/home/family")
    expect(father.get_by_text(like("family.went_with", name=first, who="外婆"))).to_be_visible()
