"""A child's care note (allergies and the like): who may read it, and that every try is in the journal.

A guardian reads and writes the notes of their own children. Who else has to know depends on where the child takes part:
apps above register a check with `may_read_when` (the social worker of a session the child is booked in). Nobody else,
no administrator either.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.db import transaction

from hub.access.actor import Actor
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Child

LONGEST_NOTE = 2000

Check = Callable[[Actor, Child], bool]


class Reason(StrEnum):
    OWN_CHILD = "own_child"
    PREPARING = "preparing"
    AT_SESSION = "at_session"
    EMERGENCY = "emergency"


_checks: list[Check] = []


def may_read_when(check: Check) -> Check:
    """An app's reason to know: registered in its ready()."""
    _checks.append(check)
    return check


def is_guardian_of(by: Actor, child: Child) -> bool:
    return child.family.guardian_id == by.person.pk


def read_care_note(*, child: Child, by: Actor, reason: Reason) -> str:
    """The note, its reading recorded with it. Refused("not_found") for who has no reason to know; recorded too.

    A refusal must not take its own record away: don't call this inside a transaction.
    """
    allowed = is_guardian_of(by, child) or any(check(by, child) for check in _checks)
    with transaction.atomic():
        action = "care_note.read" if allowed else "care_note.denied"
        append(action=action, subject=child, actor_id=by.person.pk, reason=str(reason))
        note = child.care_note if allowed else ""
    if not allowed:
        raise Refused("not_found", model="child", id=child.pk)
    return note


def write_care_note(*, child: Child, note: str, by: Actor) -> None:
    """A guardian's own words. Refused: not_found, note_too_long."""
    if not is_guardian_of(by, child):
        raise Refused("not_found", model="child", id=child.pk)
    if len(note) > LONGEST_NOTE:
        raise Refused("note_too_long", most=LONGEST_NOTE)
    with transaction.atomic():
        child.care_note = note.strip()
        child.save(update_fields=["care_note"])
        append(action="care_note.written", subject=child, actor_id=by.person.pk)
