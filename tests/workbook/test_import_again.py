"""Importing again changes nothing but what the file changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Child, Consent, FamilyMember, Person, RoleGrant
from hub.places.models import Hub, Residency, Room
from hub.workbook.confirm import import_workbook
from hub.workbook.models import Baseline
from programs.models import Program
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Claim, Need, Session
from tests.workbook.bringing import ROWS, bring, totals
from tests.workbook.files import AGENCY, HUB, READING, SOUND, Change, only, workbook
from volunteers.models import Absence, Clearance, Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def test_again_changes_nothing() -> None:
    bring()
    before = [(model, list(model.objects.order_by("pk").values())) for model in WATCHED]
    outcome = bring()
    assert totals(outcome) == (0, 0, ROWS)
    assert [(model, list(model.objects.order_by("pk").values())) for model in WATCHED] == before


WATCHED = (
    Person,
    RoleGrant,
    Session,
    Need,
    Claim,
    Volunteer,
    Clearance,
    Absence,
    Booking,
    Consent,
    Event,
    Baseline,
    Entry,
)


def test_a_changed_cell_changes_only_that() -> None:
    bring()
    before = {one.pk: one for one in Session.objects.all()}
    outcome = bring(("场次", "I2", "请提前到场"))
    assert totals(outcome) == (0, 1, ROWS - 1)
    after = Session.objects.get(code="A1")
    assert (after.note, after.revision, after.sequence) == ("请提前到场", 2, 0)
    others = Session.objects.exclude(code="A1")
    assert {one.pk: (one.note, one.revision, one.changed_at) for one in others} == {
        pk: (one.note, one.revision, one.changed_at) for pk, one in before.items() if pk != after.pk
    }


def test_calendars_hear_when_a_place_or_a_program_became_what_it_is(at_time: Callable[[dt.datetime], None]) -> None:
    bring()
    later = clock.now() + dt.timedelta(days=400)
    at_time(later)
    bring(("服务站点", "F2", "新路2号"), ("场地", "C2", 30), ("项目", "F2", 10))
    for model, name in ((Hub, HUB), (Room, "书屋"), (Program, READING)):
        assert list(model._default_manager.filter(changed_at=later).values_list("name", flat=True)) == [name]


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (("服务站点", "F2", "新路2号"), lambda: Hub.objects.get(name=HUB).address == "新路2号"),
        (("场地", "C2", 30), lambda: Room.objects.get(name="书屋").capacity == 30),
        (("社工机构", "E2", "书屋"), lambda: Residency.objects.get().rooms.count() == 1),
        (("项目", "F2", 10), lambda: Program.objects.get(name=READING).age_max == 10),
        (("场次", "H2", None), lambda: Session.objects.get(code="A1").duty_worker is None),
        (("岗位需求", "F2", 3), lambda: Need.objects.get(session__code="A1").target == 3),
        (
            ("志愿者", "E2", "急救"),
            lambda: list(Volunteer.objects.first().skills.values_list("name", flat=True)) == ["急救"],
        ),
        (("志愿者", "F2", "2026-11-01"), lambda: Clearance.objects.filter(volunteer__person__name="于敏").count() == 2),
        (("志愿者", "F2", None), lambda: Clearance.objects.filter(volunteer__person__name="于敏").count() == 0),
        (("志愿者", "I2", None), lambda: Absence.objects.count() == 0),
        (("志愿者", "L2", 2), lambda: Volunteer.objects.get(person__name="于敏").wish_per_week == 2),
        (("志愿者", "G2", "是"), lambda: Consent.objects.get(kind="volunteering").granted),
        (("家庭", "F2", "奶奶 董桂兰"), lambda: FamilyMember.objects.get(part="caregiver").relation == "奶奶"),
        (("家庭", "H2", None), lambda: Child.objects.get(person__name="梁佳琪").care_note == ""),
        (("家庭", "I2", "否"), lambda: not Consent.objects.filter(subject__name="梁佳琪").latest("pk").granted),
        (
            ("家庭", "J2", "A2"),
            lambda: Booking.objects.get(session__code="A1", participant__name="梁佳琪").state == "cancelled",
        ),
        (("家庭", "J3", "A1；A2"), lambda: Booking.objects.filter(session__code="A2", state="booked").count() == 2),
    ],
    ids=lambda one: str(one) if isinstance(one, tuple) else "",
)
def test_every_sheet_takes_a_change_and_then_rests(change: Change, read: Any) -> None:
    bring()
    assert totals(bring(change)) == (0, 1, ROWS - 1)
    assert read()
    assert totals(bring(change)) == (0, 0, ROWS)


def test_another_role_replaces_the_one_before() -> None:
    bring()
    bring(("工作人员", "C3", "社工"), ("工作人员", "D3", AGENCY))
    grants = RoleGrant.objects.filter(person__name="李磊").values_list("role", "agency__name")
    assert list(grants) == [("social_worker", AGENCY)]


def test_what_the_app_changed_stays() -> None:
    bring()
    Session.objects.filter(code="A1").update(note="改在后门集合")
    assert totals(bring()) == (0, 0, ROWS)
    assert Session.objects.get(code="A1").note == "改在后门集合"


def test_changed_on_both_sides_is_a_conflict_and_the_apps_value_stays() -> None:
    bring()
    Session.objects.filter(code="A1").update(note="后门，带水杯", places=8)
    outcome = bring(("场次", "I2", "前门，带伞"))
    found = [(one.sheet, one.row, one.letter, one.file_value, one.app_value) for one in outcome.book.conflicts]
    assert found == [("场次", 2, "I", "前门，带伞", "后门，带水杯")]
    session = Session.objects.get(code="A1")
    assert (session.note, session.places) == ("后门，带水杯", 8)


def test_a_conflict_speaks_as_the_sheet_does() -> None:
    bring()
    Volunteer.objects.filter(person__name="于敏").update(
        max_minutes=600, preferred_kinds=["meal"], availability=[[0, 480, 720]]
    )
    found = bring(("志愿者", "H2", "周末 全天"), ("志愿者", "K2", 8), ("志愿者", "M2", "借书")).book.conflicts
    assert [(one.file_value, one.app_value) for one in found] == [
        ("周末 全天", "周一 08:00-12:00"),
        ("8", "10"),
        ("借书", "送餐"),
    ]


def test_a_private_cell_in_conflict_is_not_shown() -> None:
    bring()
    child = Child.objects.get(person__name="梁佳琪")
    child.care_note = "哮喘"
    child.save()
    conflict = bring(("家庭", "H2", "牛奶过敏")).book.conflicts[0]
    assert (conflict.private, conflict.file_value, conflict.app_value) == (True, "", "")
    child.refresh_from_db()
    assert child.care_note == "哮喘"


def test_what_the_app_took_away_stays_away() -> None:
    """A role taken back, a session moved to another week: the file doesn't bring them back."""
    bring()
    RoleGrant.objects.filter(role="coordinator").delete()
    Session.objects.filter(code="A2").update(week=dt.date(2026, 12, 21))
    outcome = bring(("岗位需求", "F3", 5), ("家庭", "J3", "A1；A2"))
    assert [(one.sheet, one.row, one.code) for one in outcome.book.warnings if one.code == "gone_in_app"] == [
        ("工作人员", 3, "gone_in_app"),
        ("场次", 3, "gone_in_app"),
        ("岗位需求", 3, "gone_in_app"),
    ]
    assert (totals(outcome)[0], RoleGrant.objects.filter(role="coordinator").count()) == (0, 0)
    assert Session.objects.filter(code="A2").count() == 1


