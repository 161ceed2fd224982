"""Saturday, 8:40: a reader can't come to what begins at ten. On a phone, from the alarm to 人齐了."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.pages import link_path
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]

# A children's morning that begins in eighty minutes, whatever the hour: at a site of its own below the demo's
# coordinator's, and on one day, since nobody's hours reach over midnight.
STAGE = """
import datetime as dt, json
from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.places.models import Hub
from scheduling.sessions.claims import person_resource, place
from scheduling.signups.announce import announce_roster
from scheduling.signups.signups import take_place
from scheduling.signups.standbys import name_standby
from tests.support.make import *
from volunteers.models import Clearance
by, soon = face_of("coordinator"), dt.timedelta(minutes=80)
hub = make_hub(name="桥头书屋", parent=Hub.objects.filter(rolegrant__person=by).order_by("pk").first())
agency = make_agency(name="桥头社工")
starts, lasts = clock.local(clock.now() + soon), dt.timedelta(minutes=40)
if (starts + lasts).date() > starts.date():
    starts = clock.at(starts.date() + dt.timedelta(days=1))
on_duty, helps = (make_person("social_worker", agency=agency, name=name) for name in ("唐静", "吴敏"))
session = make_session(hub=hub, week=clock.monday_of(starts), code="saturday", places=8, starts_at=starts,
    ends_at=starts + lasts, duty_worker=on_duty,
    program=make_program(kind="reading", name="周六共读", agency=agency))
place(session=session, resource=person_resource(on_duty.pk), exclusive=False)
need = make_need(session=session, role="领读员", min=2, target=2, clearance="child")
readers = [
    make_volunteer(person=make_person("volunteer", name=name), home=hub, prior_minutes=6000)
    for name in ("罗光明", "秦素芬", "石小雨")
]
for one in readers:
    Clearance.objects.create(volunteer=one, kind="child", checked_on=starts.date(), valid_until=starts.date())
rows = [take_place(need=need.pk, person=one.person_id, by=by, state="accepted", source="hand") for one in readers[:2]]
announce_roster(added=rows, released=[], by=by)
name_standby(session=session.pk, person=readers[2].person_id, by=by)
print(json.dumps({"session": session.pk, "day": str(starts.date()), "title": session.program.name}))
"""


class Hand:
    """The coordinator's, and how often it taps."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.tap()


def button(inside: Page | Locator, text_id: str, **values: object) -> Locator:
    return inside.get_by_role("button", name=say(text_id, **values), exact=True)


def cannot_come(reader: Page, session: int) -> None:
    """By the link in the newest message to one of the session's people."""

    def ours(token: str) -> bool:
        shifts = reader.request.get(f"/api/answers/{token}").json()["shifts"]
        return any(shift["session"] == session for shift in shifts)

    reader.goto(f"/a/{link_path(reader, '/a/', fits=ours)}")
    button(reader, "shift.i_cannot").tap()
    # Who had said yes already is asked why.
    sure = button(reader.get_by_role("dialog"), "shift.decline_send")
    gone = reader.get_by_text(say("shift.declined"), exact=True)
    expect(sure.or_(gone).first).to_be_visible()
    if sure.is_visible():
        sure.tap()
    expect(gone).to_be_visible()


def test_saturday_8_40_from_the_alarm_to_everyone_is_here(demo: Server, phone: Open, sign_in: SignIn) -> None:
    made: dict[str, Any] = json.loads(demo.run("shell", "--no-imports", "-c", STAGE).strip().splitlines()[-1])
    page, reader, hand = phone(), phone(), Hand()
    sign_in(page, "coordinator")
    page.goto(f"/today?day={made['day']}")
    card = page.locator(f'[data-session="{made["session"]}"]')
    expect(card).to_have_attribute("data-state", "full")
    page.evaluate("window.neverReloaded = true")

    def everyone_is_here() -> None:
        expect(card).to_have_attribute("data-state", "full")
        expect(card.get_by_text(say("state.full"), exact=True)).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)

    # The alarm: somebody who had said yes can't come. The page says so by itself, and how long is left.
    cannot_come(reader, made["session"])
    expect(card).to_have_attribute("data-state", "short")
    expect(page.get_by_text(like("repair.begins_in_minutes")).first).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "saturday-alarm")

    # Who kept the time steps in: which way, whom it touches, yes.
    find_ways, sheet = button(page, "repair.adjust_which", title=made["title"]), page.get_by_role("dialog")
    hand.tap(find_ways)
    way = sheet.locator('[data-way-out="standby"]')
    hand.tap(way.get_by_role("button").first)
    expect(way.get_by_text(say("rescue.what.steps_in", name="石小雨"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "saturday-way")
    hand.tap(button(way, "rescue.confirm"))
    everyone_is_here()
    assert hand.taps == 3

    # Then that one can't either, and one of the staff goes.
    cannot_come(reader, made["session"])
    expect(card).to_have_attribute("data-state", "short")
    hand.tap(find_ways)
    way = sheet.locator('[data-way-out="staff"]')
    hand.tap(way.get_by_role("button").first)
    expect(way.get_by_text(say("rescue.what.steps_in", name="吴敏"))).to_be_visible()
    hand.tap(button(way, "rescue.confirm"))
    everyone_is_here()
    screenshot(page, "saturday-full")
    assert hand.taps == 6
    assert page.evaluate("window.neverReloaded")
