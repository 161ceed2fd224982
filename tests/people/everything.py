"""Somebody of whom every table that can hold something holds it."""

from __future__ import annotations

import datetime as dt
import uuid

from hub import clock
from hub.notify.models import Reply, WeChatFollower
from hub.notify.outbox import queue
from hub.notify.sending import send_due
from hub.people.models import Child, Consent, Family, FamilyCard, FamilyLink, FamilyMember, Person, Role, RoleGrant
from hub.people.pickup_codes import stretch_new
from hub.places.models import Residency
from hub.sealed import keyed_hash, seal
from hub.workbook.models import Baseline, Upload
from programs.lending.circulation.loans import lend, take_back
from programs.lending.circulation.models import RenewLink
from programs.reading.logs import Book
from scheduling.attendance.models import Attendance, AttendanceEvent, Card, ChildAttendance, ComingsTold
from scheduling.bookings.models import Booking, Turn
from scheduling.calendars.feeds import open_feed
from scheduling.calendars.scopes import Target
from scheduling.callouts.models import Ask, CallOut, Swap
from scheduling.files.models import MonthFile, NotShown, NotToAsk, Photo, SessionFile
from scheduling.incidents.incidents import Words, tell_guardians, write_incident
from scheduling.planning.models import Bar, Pin, Proposed, Publication, Run, Waiver
from scheduling.residency.models import Agreement, Casework, Closing, Turnout
from scheduling.residency.models import Correction as LedgerCorrection
from scheduling.series.models import Enrolment, Series, WeekTemplate
from scheduling.sessions.models import Need, Session, StaffPlace
from scheduling.signups.models import AnswerLink, Assignment, Party
from scheduling.signups.signups import assign_by_hand, sign_up
from scheduling.signups.standbys import name_standby
from tests.bookings.factories import book_for, make_reading
from tests.circulation.factories import hold_for
from tests.hours.factories import make_record, make_work
from tests.lending.factories import make_copy
from tests.reading.factories import note
from tests.series.factories import add
from tests.support.clients import client_for
from tests.support.make import MONDAY, make_child, make_hub, make_need, make_person, make_session, make_volunteer
from volunteers.certificates.models import Certificate
from volunteers.hours.models import Correction, Dispute, Export
from volunteers.models import (
    Absence,
    BusyCalendar,
    Clearance,
    ConsentLink,
    ExtraTime,
    HeldSkill,
    OwnWeek,
    Skill,
    StandingShift,
    Unproven,
    Volunteer,
)
from volunteers.rounds.models import Asked, Round, RoundLink

BORN = dt.date(1961, 3, 9)
CHILD_BORN = dt.date(2018, 7, 21)
PHONE = "13987651234"
OFFICIAL_NO = "500110000123"
DAY = dt.timedelta(days=1)


def person_with_everything(name: str = "欧阳明月", phone: str = PHONE) -> Person:
    """A volunteer who is a guardian, too."""
    person = make_person(Role.VOLUNTEER, name=name, phone=phone, birth_date=BORN, community=f"{name}的小区")
    RoleGrant.objects.create(person=person, role=Role.GUARDIAN)
    me = make_volunteer(
        person=person,
        home=make_hub(),
        prior_minutes=600,
        note=f"{name}膝盖不好",
        availability_text=f"{name}周二",
        official_no=OFFICIAL_NO,
        official_no_key=keyed_hash("official", OFFICIAL_NO),
    )
    staff = make_person(Role.ADMINISTRATOR)
    _said_and_proven(me, staff)
    coming = make_need()
    sign_up(need=coming.pk, person=person.pk, by=person)
    _served(me, staff, by_hand=assign_by_hand(need=make_need(session=_at(840)).pk, person=person.pk, by=staff))
    _planned(me, staff, coming)
    _as_staff(person)
    open_feed(target=Target("volunteer", me.pk), owner=person)
    child = _family(person)
    _reading(child, staff)
    _in_a_group(child, staff)
    Consent.objects.create(
        subject=person, kind="data", granted=True, given_by=person, recorded_by=staff, recorded_at=clock.now()
    )
    _written_to(person, staff)
    client_for(person)
    return person


