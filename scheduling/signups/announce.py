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
QUESTIONS = ("place_offered", "party_asked")
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


def announce_session(*, session: Session, assignments: Sequence[Assignment], template: str, ask: bool) -> int:
    """Tell everybody who had a place that their session was moved or cancelled; `ask` adds a link to answer anew."""
    for one in assignments:
        one.session = session
    links = make_links(_by_volunteer(assignments)) if ask else {}
    people = dict(Volunteer.objects.filter(assignments__in=assignments).values_list("pk", "person"))
    drafts = [
        outbox.Draft(
            to_id=people[one.volunteer_id],
            template=template,
            variables=_first(session),
            **_answered_by(links.get(one.volunteer_id)),
            dedupe_key=f"{template}:{one.pk}:{session.sequence}",
        )
        for one in assignments
    ]
    outbox.queue_all(drafts)
    return len(drafts)


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
