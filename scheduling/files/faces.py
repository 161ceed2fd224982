"""How people liked a session: three faces, counted. No row and no deed says who chose which: cards that staff counted,
taps on a screen or the hub's tablet, and the link of a family's message."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from django.db import transaction
from django.db.models import F

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from scheduling.attendance.models import Device
from scheduling.bookings.models import Booking
from scheduling.files.models import FaceCount, FaceLink, FamilyAsked, SessionFile
from scheduling.files.records import tell
from scheduling.sessions.claims import lock_session, lock_sessions
from scheduling.sessions.models import Session

Face = Literal["good", "fair", "bad"]
Source = FaceCount.Source
TAPS_FOR = dt.timedelta(days=1)
"""After the session: whoever was there has gone by then."""
TABLET_TELLS = dt.timedelta(days=14)
"""After the session, at the latest: it may have been without a network."""


@transaction.atomic
def count_cards(*, session: int, good: int, fair: int, bad: int, by: Person) -> FaceCount:
    """As many cards of each were held up: stands in the place of what was counted before. Refused: not_found,
    session_cancelled, not_begun."""
    held = _begun(session)
    counts = {"good": good, "fair": fair, "bad": bad}
    row, _ = FaceCount.objects.update_or_create(session=held, source=Source.CARDS, defaults=counts)
    append(action="faces.counted", subject=row, actor_id=by.pk, hub_id=held.hub_id, session=session)
    tell(held)
    return row


@transaction.atomic
def tap_face(*, session: int, face: Face) -> None:
    """One more. Refused: not_found, session_cancelled, not_begun, taps_over."""
    held = _begun(session)
    if clock.now() > held.ends_at + TAPS_FOR:
        raise Refused("taps_over")
    _count(held.pk, Source.TAPS, {face: 1})


@transaction.atomic
def take_taps(*, device: Device, taps: Sequence[tuple[int, Face]]) -> None:
    """What families tapped on a hub's tablet, by booking (id). A family counts once at a session: told again, or where
    it was asked by message, it changes nothing."""
    now = clock.now()
    rows = Booking.objects.filter(
        pk__in=[booking for booking, _ in taps],
        state=Booking.State.BOOKED,
        participant__child__isnull=False,
        session__hub=device.hub_id,
        session__state=Session.State.PLANNED,
        session__starts_at__lte=now,
        session__ends_at__gt=now - TABLET_TELLS,
    )
    pairs = {pk: key for pk, *key in rows.values_list("pk", "session", "participant__child__family")}
    sessions = {session for session, _ in pairs.values()}
    lock_sessions(sessions)
    asked = set(FamilyAsked.objects.filter(session__in=sessions).values_list("session", "family"))
    counts: dict[int, Counter[str]] = {session: Counter() for session in sorted(sessions)}
    new = []
    for booking, face in taps:
        session, family = pairs.get(booking, (0, 0))
        if session and (session, family) not in asked:
            asked.add((session, family))
            new.append(FamilyAsked(session_id=session, family_id=family))
            counts[session][face] += 1
    FamilyAsked.objects.bulk_create(new)
    for session, more in counts.items():
        _count(session, Source.TAPS, more)


@transaction.atomic
def answer(*, link: FaceLink, face: Face) -> FaceLink:
    """By the link of a family's message. A first word counts while the link lasts, so that no file closes before a
    family is heard; another one until the file is closed. Refused: session_cancelled, not_begun, answer_stands."""
    held = _begun(link.session_id)
    row = FaceLink.objects.get(pk=link.pk)
    if row.face == face:
        return row
    if row.face and is_closed(held.pk):
        raise Refused("answer_stands")
    _count(held.pk, Source.LINKS, {face: 1} | ({row.face: -1} if row.face else {}))
    row.face = face
    row.save(update_fields=["face"])
    return row


def is_closed(session: int) -> bool:
    return SessionFile.objects.filter(session=session, finished_at__isnull=False).exists()


def _count(session: int, source: Source, more: Mapping[str, int]) -> None:
    """The caller holds the session."""
    if more:
        row, _ = FaceCount.objects.get_or_create(session_id=session, source=source)
        FaceCount.objects.filter(pk=row.pk).update(**{face: F(face) + by for face, by in more.items()})


def _begun(session: int) -> Session:
    held = lock_session(session)
    if held.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if held.starts_at > clock.now():
        raise Refused("not_begun")
    return held