def _at(start: int) -> Session:
    return make_session(start=start)


def _said_and_proven(me: Volunteer, staff: Person) -> None:
    now, name = clock.now(), me.person.name
    skill, _ = Skill.objects.get_or_create(name="手语")
    HeldSkill.objects.create(volunteer=me, skill=skill, valid_until=clock.today() + DAY, verified_by=staff)
    Unproven.objects.create(volunteer=me, clearance="child", checked_on=clock.today(), said_at=now)
    Clearance.objects.create(volunteer=me, kind="child", checked_on=clock.today(), valid_until=clock.today())
    Absence.objects.create(volunteer=me, starts_at=now, ends_at=now + DAY)
    BusyCalendar.objects.create(
        volunteer=me, name=f"{name}.ics", address=f"https://example.org/{name}", read_at=now, tried_at=now
    )
    ExtraTime.objects.create(volunteer=me, starts_at=now, ends_at=now + DAY)
    OwnWeek.objects.create(volunteer=me, week=MONDAY - 28 * DAY, availability=[[1, 540, 600]])
    ConsentLink.objects.create(volunteer=me, guardian=me.person, token_hash=f"consent {name}", sent_at=now)
    asked_about, _ = Round.objects.get_or_create(week=MONDAY - 28 * DAY, hub=None, defaults={"started_at": now})
    asked = Asked.objects.create(round=asked_about, volunteer=me, week=asked_about.week, answer="times")
    RoundLink.objects.create(asked=asked, token_hash=f"round {name}")


def _served(me: Volunteer, staff: Person, *, by_hand: Assignment) -> None:
    """What was done, and what came of it; a place to come that they would swap."""
    now, person, name = clock.now(), me.person, me.person.name
    done = make_session(day=dt.date(2026, 9, 7))
    need = make_need(session=done)
    place = Assignment.objects.create(
        need=need, session=done, volunteer=me, party=Party.objects.create(need=need, leader=me, created_at=now),
        state="accepted", source="self", reason=f"{name}迟到", created_at=now, changed_at=now,
    )  # fmt: skip
    StandingShift.objects.create(volunteer=me, program=done.program, hub=done.hub, weekday=1, starts_minute=540)
    name_standby(session=make_need(session=_at(1080)).session_id, person=person.pk, by=staff)
    AnswerLink.objects.create(volunteer=me, token_hash=f"answer {name}", expires_at=now).assignments.add(by_hand)
    Swap.objects.create(
        mine=by_hand, asked=make_volunteer(), token_hash=f"swap {name}",
        created_at=now, changed_at=now, expires_at=by_hand.session.starts_at,
    )  # fmt: skip
    callout = CallOut.objects.create(need=need, session=done, state="begun", wished=False, asking=True, started_at=now)
    Ask.objects.create(callout=callout, volunteer=me, wave=1, token_hash=f"ask {name}", asked_at=now)
    Card.objects.create(volunteer=me, number=f"C{me.pk}", created_at=now)
    Attendance.objects.create(assignment=place, signed_in_at=done.starts_at, how="hand", by=staff, changed_at=now)
    AttendanceEvent.objects.create(
        kind="in", how="hand", hub=done.hub, assignment=place, volunteer=me, by=staff,
        at=done.starts_at, received_at=now,
    )  # fmt: skip
    record = make_record(volunteer=me, work=make_work(day=dt.date(2026, 9, 7), session_uid=uuid.uuid4()))
    record.reason, record.rejection, record.state = f"{name}补录", f"{name}没来", "disputed"
    record.save()
    Correction.objects.create(
        record=record, started_at=now, ended_at=now, minutes=0, reason=f"{name}早走", by=staff, at=now
    )
    Dispute.objects.create(record=record, words=f"{name}说不对", at=now)
    Export.objects.create(made_at=now, made_by=staff).records.add(record)
    Certificate.objects.create(
        number=f"Q{me.pk}", volunteer=me, name=name, first_day=MONDAY, last_day=MONDAY, minutes=60, times=1,
        issuer="联合体", payload=f"signed {name}", issued_at=now, issued_by=staff, revoke_reason=f"{name}重名",
    )  # fmt: skip


