"""What an import writes, and what it tells of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Child, Consent, FamilyMember, Person, RoleGrant
from hub.places.models import Hub, Residency, Room
from hub.workbook.confirm import import_workbook
from hub.workbook.models import Baseline, Upload
from programs.models import Program
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Claim, Need, Session
from scheduling.sessions.signals import session_edited
from tests.workbook.bringing import ROWS, bring, totals
from tests.workbook.files import AGENCY, CANTEEN, HUB, READING, workbook
from volunteers.models import Absence, Clearance, Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
MONDAY = dt.date(2026, 12, 14)


def test_what_is_written() -> None:
    assert totals(bring()) == (ROWS, 0, 0)
    hub, canteen = Hub.objects.get(name=HUB), Hub.objects.get(name=CANTEEN)
    assert (canteen.kind, canteen.parent, hub.community) == ("canteen", hub, "双龙社区")
    assert hub.opening == [[weekday, 480, 1260] for weekday in range(7)]
    assert Room.objects.get(name="书屋").equipment == ["投影", "音响"]
    stay = Residency.objects.get()
    assert (stay.agency.name, stay.monthly_minutes, stay.contact_phone) == (AGENCY, 3600, "199101232460")
    assert sorted(stay.rooms.values_list("name", flat=True)) == sorted(["书屋", "活动室"])
    grants = sorted(RoleGrant.objects.values_list("role", "person__name", "hub__name", "agency__name"))
    assert grants == [
        ("administrator", "曾芳", None, None),
        ("coordinator", "李磊", HUB, None),
        ("guardian", "许敏", None, None),
        ("social_worker", "袁佳琪", None, AGENCY),
        ("volunteer", "于敏", None, None),
        ("volunteer", "孙国庆", None, None),
    ]
    program = Program.objects.get(name=READING)
    assert (program.kind, program.age_min, program.age_max) == ("reading", 4, 12)


def test_sessions_are_written() -> None:
    bring()
    first = Session.objects.get(code="A1")
    assert (first.week, first.starts_at, first.ends_at) == (MONDAY, clock.at(MONDAY, 990), clock.at(MONDAY, 1080))
    assert (first.places, first.duty_worker.name, first.state) == (2, "袁佳琪", "planned")
    need = Need.objects.get(session=first)
    assert (need.role, need.skill.name, need.clearance, need.min, need.target, need.priority) == (
        *("领读员", "讲故事", "child"),
        *(1, 2, 2),
    )
    children = {f"person:{pk}": False for pk in Child.objects.values_list("person", flat=True)}
    held = dict(Claim.objects.filter(session=first).values_list("resource", "exclusive"))
    assert held == {f"room:{first.room_id}": True, f"person:{first.duty_worker_id}": False} | children


def test_volunteers_are_written() -> None:
    bring()
    one = Volunteer.objects.get(person__name="于敏")
    assert (one.home.name, one.person.birth_date, one.person.phone) == (HUB, dt.date(1950, 5, 19), "199301568251")
    assert (one.max_sessions, one.max_minutes, one.wish_per_week, one.prior_minutes) == (2, 360, 1, 2790)
    assert one.availability == [[weekday, 480, 1050] for weekday in range(5)]
    assert one.availability_text == "周一至周五 08:00—17:30"
    assert one.preferred_kinds == ["reading"]
    assert sorted(one.skills.values_list("name", flat=True)) == sorted(["讲故事", "送餐"])
    check = Clearance.objects.get(volunteer=one)
    assert (check.checked_on, check.valid_until) == (dt.date(2026, 9, 20), dt.date(2027, 9, 19))
    away = Absence.objects.get(volunteer=one)
    assert (away.starts_at, away.ends_at) == (clock.at(dt.date(2026, 12, 16)), clock.at(dt.date(2026, 12, 17)))


def test_families_are_written() -> None:
    bring()
    members = sorted(FamilyMember.objects.values_list("part", "relation", "person__name"))
    assert members == [
        ("caregiver", "外公", "董桂兰"),
        ("guardian", "母亲", "许敏"),
        ("pickup", "", "董桂兰"),
        ("pickup", "", "许敏"),
    ]
    assert Person.objects.filter(name="董桂兰").count() == 1
    child = Child.objects.get(person__name="梁佳琪")
    assert (child.care_note, child.person.birth_date) == ("花生过敏", dt.date(2019, 7, 4))
    assert dict(Consent.objects.values_list("subject__name", "granted")) == {"梁佳琪": True, "梁浩然": False}
    booked = sorted(Booking.objects.values_list("session__code", "participant__name", "state", "booked_by__name"))
    assert booked == [
        ("A1", "梁佳琪", "booked", "许敏"),
        ("A1", "梁浩然", "booked", "许敏"),
        ("A2", "梁佳琪", "booked", "许敏"),
    ]


def test_who_comes_later_waits() -> None:
    bring(("场次", "G2", 1))
    states = dict(Booking.objects.filter(session__code="A1").values_list("participant__name", "state"))
    assert states == {"梁佳琪": "booked", "梁浩然": "waiting"}
    assert Claim.objects.filter(resource=f"person:{Person.objects.get(name='梁浩然').pk}").count() == 0


def test_a_fault_writes_nothing() -> None:
    outcome = import_workbook(data=workbook(("家庭", "D3", "2027-01-01")), file_name="week.xlsx")
    assert (outcome.written, Hub.objects.count(), Upload.objects.count(), Baseline.objects.count()) == (False, 0, 0, 0)


def test_a_dry_run_writes_nothing() -> None:
    outcome = bring(dry_run=True)
    assert (outcome.written, totals(outcome), Hub.objects.count()) == (False, (ROWS, 0, 0), 0)


def test_each_hub_is_told_once_and_the_journal_once() -> None:
    bring()
    told = sorted(Event.objects.values_list("topic__name", "kind"))
    assert told == sorted((f"hub:{hub.pk}", "session.added") for hub in Hub.objects.all())
    assert Entry.objects.filter(action="workbook.imported").count() == 1


def test_what_is_kept_to_compare_tells_no_value() -> None:
    bring()
    kept = str(list(Baseline.objects.values_list("cells", flat=True)))
    assert [word for word in ("花生过敏", "梁佳琪", "199401599205", "2019") if word in kept] == []


def test_other_needs_are_told_like_any_edit() -> None:
    """A call-out whose place is not wanted any more ends, a line hears of new places: whoever listens to edits does."""
    bring()
    told: list[str] = []

    def hear(sender: object, session: Session, **kwargs: Any) -> None:
        told.append(session.code)

    session_edited.connect(hear)
    try:
        bring(("岗位需求", "F2", 1))
        bring(("岗位需求", "F2", 1), ("岗位需求", "G2", 1))
    finally:
        session_edited.disconnect(hear)
    assert told == ["A1"]
