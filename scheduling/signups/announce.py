"""Telling volunteers what changed for them: one message each, however many shifts, with one link that answers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypedDict

from hub.notify import outbox
from hub.people.models import Person
from scheduling.sessions.models import Session
from scheduling.signups.links import Link, make_links
from scheduling.signups.models import Assignment, Standby
from volunteers.models import Volunteer

ROSTER = "roster"
"""The question that these messages ask (scheduling.signups.answers)."""
ASK = "ask"
"""Of what is announced: with a link to answer it."""
QUESTIONS = ("place_offered", "party_asked", "shift_unanswered")
"""Of a single place's messages, those that ask for an answer."""


def announce_roster(*, added: Sequence[Assignment], released: Sequence[Assignment], by: Person | None) -> int:
    """Queue one message per affected volunteer and return how many. Call it in the transaction of the change.

    `assignment.session` with program and hub is best loaded: what is missing is read row by row.
    """
    given, taken = _by_volunteer(added), _by_volunteer(released)
    links = make_links(given)
    affected = sorted({*given, *taken})
    people = dict(Volunteer.objects.filter(pk__in=affected).values_list("pk", "person"))
    drafts = []
    for volunteer in affected:
        mine, gone = given.get(volunteer, []), taken.get(volunteer, [])
        template = "shifts_changed" if mine and gone else "shifts_added" if mine else "shifts_released"
        drafts.append(
            outbox.Draft(
                to_id=people[volunteer],
                template=template,
                variables={**_first((mine or gone)[0].session), "added": str(len(mine)), "released": str(len(gone))},
                **_answered_by(links.get(volunteer)),
                dedupe_key=f"roster:{volunteer}:{_cause([*mine, *gone])}",
            )
        )
    outbox.queue_all(drafts)
    return len(drafts)


def announce_sessions(assignments: Sequence[Assignment], template: str, ask: str = "") -> None:
    """Tell everybody who had a place that their session was moved or cancelled, of several at once in one message;
    `ask` adds a link to answer anew. `assignment.session` and `.volunteer` are loaded."""
    mine = _by_volunteer(assignments)
    links = make_links(mine) if ask else {}
    drafts = []
    for volunteer, rows in mine.items():
        first = rows[0]
        drafts.append(
            outbox.Draft(
                to_id=first.volunteer.person_id,
                template=_of_many(template, rows),
                variables={**_first(first.session), "count": str(len(rows))},
                **_answered_by(links.get(volunteer)),
                dedupe_key=f"{template}:{first.pk}:{first.session.sequence}:{len(rows)}",
            )
        )
    outbox.queue_all(drafts)


def announce_standbys(rows: Sequence[Standby], template: str) -> None:
    """The same to those who stand by."""
    mine: dict[int, list[Standby]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.session.starts_at):
        mine[row.volunteer_id].append(row)
    outbox.queue_all(
        outbox.Draft(
            to_id=rows[0].volunteer.person_id,
            template=_of_many(template, rows),
            variables={**_first(rows[0].session), "count": str(len(rows))},
            dedupe_key=f"{template}:standby:{rows[0].pk}:{rows[0].session.sequence}:{len(rows)}",
        )
        for rows in mine.values()
    )


def _of_many(template: str, rows: Sequence[object]) -> str:
    return f"{template}_many" if len(rows) > 1 else template


def announce_standby(*, rows: Sequence[Standby], template: str) -> None:
    """Tell who stands by, each once, that they do, do no longer, or that their session changed."""
    people = dict(Volunteer.objects.filter(standbys__in=rows).values_list("pk", "person"))
    outbox.queue_all(
        [
            outbox.Draft(
                to_id=people[row.volunteer_id],
                template=template,
                variables=_first(row.session),
                dedupe_key=f"{template}:standby:{row.pk}:{row.session.sequence}",
            )
            for row in rows
        ]
    )


def announce_places(rows: Sequence[Assignment], *, template: str, **variables: str) -> None:
    """One message for each row: their turn, a yes or no to what they asked for, what became of their party. Questions
    carry a link that answers. `row.session` and `row.volunteer` should be loaded."""
    links = make_links(_by_volunteer(rows)) if template in QUESTIONS else {}
    outbox.queue_all(
        outbox.Draft(
            to_id=row.volunteer.person_id,
            template=template,
            variables={
                **_first(row.session),
                **({"until_at": row.answer_by.isoformat()} if row.answer_by else {}),
                **variables,
            },
            **_answered_by(links.get(row.volunteer_id)),
            dedupe_key=f"{template}:{_cause([row])}",
        )
        for row in rows
    )


def _by_volunteer(assignments: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    for one in sorted(assignments, key=lambda one: one.session.starts_at):
        found[one.volunteer_id].append(one)
    return found


class _Answered(TypedDict, total=False):
    link: str
    asks: str


def _answered_by(link: Link | None) -> _Answered:
    """By the link, or by a 1 or a 2 sent back."""
    return {"link": link.address, "asks": f"{ROSTER}:{link.id}"} if link else {}


def _first(session: Session) -> dict[str, str]:
    """The facts of the next shift; moments are worded in the reader's language when the message is written out."""
    return {
        "program": session.program.name,
        "hub": session.hub.name,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
    }


def _cause(assignments: Iterable[Assignment]) -> str:
    """The same rows in the same state are the same news."""
    text = ",".join(f"{one.pk}{one.state}{one.changed_at.timestamp()}" for one in assignments)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