def _planned(me: Volunteer, staff: Person, coming: Need) -> None:
    now = clock.now()
    pin = Pin.objects.create(need=coming, volunteer=me)
    Waiver.objects.create(pin=pin, code="at_limit", allowed_by=staff, allowed_at=now)
    Bar.objects.create(session=coming.session, volunteer=me)
    run = Run.objects.create(week=MONDAY, snapshot={}, index={}, requested_by=staff, created_at=now)
    Proposed.objects.create(run=run, need=coming, volunteer=me)
    Publication.objects.create(run=run, sessions=[], roster=[[coming.pk, me.pk]], figures={}, by=staff, at=now)


def _as_staff(person: Person) -> None:
    """What they did at a desk themselves."""
    now, held = clock.now(), make_session(day=dt.date(2026, 9, 10))
    StaffPlace.objects.create(session=held, person=person, by=person, created_at=now)
    stay = Residency.objects.create(agency=held.program.agency, hub=held.hub)
    month = dt.date(2026, 9, 1)
    Agreement.objects.create(residency=stay, valid_from=month, by=person, at=now)
    Turnout.objects.create(session=held, visits=3, newcomers=1, by=person, at=now)
    Casework.objects.create(residency=stay, day=month, count=1, by=person, at=now)
    closing = Closing.objects.create(residency=stay, month=month, agency_by=person, agency_at=now, hub_by=person)
    LedgerCorrection.objects.create(
        closing=closing, figure="sessions", change=1, reason="漏记一场", side="hub", by=person, at=now
    )
    MonthFile.objects.create(agency=stay.agency, hub=stay.hub, month=month, requested_by=person, created_at=now)


def _family(guardian: Person) -> Child:
    name = guardian.name
    identity = keyed_hash("child", guardian.phone, f"{name}小宝", CHILD_BORN.isoformat())
    child = make_child(
        guardian=guardian, born=CHILD_BORN, identity_key=identity, care_note=f"{name}说对花生过敏",
        hardship=f"{name}家里吃低保", left_behind=f"{name}在外地打工",
    )  # fmt: skip
    Person.objects.filter(pk=child.person_id).update(name=f"{name}小宝")
    grandmother = make_person(name=f"{name}的婆婆", phone="")
    family = Family.objects.get(guardian=guardian)
    FamilyMember.objects.create(family=family, person=grandmother, part="caregiver", relation="婆婆")
    FamilyMember.objects.create(family=family, person=grandmother, part="pickup", relation="婆婆", code="246810")
    now = clock.now()
    FamilyLink.objects.create(
        family=family, purpose="guardian", asked=make_person(name=f"{name}的爱人", phone=""), relation="父亲",
        token_hash=f"family {name}", sent_by=guardian, sent_at=now, expires_at=now,
    )  # fmt: skip
    stretch_new([family.pk], most=1)
    FamilyCard.objects.create(family=family, number=f"F{family.pk}", created_at=now)
    book_for(make_reading(start=600), Child.objects.get(pk=child.pk))
    taken = Booking.objects.create(
        session=make_reading(day=dt.date(2026, 9, 8)), participant=child.person, booked_by=guardian, state="booked",
        created_at=clock.now(), changed_at=clock.now(),
        turn=Turn.objects.create(session=make_reading(day=dt.date(2026, 9, 9)), token_hash=f"turn {name}"),
    )  # fmt: skip
    note(taken, Book(f"{name}送的书"), mood="glad", words=f"{name}小宝说好看")
    boss = make_person(Role.COORDINATOR, hub=taken.session.hub)
    incident = write_incident(
        session=taken.session_id, nature="ordinary", happened_at=taken.session.starts_at, bookings=[taken.pk],
        words=Words(f"{name}小宝擦破了皮", f"{name}小宝贴了创可贴", clock.now(), f"{name}"), by=boss,
    )  # fmt: skip
    ChildAttendance.objects.create(
        booking=taken, arrived_at=taken.session.starts_at, fetched_by=grandmother, by=boss, changed_at=clock.now()
    )
    ComingsTold.objects.create(guardian=guardian, created_at=clock.now())
    _on_file(taken, child, boss)
    tell_guardians(incident=incident.pk, child=child.person_id, words=f"{name}小宝擦破了皮", by=boss)
    return child


