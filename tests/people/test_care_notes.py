"""Children's care notes: who reads them, and that no reading goes unrecorded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from hub.access.actor import load_actor
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.care_notes import Note, Reason, may_read_when, read_care_note, write_care_note
from hub.people.models import Child, FamilyMember, Role
from tests.bookings.factories import book_for, make_reading
from tests.support.broken import refusing
from tests.support.clients import client_for
from tests.support.make import make_child, make_person

pytestmark = pytest.mark.django_db


def recorded() -> list[tuple[Any, ...]]:
    notes = Entry.objects.filter(action__startswith="care_note.")
    return list(notes.order_by("pk").values_list("action", "actor_id", "subject", "facts"))


def ask(person: Any, child: Child, reason: str = "at_session") -> Any:
    return client_for(person).get(f"/api/children/{child.pk}/care-note?reason={reason}")


def test_a_guardian_reads_their_childs_note_and_it_is_recorded() -> None:
    guardian = make_person(Role.GUARDIAN)
    child = make_child(guardian=guardian, care_note="对花生过敏")
    answer = ask(guardian, child, "own_child")
    assert (answer.status_code, answer.json()) == (200, {"note": "对花生过敏"})
    assert answer["Cache-Control"] == "no-store"
    facts = {"note": "health", "reason": "own_child"}
    assert recorded() == [("care_note.read", guardian.pk, f"people.child:{child.pk}", facts)]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_learns_anything_and_the_try_is_recorded(role: Role) -> None:
    person, child = make_person(role), make_child(care_note="对花生过敏")
    answer = ask(person, child)
    assert answer.status_code == 404
    assert "花生" not in answer.content.decode()
    facts = {"note": "health", "reason": "at_session"}
    assert recorded() == [("care_note.denied", person.pk, f"people.child:{child.pk}", facts)]


def test_a_refusal_looks_like_a_child_that_does_not_exist() -> None:
    person, child = make_person(Role.COORDINATOR), make_child(care_note="对花生过敏")
    refused = ask(person, child).json()
    missing = client_for(person).get(f"/api/children/{child.pk + 999}/care-note?reason=at_session").json()
    assert (refused["code"], set(refused["facts"])) == (missing["code"], set(missing["facts"]))


def test_a_caregiver_is_no_guardian() -> None:
    child = make_child(care_note="对花生过敏")
    grandmother = make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=grandmother, part=FamilyMember.Part.CAREGIVER)
    assert ask(grandmother, child).status_code == 404


def test_an_app_above_may_give_a_reason_to_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.people.care_notes._checks", {note: [] for note in Note})
    worker, child, other = make_person(Role.SOCIAL_WORKER), make_child(care_note="对花生过敏"), make_child()
    may_read_when(Note.HEALTH)(lambda by, _: {child.pk} if by.has(Role.SOCIAL_WORKER) else set())
    assert (ask(worker, child).status_code, ask(worker, other).status_code) == (200, 404)
    assert [entry[0] for entry in recorded()] == ["care_note.read", "care_note.denied"]


def test_the_desk_offers_notes_of_need_to_who_helps_the_family_alone() -> None:
    child, session = make_child(hardship="低保户"), make_reading()
    book_for(session, child)
    knows, stranger = make_person(Role.COORDINATOR, hub=session.hub), make_person(Role.COORDINATOR)

    def helped(person: Any) -> Any:
        body = {"q": child.family.guardian.phone}
        [family] = client_for(person).post("/api/families/find", body, content_type="application/json").json()
        assert "低保" not in str(family)
        return family["helped"]

    assert [helped(person) for person in (knows, stranger, make_person(Role.ADMINISTRATOR))] == [[child.pk], [], []]
    assert recorded() == []
    path = f"/api/children/{child.pk}/care-note?kind=hardship&reason=helping"
    assert [client_for(person).get(path).status_code for person in (knows, stranger)] == [200, 404]


def test_without_a_record_there_is_no_note() -> None:
    guardian = make_person(Role.GUARDIAN)
    child = make_child(guardian=guardian, care_note="对花生过敏")
    with refusing(Entry), pytest.raises(OperationalError):
        read_care_note(child=Child.objects.get(pk=child.pk), by=load_actor(guardian), reason=Reason.OWN_CHILD)


def test_a_reason_is_needed() -> None:
    guardian = make_person(Role.GUARDIAN)
    child = make_child(guardian=guardian)
    client = client_for(guardian)
    assert client.get(f"/api/children/{child.pk}/care-note").status_code == 422
    assert ask(guardian, child, "curious").status_code == 422
    assert recorded() == []


def test_a_guardian_writes_the_note() -> None:
    guardian = make_person(Role.GUARDIAN)
    child = make_child(guardian=guardian)
    client = client_for(guardian)
    path = f"/api/children/{child.pk}/care-note"
    answer = client.put(path, {"note": " 对花生过敏 "}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"note": "对花生过敏"})
    assert Child.objects.get(pk=child.pk).care_note == "对花生过敏"
    assert [entry[0] for entry in recorded()] == ["care_note.written"]
    too_long = client.put(path, {"note": "长" * 2001}, content_type="application/json")
    assert (too_long.status_code, too_long.json()["code"]) == (409, "note_too_long")


def test_another_familys_note_cannot_be_written() -> None:
    child = make_child(care_note="对花生过敏")
    stranger = load_actor(make_person(Role.GUARDIAN))
    with pytest.raises(Refused):
        write_care_note(child=child, text="", by=stranger)
    assert Child.objects.get(pk=child.pk).care_note == "对花生过敏"


def test_loading_children_does_not_open_their_notes() -> None:
    make_child(care_note="对花生过敏")
    query = str(Child.objects.all().query)
    assert [name for name in ("care_note", "hardship", "left_behind") if name in query] == []


def test_the_notes_are_read_nowhere_else() -> None:
    """Their room opens them by name; beside it a week's workbook, which writes one and compares it with the cell."""
    root = Path(__file__).resolve().parent.parent.parent
    users = {
        str(file.relative_to(root))
        for app in ("hub", "programs", "volunteers", "scheduling")
        for file in (root / app).rglob("*.py")
        if re.search(r"\.(care_note|hardship|left_behind)\b", file.read_text(encoding="utf-8"))
    }
    assert users == {"scheduling/bookings/sheets/families.py"}
