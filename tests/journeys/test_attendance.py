"""Coming and going: by the door's code on a phone, by card before a tablet without a network, by hand on the desk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]

# A site of its own with a session that is on now, whatever the hour; the demo's volunteer is one of four expected.
STAGE = """
import datetime as dt, json
from hub import clock
from hub.people.demo import face_of
from scheduling.attendance.cards import card_of, card_text
from scheduling.attendance.models import Device
from scheduling.signups.models import Assignment
from tests.support.make import make_hub, make_need, make_person, make_session, make_volunteer
now = clock.now()
name = "{name}"
hub = make_hub(name=name)
session = make_session(hub=hub, week=clock.monday_of(now), code=name[:20], program=hub_program(),
    starts_at=now - dt.timedelta(minutes=12), ends_at=now + dt.timedelta(minutes=70))
need = make_need(session=session, role="迎宾", target=9)
people = [face_of("volunteer").volunteer]
for number, called in enumerate(["秦素芬", "罗光明", "石小雨"]):
    person = make_person("volunteer", name=called, phone=f"139{{hub.pk:04d}}{{number:04d}}")
    people.append(make_volunteer(person=person))
for one in people:
    Assignment.objects.create(need=need, session=session, volunteer=one, state="accepted", source="hand",
        created_at=now, changed_at=now)
print(json.dumps({{"hub": hub.pk, "session": session.pk, "names": [one.person.name for one in people],
    "cards": [card_text(card_of(one)) for one in people]}}))
