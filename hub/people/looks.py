"""Who looked at a child's notes, when and why: for the guardian, from the journal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hub.journal.models import Entry
from hub.people.models import Child, Person

SHOWN = 30
DEEDS = ("care_note.read", "care_note.written", "care_note.denied")


@dataclass(frozen=True)
class Look:
    at: dt.datetime
    who: str
    """Empty for somebody who is not here any more."""
    own: bool
    deed: str
    note: str
    reason: str


def looks_at(child: Child, *, by: int) -> list[Look]:
    """The newest first. Two queries."""
    entries = Entry.objects.filter(subject=f"people.child:{child.pk}", action__in=DEEDS).order_by("-pk")[:SHOWN]
    found = list(entries)
    people = Person.objects.filter(pk__in={entry.actor_id for entry in found}, erased_at__isnull=True)
    names = dict(people.values_list("pk", "name"))
    return [
        Look(
            at=entry.at,
            who=names.get(entry.actor_id or 0, ""),
            own=entry.actor_id == by,
            deed=entry.action.partition(".")[2],
            note=str(entry.facts.get("note", "health")),
            reason=str(entry.facts.get("reason", "")),
        )
        for entry in found
    ]
