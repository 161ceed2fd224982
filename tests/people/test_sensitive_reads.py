"""Every operation, asked by everybody who may know something of a child: what gives a note away leaves its row."""

from __future__ import annotations

import pytest

from hub.journal.models import Entry
from hub.people.care_notes import Note
from hub.people.models import Person, Role
from scheduling.sessions.models import Session
from tests.bookings.factories import book_for, make_reading
from tests.support.clients import client_for
from tests.support.make import make_child, make_person
from tests.support.operations import WRITING, Operation, walk

SECRETS = {Note.HEALTH: "对花生过敏甲", Note.HARDSHIP: "家里吃低保乙", Note.LEFT_BEHIND: "爸妈在东莞丙"}
READING = [operation for operation in walk() if operation.method not in WRITING]


def staff_of(session: Session) -> list[Person]:
    return [
        make_person(Role.SOCIAL_WORKER, agency=session.program.agency),
        make_person(Role.COORDINATOR, hub=session.hub),
        make_person(Role.ADMINISTRATOR),
        make_person(Role.REGULATOR),
    ]


@pytest.mark.parametrize("operation", READING, ids=str)
@pytest.mark.django_db
def test_no_note_is_read_without_its_row(operation: Operation) -> None:
    child = make_child(**{note.column: text for note, text in SECRETS.items()})
    session = make_reading()
    book_for(session, child)
    ids = {"child_id": child.pk, "family_id": child.family_id, "session_id": session.pk, "person_id": child.person_id}
    for person in (child.family.guardian, *staff_of(session)):
        client = client_for(person)
        for note in Note:
            Entry.objects.filter(action="care_note.read").delete()
            answer = operation.call(client, query=f"reason=helping&kind={note}&q=孩子", **ids)
            told = b"".join(answer) if answer.streaming else answer.content
            given = {one for one, text in SECRETS.items() if text in told.decode(errors="replace")}
            rows = Entry.objects.filter(action="care_note.read", actor_id=person.pk, subject=f"people.child:{child.pk}")
            assert given <= {Note(facts["note"]) for facts in rows.values_list("facts", flat=True)}
            if not operation.path.endswith("care-note"):
                break  # the kind of note changes nothing elsewhere


@pytest.mark.django_db
def test_a_note_is_given_to_who_needs_it_and_to_nobody_else() -> None:
    """The walk above would prove nothing if nobody were told anything."""
    child = make_child(**{note.column: text for note, text in SECRETS.items()})
    session = make_reading()
    book_for(session, child)
    worker, coordinator, administrator, regulator = staff_of(session)
    stranger = make_person(Role.SOCIAL_WORKER)
    told = {
        person.pk: {
            note
            for note in Note
            if client_for(person).get(f"/api/children/{child.pk}/care-note?reason=helping&kind={note}").status_code
            == 200
        }
        for person in (child.family.guardian, worker, coordinator, administrator, regulator, stranger)
    }
    everything: set[Note] = set(Note)
    assert list(told.values()) == [everything, everything, everything, set(), set(), set()]
