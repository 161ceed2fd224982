"""What may have to be known of a child: health, hardship, who is away. Who may read it, and that every try is in the
journal, where the guardian sees it.

Guardians read and write the notes of their own children. Who else has to know depends on where the child takes part:
apps above register a check with `may_read_when`. Nobody else, no administrator either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from django.db import transaction

from hub.access.actor import Actor
from hub.errors import Refused
from hub.journal.append import append
from hub.people.circles import guards
from hub.people.models import Child

LONGEST_NOTE = 2000

Check = Callable[[Actor, Collection[int]], set[int]]
"""Of these children (ids) those of whom the actor has to know."""


class Note(StrEnum):
    HEALTH = "health"
    """Allergies, what to do: who runs the child's session."""
    HARDSHIP = "hardship"
    LEFT_BEHIND = "left_behind"
    """Both: who helps families where the child comes."""

    @property
    def column(self) -> str:
        return "care_note" if self == Note.HEALTH else str(self)


class Reason(StrEnum):
    OWN_CHILD = "own_child"
    PREPARING = "preparing"
    AT_SESSION = "at_session"
    EMERGENCY = "emergency"
    HELPING = "helping"
    """To find help for the family, or a place that is kept for those who need it."""


_checks: dict[Note, list[Check]] = {note: [] for note in Note}


def may_read_when(*notes: Note) -> Callable[[Check], Check]:
    """An app's reason to know: registered in its ready()."""

    def register(check: Check) -> Check:
        for note in notes:
            _checks[note].append(check)
        return check

    return register


def readable(note: Note, *, children: Collection[int], by: Actor) -> set[int]:
    """Of these children (ids) those whose note an app above gives the actor a reason to know: asked before it is
    offered, since a try is a deed. Whether there is a note is not said."""
    return {child for check in _checks[note] for child in check(by, children)}


def read_care_note(*, child: Child, by: Actor, reason: Reason, note: Note = Note.HEALTH) -> str:
    """The note, its reading recorded with it. Refused("not_found") for who has no reason to know; recorded too.

    A refusal must not take its own record away: don't call this inside a transaction.
    """
    allowed = guards(by.person, child.family_id) or child.pk in readable(note, children=[child.pk], by=by)
    with transaction.atomic():
        action = "care_note.read" if allowed else "care_note.denied"
        append(action=action, subject=child, actor_id=by.person.pk, note=str(note), reason=str(reason))
        text = str(getattr(child, note.column)) if allowed else ""
    if not allowed:
        raise Refused("not_found", model="child", id=child.pk)
    return text


def write_care_note(*, child: Child, text: str, by: Actor, note: Note = Note.HEALTH) -> None:
    """A guardian's own words; of hardship and who is away also those of who helps them. Refused: not_found,
    note_too_long."""
    helps = note != Note.HEALTH and child.pk in readable(note, children=[child.pk], by=by)
    if not helps and not guards(by.person, child.family_id):
        raise Refused("not_found", model="child", id=child.pk)
    if len(text) > LONGEST_NOTE:
        raise Refused("note_too_long", most=LONGEST_NOTE)
    with transaction.atomic():
        setattr(child, note.column, text.strip())
        child.save(update_fields=[note.column])
        append(action="care_note.written", subject=child, actor_id=by.person.pk, note=str(note))


def in_hardship(children: Collection[int]) -> set[int]:
    """Those of these children (by id) of whom a hardship is noted: for a rule that keeps places, told to no screen."""
    return set(Child.objects.filter(pk__in=children).exclude(hardship="").values_list("pk", flat=True))