"""
PROGRAM = "from programs.models import Program\nhub_program = lambda: Program.objects.order_by('pk').first()\n"


@pytest.fixture
def stage(demo: Server) -> Callable[[str], dict[str, Any]]:
    def make(name: str) -> dict[str, Any]:
        printed = demo.run("shell", "--no-imports", "-c", PROGRAM + STAGE.format(name=name))
        made: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
        return made

    return make


def door_of(desk: Page, hub: int) -> str:
    return str(desk.request.get(f"/api/attendance/door/{hub}").json()["address"])


def people_of(desk: Page, hub: int) -> dict[str, dict[str, Any]]:
    day = desk.request.get(f"/api/attendance/day?hub={hub}").json()
    return {one["name"]: one for session in day["sessions"] for one in session["people"]}


def test_a_phone_scans_in_and_out(
    phone: Open, desktop: Open, sign_in: SignIn, stage: Callable[[str], dict[str, Any]]
) -> None:
    """Not signed in at first: the code lasts a minute, signing in by phone may take longer. Another page of theirs,
    open meanwhile, says by itself how they stand."""
    made = stage("手机扫码站")
    desk, page, home = desktop(), phone(), phone()
    sign_in(desk, "administrator")
    sign_in(home, "volunteer")
    home.goto("/home")
    expect(home.get_by_role("link", name=say("home.im_here"), exact=True)).to_be_visible()
    page.goto(door_of(desk, made["hub"]))
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fin$"))
    page.get_by_role("button", name=say("role.volunteer")).first.tap()
    expect(page.get_by_text(like("visit.in_done"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "visit-in")
    expect(home.get_by_text(like("home.here_since"))).to_be_visible()
    expect(home.get_by_role("link", name=say("home.i_go"), exact=True)).to_be_visible()
    expect(home.get_by_role("link", name=say("home.im_here"), exact=True)).to_have_count(0)
    assert_axe_clean(home)
    screenshot(home, "home-signed-in")
    me = made["names"][0]
    assert people_of(desk, made["hub"])[me]["how"] == "qr"

    # Opened again, and shared with a friend's phone: harmless, and asked before it signs out.
    page.goto(door_of(desk, made["hub"]))
    expect(page.get_by_text(like("visit.in_already"))).to_be_visible()
    screenshot(page, "visit-again")
    page.get_by_role("button", name=say("visit.leave_early"), exact=True).tap()
    expect(page.get_by_text(like("visit.out_done"))).to_be_visible()
    screenshot(page, "visit-out")
    expect(home.get_by_text(like("home.went_at"))).to_be_visible()
    assert people_of(desk, made["hub"])[me]["how_out"] == "qr"


def test_an_old_photo_of_the_code_is_refused_kindly(
    phone: Open, sign_in: SignIn, stage: Callable[[str], dict[str, Any]], demo: Server, allow_console: Any
) -> None:
    allow_console("409")
    made = stage("旧照片站")
    signing = (
        "from hub import clock; from scheduling.attendance.door import sign, window_at;"
        f"print(sign(hub_id={made['hub']}, device_id=0, window=window_at(clock.now()) - 9))"
    )
    page = phone()
    sign_in(page, "volunteer")
    page.goto(f"/in/{demo.run('shell', '--no-imports', '-c', signing).strip()}")
    expect(page.get_by_role("heading", name=say("visit.qr_old"), exact=True)).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "visit-old")


def test_the_desk_signs_in_by_hand(open_page: Open, sign_in: SignIn, stage: Callable[[str], dict[str, Any]]) -> None:
    made = stage("代签站")
    for size in ("desktop", "phone"):
        page = open_page(size)
        sign_in(page, "administrator")
        page.goto(f"/check-in?hub={made['hub']}")
        expect(page.get_by_role("img", name=like("attend.door_code"))).to_be_visible()
        name = made["names"][1 if size == "desktop" else 2]
        page.get_by_role("button", name=say("attend.in_whom", name=name), exact=True).click()
        expect(page.get_by_role("button", name=say("attend.out_whom", name=name), exact=True)).to_be_visible()
        assert people_of(page, made["hub"])[name]["how"] == "hand"
        assert_axe_clean(page)
        screenshot(page, "check-in")
        if size == "phone":
            page.get_by_role("button", name=say("ui.elder_on"), exact=True).click()
            screenshot(page, "check-in-elder")
            page.get_by_role("button", name=say("attend.times_whom", name=name), exact=True).click()
            expect(page.get_by_label(say("attend.came_at"), exact=True)).to_be_visible()
            assert_axe_clean(page)
            screenshot(page, "check-in-times")
    page.goto(f"/check-in/door?hub={made['hub']}")
    expect(page.get_by_role("img", name=like("attend.door_code"))).to_be_visible()
    screenshot(page, "door")


def test_a_tablet_works_without_a_network_and_tells_once(
    open_page: Open,
    desktop: Open,
    sign_in: SignIn,
    stage: Callable[[str], dict[str, Any]],
    demo: Server,
    allow_console: Callable[[str], None],
) -> None:
    allow_console("ERR_INTERNET_DISCONNECTED")
    made = stage("断网站")
    desk, tablet = desktop(), open_page("tablet")
    sign_in(desk, "administrator")
    desk.goto(f"/check-in?hub={made['hub']}")
    desk.get_by_role("button", name=say("device.add"), exact=True).click()
    desk.get_by_label(say("device.name"), exact=True).fill("前台平板")
    desk.get_by_role("button", name=say("device.get_code"), exact=True).click()
    code = desk.get_by_role("dialog").locator("output")
    expect(code).to_have_text(re.compile(r"^\d{4} \d{4}$"))
    assert_axe_clean(desk)
    screenshot(desk, "device-code")

    tablet.goto("/device")
    screenshot(tablet, "tablet-pairing")
    tablet.get_by_label(say("tablet.code"), exact=True).fill(code.inner_text())
    tablet.get_by_role("button", name=say("tablet.pair_do"), exact=True).click()
    expect(tablet.get_by_text(made["names"][3], exact=True)).to_be_visible()
    expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
    # Kept for when there is no network.
    tablet.wait_for_function("async () => (await (await caches.open('device')).keys()).length > 5")
    assert_axe_clean(tablet)
    screenshot(tablet, "tablet")

    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.get_by_role("heading", level=1)).to_have_text(say("tablet.at", hub="断网站"))
    expect(tablet.get_by_role("img", name=like("attend.door_code"))).to_be_visible()
    for number in (1, 2):
        tablet.keyboard.type(made["cards"][number])
        tablet.keyboard.press("Enter")
        expect(tablet.get_by_text(like("tablet.said_in", name=made["names"][number]))).to_be_visible()
    field = tablet.get_by_label(say("tablet.number"), exact=True)
    field.fill(made["cards"][3][2:10])
    field.press("Enter")
    expect(tablet.get_by_text(like("tablet.said_in", name=made["names"][3]))).to_be_visible()
    expect(tablet.get_by_text(say("tablet.offline", count=3), exact=True)).to_be_visible()
    assert_axe_clean(tablet)
    screenshot(tablet, "tablet-offline")
    assert all(one["signed_in_at"] is None for one in people_of(desk, made["hub"]).values())

    tablet.context.set_offline(False)
    expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
    tablet.reload()
    expect(tablet.get_by_role("status").filter(has_text=like("tablet.all_told"))).to_be_visible()
    found = people_of(desk, made["hub"])
    assert [found[name]["how"] for name in made["names"][1:]] == ["device"] * 3
    count = (
        "from scheduling.attendance.models import AttendanceEvent as E;"
        f"print(E.objects.filter(hub={made['hub']}).count(), E.objects.filter(hub={made['hub']}, typed=True).count())"
    )
    assert demo.run("shell", "--no-imports", "-c", count).split() == ["3", "1"]

    # The tablet's own code opens its hub's door; revoked, it forgets everybody.
    desk.get_by_role("button", name=say("device.code_typed"), exact=True).click()
    desk.get_by_role("button", name=say("device.revoke_which", name="前台平板"), exact=True).click()
    screenshot(desk, "device-revoke")
    desk.get_by_role("dialog").get_by_role("button", name=say("device.revoke"), exact=True).click()
    allow_console("409")
    tablet.reload()
    expect(tablet.get_by_text(say("errors.device_revoked"), exact=True)).to_be_visible()
    expect(tablet.get_by_text(made["names"][3], exact=True)).to_have_count(0)


def test_a_card_is_on_the_phone(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "volunteer")
    page.goto("/me")
    page.get_by_role("link").filter(has_text=say("me.card")).tap()
    expect(page.get_by_role("img", name=like("card.code"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "card")