def test_rows_missing_from_the_file_stay() -> None:
    bring()
    import_workbook(data=workbook(sheets=only("服务站点", "场地")), file_name="part.xlsx")
    assert (Session.objects.count(), Volunteer.objects.count()) == (3, 2)


def test_columns_missing_from_the_file_stay() -> None:
    bring()
    rows = [row[:8] for row in SOUND["场次"]]
    import_workbook(data=workbook(sheets={"场次": rows}), file_name="part.xlsx")
    assert Session.objects.get(code="A3").note == "自带水杯"


def test_another_week_takes_its_dates_along() -> None:
    bring(as_week=dt.date(2027, 1, 4))
    session = Session.objects.get(code="A1")
    assert (session.week, session.starts_at) == (dt.date(2027, 1, 4), clock.at(dt.date(2027, 1, 4), 990))
    assert Absence.objects.get().starts_at == clock.at(dt.date(2027, 1, 6))
    assert Clearance.objects.get(volunteer__person__name="于敏").checked_on == dt.date(2026, 10, 11)
    assert Person.objects.get(name="于敏").birth_date == dt.date(1950, 5, 19)


def test_two_weeks_stand_side_by_side() -> None:
    """The same number another week is another session, and a week's absences and bookings are its own."""
    bring()
    bring(as_week=dt.date(2026, 12, 21))
    assert Session.objects.filter(code="A1").count() == 2
    assert Absence.objects.count() == 2
    assert Booking.objects.filter(state="booked").count() == 6
    assert totals(bring())[:1] == (0,)
