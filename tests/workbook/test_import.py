"""What an import writes, and that importing again changes nothing but what changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Child, Consent, FamilyMember, Person, RoleGrant
from hub.places.models import Hub, Residency, Room
from hub.workbook import confirm
from hub.workbook.confirm import Outcome, import_workbook
from hub.workbook.models import Baseline, Upload
from programs.models import Program
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Claim, Need, Session
from scheduling.sessions.signals import session_edited, session_moved
from tests.sessions.factories import added
from tests.support.queries import count_queries
from tests.workbook.files import AGENCY, CANTEEN, HUB, READING, SOUND, Change, only, workbook
from volunteers.models import Absence, Clearance, Volunteer

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 12, 14)


@pytest.fixture(autouse=True)
def _in_november(at_time: Any) -> None:
    at_time(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))


def bring(*changes: Change, **options: Any) -> Outcome:
    outcome = import_workbook(data=workbook(*changes), file_name="week.xlsx", **options)
    assert outcome.book.faults == []
    return outcome


def totals(outcome: Outcome) -> tuple[int, int, int]:
    counts = outcome.counts.values()
    return sum(one.created for one in counts), sum(one.changed for one in counts), sum(one.same for one in counts)


ROWS = sum(len(rows) - 1 for rows in SOUND.values())


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


def test_sessions_to_come_hold_a_room_with_its_new_times() -> None:
    bring()
    session = Session.objects.get(code="A1")
    assert session.room is not None
    window = Claim.objects.filter(session=session, resource=f"room:{session.room_id}").values_list
    bring(("场地", "E2", 15), ("场地", "F2", 30))
    assert window("starts_at", "ends_at").get() == (clock.at(MONDAY, 16 * 60 + 15), clock.at(MONDAY, 18 * 60 + 30))
    other = added(room=Room.objects.get(pk=session.room_id), start=18 * 60 + 45)
    rooms = workbook(("场地", "E2", 15), ("场地", "F2", 60), sheets=only("服务站点", "场地"))
    with pytest.raises(Refused) as refused:
        import_workbook(data=rooms, file_name="rooms.xlsx")
    assert (refused.value.code, refused.value.facts["room"]) == ("room_times_clash", session.room.name)
    assert (refused.value.facts["title"], Room.objects.get(pk=session.room_id).clearup_minutes) == (READING, 30)
    assert other.room_id == session.room_id


def test_a_moved_session_tells_and_takes_its_holds_along() -> None:
    bring()
    heard: list[dict[str, Any]] = []

    def listen(**facts: Any) -> None:
        heard.append(facts)

    session_moved.connect(listen)
    try:
        bring(("场次", "E2", "2026-12-14 17:00"), ("场次", "F2", "2026-12-14 18:30"))
    finally:
        session_moved.disconnect(listen)
    session = Session.objects.get(code="A1")
    assert session.sequence == 1
    assert [(one["session"], one["before"]["starts_at"]) for one in heard] == [(session, clock.at(MONDAY, 990))]
    windows = set(Claim.objects.filter(session=session).values_list("starts_at", "ends_at"))
    assert windows == {(clock.at(MONDAY, 1020), clock.at(MONDAY, 1110))}
    assert Claim.objects.filter(session=session).count() == 4


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


def many(volunteers: int) -> bytes:
    rows = [SOUND["志愿者"][0]]
    for number in range(volunteers):
        rows.append([f"志愿者{number}", f"199302{number:06d}", *SOUND["志愿者"][1][2:]])
    return workbook(sheets={**SOUND, "志愿者": rows})


def test_a_preview_takes_as_many_queries_for_many_rows() -> None:
    import_workbook(data=many(30), file_name="x")
    few, lots = (count_queries(lambda n=n: import_workbook(data=many(n), file_name="x", dry_run=True)) for n in (1, 30))
    assert few == lots


def families(children: int) -> bytes:
    rows = [SOUND["家庭"][0]]
    for number in range(children):
        rows.append([f"家长{number}", f"199403{number:06d}", f"孩子{number}", *SOUND["家庭"][1][3:]])
    return workbook(("场次", "G2", 99), ("场次", "G3", 99), sheets={**SOUND, "家庭": rows})


def test_writing_takes_as_many_queries_for_many_families() -> None:
    bring()
    import_workbook(data=families(1), file_name="x")
    few = count_queries(lambda: import_workbook(data=families(2), file_name="x"))
    lots = count_queries(lambda: import_workbook(data=families(20), file_name="x"))
    assert lots == few


@pytest.mark.postgres
def test_a_large_import_refreshes_what_the_planner_knows(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(confirm, "LARGE", ROWS)
    with django_capture_on_commit_callbacks(execute=True):
        bring()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Session._meta.db_table])
        assert cursor.fetchone() == (3,)


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
