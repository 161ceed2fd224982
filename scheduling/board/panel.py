"""One session from all sides: its people, its bookings, what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hub.access.actor import Actor
from hub.access.rules import fetch, may
from hub.errors import Refused
from hub.journal.append import append
from hub.journal.models import Entry
from hub.people.models import Person
from hub.places.models import Kit
from hub.sealed import mask_name
from programs.kinds import kind
from scheduling.board.rows import board_row, with_clearance
from scheduling.bookings.late import times_late
from scheduling.bookings.line import lines_of
from scheduling.bookings.models import Booking
from scheduling.bookings.places import child_of
from scheduling.series.models import Occurrence
from scheduling.sessions.claims import ids_held
from scheduling.sessions.models import Session
from scheduling.sessions.staff_places import staff_in
from scheduling.signups.models import Assignment, Standby

SHOWN = (Assignment.State.PUBLISHED, Assignment.State.ACCEPTED, Assignment.State.DECLINED)
MOST_HISTORY = 50
READ_ACTION = "bookings.read"


def session_panel(*, actor: Actor, session_id: int) -> dict[str, Any]:
    """What the side panel shows. Who may change the session may call its people; others see masked names."""
    everything = Session.objects.select_related("hub", "room", "program", "duty_worker")
    session = fetch(actor, "view", everything, session_id)
    row = board_row(session_id, actor=actor)
    calls = may(actor, "view_people", session)
    worker = session.duty_worker
    return row | {
        "hub_name": session.hub.name,
        "room_name": session.room.name if session.room else "",
        "room_capacity": session.room.capacity if session.room else None,
        "for_children": kind(session.program.kind).for_children,
        "note": session.note,
        "group_only": session.group_only,
        "series": _series(session),
        "cancel_reason": session.cancel_reason,
        "kits": list(Kit.objects.filter(pk__in=ids_held(session.pk, "kit")).order_by("name").values("id", "name")),
        "overrides": [
            {"code": one.code, "reason": one.reason, "by": one.by.name}
            for one in session.overrides.select_related("by").order_by("code")
        ],
        "worker": {"id": worker.pk, "name": worker.name, "phone": worker.phone if calls else ""} if worker else None,
        "roles": _roles(session),
        "people": _people(session, calls=calls),
        "staff": _staff(session, calls=calls),
        "standbys": _standbys(session, calls=calls),
        "wanting": _wanting(session, calls=calls),
        "calls": calls,
        "history": _history(session),
    }


def _series(session: Session) -> Mapping[str, object] | None:
    """The series it is an occurrence of, and its day by the rule."""
    return Occurrence.objects.filter(session=session).values("series", "day").first()


def _roles(session: Session) -> list[dict[str, Any]]:
    """The needs as an edit takes them."""
    columns = ("id", "role", "min", "target", "priority", "skill_id", "clearance", "mode", "skill__name")
    return [
        {"skill": need.pop("skill__name") or "", **need} for need in session.needs.order_by("position").values(*columns)
    ]


def _people(session: Session, *, calls: bool) -> list[dict[str, Any]]:
    """Who holds a place or gave one back, by need, those who come first."""
    found = with_clearance(Assignment.objects.filter(session=session, state__in=SHOWN))
    rows = found.select_related("volunteer__person").order_by("need__position", "pk")
    people = [
        {
            "assignment": one.pk,
            "need": one.need_id,
            "volunteer": one.volunteer_id,
            "name": one.volunteer.person.name if calls else mask_name(one.volunteer.person.name),
            "phone": one.volunteer.person.phone if calls else "",
            "state": one.state,
            "source": one.source,
            "reason": one.reason if calls else "",
            "cleared": one.cleared,  # type: ignore[attr-defined]
            "for_them": one.by_id is not None and one.state != Assignment.State.PUBLISHED,
        }
        for one in rows
    ]
    return sorted(people, key=lambda one: SHOWN.index(one["state"]) == len(SHOWN) - 1)


def _staff(session: Session, *, calls: bool) -> list[dict[str, Any]]:
    """Who of the staff does a volunteer's part."""
    rows = staff_in([session.pk]).select_related("person").order_by("pk")
    return [
        {"id": one.pk, "need": one.need_id, "name": one.person.name, "phone": one.person.phone if calls else ""}
        for one in rows
    ]


def _standbys(session: Session, *, calls: bool) -> list[dict[str, Any]]:
    """Who steps in when somebody can't come; those who can't themselves last."""
    shown = Standby.objects.filter(session=session, state__in=(Standby.State.READY, Standby.State.DECLINED))
    rows = shown.select_related("volunteer__person").order_by("-state", "pk")
    return [
        {
            "id": one.pk,
            "volunteer": one.volunteer_id,
            "name": one.volunteer.person.name if calls else mask_name(one.volunteer.person.name),
            "phone": one.volunteer.person.phone if calls else "",
            "state": one.state,
            "reason": one.reason if calls else "",
        }
        for one in rows
    ]


def _wanting(session: Session, *, calls: bool) -> list[dict[str, Any]]:
    """Who asked for a place: requests, wishes, and the line in its order, with whoever's turn it is."""
    rows = Assignment.objects.filter(session=session, state__in=Assignment.OPEN).select_related("volunteer__person")
    return [
        {
            "assignment": one.pk,
            "need": one.need_id,
            "name": one.volunteer.person.name if calls else mask_name(one.volunteer.person.name),
            "phone": one.volunteer.person.phone if calls else "",
            "state": one.state,
            "since": one.created_at,
            "answer_by": one.answer_by,
            "party": one.party_id,
        }
        for one in rows.order_by("pk")
    ]


def _history(session: Session) -> list[dict[str, Any]]:
    ours = Entry.objects.filter(subject=f"{session._meta.label_lower}:{session.pk}").exclude(action=READ_ACTION)
    entries = list(ours.order_by("-pk")[:MOST_HISTORY])
    names = dict(Person.objects.filter(pk__in={one.actor_id for one in entries}).values_list("pk", "name"))
    return [
        {
            "id": one.pk,
            "action": one.action,
            "by": names.get(one.actor_id, "") if one.actor_id else "",
            "at": one.at,
            "changed": one.facts.get("changed", []),
        }
        for one in entries
    ]


def first_name(name: str) -> str:
    """A child is called by the given name: 于秀英 is 秀英. A name of one character stays."""
    return name[1:] or name


@transaction.atomic
def session_bookings(*, actor: Actor, session_id: int) -> list[dict[str, Any]]:
    """Who takes its places, in order of booking, then the line in its order; children by first name alone. The reading
    is logged."""
    session = fetch(actor, "view", Session.objects.select_related("program"), session_id)
    if not may(actor, "view_people", session):
        raise Refused("not_allowed", session=session_id)
    booked = Booking.objects.filter(session=session, state__in=Booking.OPEN).select_related("participant__child")
    line = [row.pk for turn in lines_of([session]).get(session.pk, []) for row in turn]
    rows = sorted(booked.order_by("created_at", "pk"), key=lambda row: line.index(row.pk) if row.pk in line else -1)
    late = times_late(row.participant_id for row in rows)
    if kind(session.program.kind).for_children:
        append(action=READ_ACTION, subject=session, actor_id=actor.person.pk, hub_id=session.hub_id)
    return [
        {
            "id": row.pk,
            "state": row.state,
            "name": first_name(row.participant.name) if child_of(row) else row.participant.name,
            "child": child_of(row) is not None,
            "late": late[row.participant_id],
        }
        for row in rows
    ]