def _on_file(taken: Booking, child: Child, boss: Person) -> None:
    """A photo that may show the child, one that does not, a record that names it, and the wish not to be asked."""
    name, now = child.person.name, clock.now()
    _, other = (
        Photo.objects.create(session=taken.session, name=f"{child.pk} {number}", added_by=boss, added_at=now)
        for number in range(2)
    )
    NotShown.objects.create(photo=other, child=child.person, said_by=boss, said_at=now)
    NotToAsk.objects.create(family=child.family, created_at=now)
    SessionFile.objects.create(
        session=taken.session, aim=f"{name}多说话", process=f"{name}领读", noticed=f"{name}高兴",
        follow_up=f"请{name}再来", written_by=boss, changed_at=now, finished_by=boss, finished_at=now,
    )  # fmt: skip


def _reading(child: Child, staff: Person) -> None:
    """A book read, one that the guardian has for themself, one asked for."""
    for reader in (child.person_id, child.family.guardian_id):
        loan = lend(copy=make_copy().pk, reader=reader, by=child.family.guardian)
        RenewLink.objects.create(family=child.family, token_hash=f"renew {reader}", expires_at=clock.now())
        if reader == child.person_id:
            take_back(copy=loan.copy_id, hub=loan.hub_id, by=staff)
    hold_for(make_copy(), child)


def _in_a_group(child: Child, staff: Person) -> None:
    series = add()
    Series.objects.filter(pk=series.pk).update(duty_worker=child.family.guardian)
    Enrolment.objects.create(series=series, participant=child.person, enrolled_by=staff, created_at=clock.now())
    WeekTemplate.objects.create(
        hub=series.hub, name="平常一周", rows=[], created_by=child.family.guardian, created_at=clock.now()
    )


def _written_to(person: Person, staff: Person) -> None:
    name = person.name
    queue(to_id=person.pk, template="booking_offered", dedupe_key=f"b{name}", variables={"children": f"{name}小宝"})
    for template, key in (("swap_asked", "name"), ("party_asked", "leader")):
        queue(to_id=staff.pk, template=template, dedupe_key=f"{template}{person.pk}", variables={key: name})
    queue(to_id=None, phone=person.phone, template="sign_in_code", dedupe_key=f"c{name}", variables={"code": "123456"})
    send_due()
    WeChatFollower.objects.create(person_id=person.pk, openid=f"openid{person.pk}", since=clock.now())
    Reply.objects.create(provider_id=f"p{person.pk}", from_id=person.pk, outcome="x", received_at=clock.now())
    Upload.objects.create(
        person_id=person.pk, file_name=f"{name}.xlsx", content=seal(name.encode(), label="workbook.upload.content"),
        created_at=clock.now(), expires_at=clock.now(),
    )  # fmt: skip
    Baseline.objects.create(
        sheet="志愿者",
        key=keyed_hash("workbook", "志愿者", person.phone, name),
        cells={"name": keyed_hash("cell", name)[:16]},
    )
