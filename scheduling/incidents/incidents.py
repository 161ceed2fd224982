"""Writing down what happened, adding to it, telling a child's guardians. Nothing that was written is changed or taken
away. The journal says who wrote and who read; what it was about, no event and no deed says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.notify import outbox
from hub.people.models import Child, FamilyMember, Person
from hub.people.names import given_name
from scheduling.bookings.models import Booking
from scheduling.incidents.models import Concerned, Incident, Passage
from scheduling.sessions.claims import lock_people, lock_session

Nature = Incident.Nature


@dataclass(frozen=True)
class Words:
    what: str = ""
    done: str = ""
    reported_at: dt.datetime | None = None
    reported_to: str = ""


@transaction.atomic
def write_incident(
    *, session: int, nature: str, happened_at: dt.datetime, bookings: Sequence[int], words: Words, by: Person
) -> Incident:
    """`bookings`: the children whom it concerns. Refused: not_found (no place there), not_begun, in_future,
    what_missing, reported_to_whom."""
    rows = Booking.objects.filter(pk__in=bookings, session=session, state=Booking.State.BOOKED)
    children = list(rows.order_by("participant").values_list("participant", flat=True))
    if len(children) < len(set(bookings)):
        raise Refused("not_found", model="booking")
    if not words.what.strip():
        raise Refused("what_missing")
    lock_people(children)
    held = lock_session(session)
    now = clock.now()
    if held.starts_at > now:
        raise Refused("not_begun")
    if happened_at > now:
        raise Refused("in_future")
    incident = Incident.objects.create(
        session=held, nature=nature, happened_at=happened_at, written_by=by, created_at=now
    )
    Concerned.objects.bulk_create(Concerned(incident=incident, child_id=child) for child in children)
    append(action="incident.written", subject=incident, actor_id=by.pk, hub_id=held.hub_id, session=session)
    _add(incident, words, by=by)
    return incident


@transaction.atomic
def amend_incident(*, incident: int, words: Words, suspicion: bool, by: Person) -> Incident:
    """What came to light or was done later. `suspicion`: it may be harm after all; that is never taken back here.

    Refused: nothing_added, in_future, reported_to_whom.
    """
    row = _hold(incident)
    if not (words.what.strip() or words.done.strip() or words.reported_at or suspicion != row.is_suspicion):
        raise Refused("nothing_added")
    if suspicion and not row.is_suspicion:
        row.nature = Nature.SUSPICION
        row.save(update_fields=["nature"])
    append(action="incident.amended", subject=row, actor_id=by.pk, hub_id=row.session.hub_id)
    _add(row, words, by=by)
    return row


@transaction.atomic
def tell_guardians(*, incident: int, child: int, words: str, by: Person) -> Concerned:
    """What this child's guardians read, in words written for them. Refused: not_found, suspicion_not_told,
    telling_missing, already_told."""
    row = _hold(incident)
    concerned = Concerned.objects.filter(incident=row, child=child).select_related("child__child__family").first()
    if concerned is None:
        raise Refused("not_found", model="child", id=child)
    if row.is_suspicion:
        raise Refused("suspicion_not_told")
    if not words.strip():
        raise Refused("telling_missing")
    if concerned.told_at:
        raise Refused("already_told")
    concerned.words, concerned.told_by, concerned.told_at = words.strip(), by, clock.now()
    concerned.save(update_fields=["words", "told_by", "told_at"])
    append(action="incident.told", subject=row, actor_id=by.pk, for_id=child, hub_id=row.session.hub_id)
    guardians = _guardians(concerned.child.child)
    outbox.queue_all(
        outbox.Draft(
            to_id=guardian,
            template="incident_told",
            variables={"children": given_name(concerned.child.name), "program": row.session.program.name},
            dedupe_key=f"incident_told:{concerned.pk}:{guardian}",
        )
        for guardian in guardians
    )
    publish([f"person:{pk}" for pk in guardians], "incident.told", session=[row.session_id])
    return concerned


def _hold(incident: int) -> Incident:
    """Refused: not_found."""
    row = Incident.objects.select_related("session__program").filter(pk=incident).first()
    if row is None:
        raise Refused("not_found", model="incident", id=incident)
    lock_session(row.session_id)
    row.refresh_from_db(fields=["nature"])
    return row


def _add(incident: Incident, words: Words, *, by: Person) -> None:
    now = clock.now()
    if words.reported_at and words.reported_at > now:
        raise Refused("in_future")
    if (words.reported_at is None) != (not words.reported_to.strip()):
        raise Refused("reported_to_whom")
    Passage.objects.create(
        incident=incident,
        what=words.what.strip(),
        done=words.done.strip(),
        reported_at=words.reported_at,
        reported_to=words.reported_to.strip(),
        by=by,
        at=now,
    )


def _guardians(child: Child) -> list[int]:
    second = FamilyMember.objects.filter(family=child.family_id, part=FamilyMember.Part.GUARDIAN)
    return list(dict.fromkeys([child.family.guardian_id, *second.order_by("pk").values_list("person", flat=True)]))
