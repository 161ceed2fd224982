"""Consents of a guardian for a child: apart from one another, versioned, never edited, taken back at any time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import clock
from hub.access.actor import load_actor
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people import consents
from hub.people.care_notes import Note, Reason, read_care_note, write_care_note
from hub.people.consents import Kind, Text, answer, missing_for, on_file, record_paper, standing
from hub.people.models import Child, Consent, FamilyMember, Person, Role
from scheduling.bookings.models import Booking
from tests.bookings.factories import book_for, make_reading
from tests.people.family_factories import child_of, started_by_grandmother
from tests.support.clients import client_for
from tests.support.make import make_child, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
KINDS = list(consents.TEXTS)


def second_guardian(child: Child) -> Person:
    person = make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=person, part="guardian")
    return person


def said(child: Child) -> list[tuple[Any, ...]]:
    rows = Consent.objects.filter(subject=child.person).order_by("pk")
    return list(rows.values_list("kind", "granted", "given_by", "recorded_by", "signed_on"))


def test_each_is_agreed_to_apart_and_what_was_said_is_never_changed() -> None:
    child = make_child(consented=False)
    guardian = child.family.guardian
    answer(child=child, answers={Kind.DATA: True, Kind.PHOTO: True}, by=guardian)
    answer(child=child, answers={Kind.PHOTO: False, Kind.DATA: True}, by=guardian)
    assert said(child) == [
        ("data", True, guardian.pk, guardian.pk, None),
        ("photo", True, guardian.pk, guardian.pk, None),
        ("photo", False, guardian.pk, guardian.pk, None),
    ]
    newest = standing([child.person_id])[child.person_id]
    assert {kind: one.granted for kind, one in newest.items()} == {Kind.DATA: True, Kind.PHOTO: False}
    deeds = Entry.objects.filter(action__startswith="consent.").order_by("pk").values_list("action", "facts")
    assert [(action, facts["kind"], facts["version"]) for action, facts in deeds] == [
        ("consent.given", "data", 1),
        ("consent.given", "photo", 1),
        ("consent.refused", "photo", 1),
    ]


def test_either_guardian_takes_back_what_the_other_agreed_to() -> None:
    child = make_child()
    mother = second_guardian(child)
    answer(child=child, answers={Kind.PHOTO: True}, by=child.family.guardian)
    answer(child=child, answers={Kind.PHOTO: False}, by=mother)
    assert missing_for([child.person_id], Kind.PHOTO) == {child.person_id}


@pytest.mark.parametrize("part", ["caregiver", "pickup"])
def test_nobody_else_around_the_child_consents(part: str) -> None:
    child, person = make_child(), make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=person, part=part)
    with pytest.raises(Refused, match="not_found"):
        answer(child=child, answers={Kind.PHOTO: True}, by=person)
    path = f"/api/families/children/{child.pk}/consents"
    told = client_for(person).post(path, {"answers": {"photo": True}}, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (404, "not_found")


def test_a_text_that_asks_for_more_is_asked_again_and_no_stays_no(monkeypatch: pytest.MonkeyPatch) -> None:
    child = make_child(consented=False)
    guardian = child.family.guardian
    answer(child=child, answers={Kind.DATA: True, Kind.PHOTO: True, Kind.FIRST_AID: False}, by=guardian)
    newer = {Kind.DATA: Text(2, holds_from=2), Kind.PHOTO: Text(2), Kind.FIRST_AID: Text(2, holds_from=2)}
    monkeypatch.setattr(consents, "TEXTS", consents.TEXTS | newer)
    newest = standing([child.person_id])[child.person_id]
    how = {kind: (consents.holds(newest.get(kind)), consents.is_open(newest.get(kind))) for kind in KINDS}
    assert how == {
        Kind.DATA: (False, True),
        Kind.PHOTO: (True, False),
        Kind.FIRST_AID: (False, False),
        Kind.HOME_ALONE: (False, True),
    }
    assert missing_for([child.person_id]) == {child.person_id}
    answer(child=child, answers={Kind.DATA: True}, by=guardian)
    assert missing_for([child.person_id]) == set()
    versions = Consent.objects.filter(subject=child.person, kind="data").order_by("pk")
    assert list(versions.values_list("version", flat=True)) == [1, 2]


def test_a_paper_says_who_signed_it_when_and_who_saw_it() -> None:
    family = started_by_grandmother()
    child, worker, day = child_of(family), make_person(Role.SOCIAL_WORKER), clock.today() - dt.timedelta(days=2)
    father = family.guardian
    record_paper(child=child, answers={Kind.DATA: True}, signed_by=father, signed_on=day, by=worker)
    assert said(child) == [("data", True, father.pk, worker.pk, day)]
    family.refresh_from_db()
    assert family.confirmed_at is not None


def test_papers_that_do_not_count() -> None:
    child, worker = make_child(), make_person(Role.SOCIAL_WORKER)
    guardian, today = child.family.guardian, clock.today()
    for code, values in {
        "paper_in_future": {"signed_on": today + dt.timedelta(days=1)},
        "proof_of_own": {"by": guardian},
        "not_a_guardian": {"signed_by": make_person()},
        "nothing_answered": {"answers": {}},
    }.items():
        usual: dict[str, Any] = {
            "answers": {Kind.PHOTO: True}, "signed_by": guardian, "signed_on": today, "by": worker
        }  # fmt: skip
        with pytest.raises(Refused, match=code):
            record_paper(child=child, **usual | values)


def test_without_the_data_consent_places_to_come_and_notes_go_and_the_past_stays() -> None:
    child = make_child(care_note="对花生过敏", hardship="低保", left_behind="父母在广东")
    guardian = child.family.guardian
    coming = [book_for(make_reading(start=start), child) for start in (540, 720)]
    past = make_reading(day=clock.today() - dt.timedelta(days=3))
    now = clock.now()
    Booking.objects.create(session=past, participant=child.person, state="booked", created_at=now, changed_at=now)
    answer(child=child, answers={Kind.DATA: False}, by=guardian)
    states = dict(Booking.objects.filter(participant=child.person).values_list("session", "state"))
    assert states == {past.pk: "booked", **{one.session_id: "cancelled" for one in coming}}
    by, now_known = load_actor(guardian), Child.objects.get(pk=child.pk)
    notes = [read_care_note(child=now_known, by=by, reason=Reason.OWN_CHILD, note=note) for note in Note]
    assert notes == [""] * 3


def test_a_place_freed_so_goes_to_who_waits() -> None:
    session = make_reading(places=1)
    booked, waiting = book_for(session), book_for(session)
    answer(child=Child.objects.get(person=booked.participant), answers={Kind.DATA: False}, by=booked.booked_by)  # type: ignore[arg-type]
    waiting.refresh_from_db()
    booked.refresh_from_db()
    assert booked.state == "cancelled"
    assert waiting.state != "cancelled"


def test_a_workbook_says_that_the_site_holds_the_paper_but_never_speaks_over_a_guardian() -> None:
    said_no, silent = make_child(), make_child(consented=False)
    answer(child=said_no, answers={Kind.DATA: False}, by=said_no.family.guardian)
    worker = make_person(Role.COORDINATOR)
    on_file([said_no, silent], recorded_by=worker.pk)
    assert missing_for([said_no.person_id, silent.person_id]) == {said_no.person_id}
    assert said(silent) == [("data", True, silent.family.guardian_id, worker.pk, None)]


def test_asking_for_many_children_is_one_query() -> None:
    children = [make_child(consented=bool(number % 2)) for number in range(30)]
    persons = [child.person_id for child in children]
    assert missing_for(persons) == set(persons[::2])
    assert count_queries(lambda: missing_for(persons)) == 1


STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.booleans(), st.integers(1, 3), st.booleans()), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_newest_answer_to_a_text_that_still_holds_decides(
    monkeypatch: pytest.MonkeyPatch, steps: list[tuple[Kind, bool, int, bool]]
) -> None:
    """Whoever of the two guardians said it, whatever the texts were then."""
    child = make_child(consented=False)
    guardians = [child.family.guardian, second_guardian(child)]
    texts = dict.fromkeys(KINDS, Text())
    newest: dict[Kind, tuple[bool, int]] = {}
    for kind, granted, version, first in steps:
        texts[kind] = Text(max(version, texts[kind].version), holds_from=max(1, version - 1))
        monkeypatch.setattr(consents, "TEXTS", dict(texts))
        answer(child=child, answers={kind: granted}, by=guardians[first])
        newest[kind] = (granted, texts[kind].version)
        for one in KINDS:
            yes, then = newest.get(one, (False, 0))
            wanted = set() if yes and then >= texts[one].holds_from else {child.person_id}
            assert missing_for([child.person_id], one) == wanted


def test_writing_a_note_of_hardship_is_no_guardians_alone() -> None:
    child = make_child()
    with pytest.raises(Refused, match="not_found"):
        write_care_note(child=child, text="低保", by=load_actor(make_person(Role.SOCIAL_WORKER)), note=Note.HARDSHIP)
