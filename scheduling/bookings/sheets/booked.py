"""The 报名场次 of a child's row: checked against places, ages and each other, and written as bookings."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from hub import clock
from hub.among import among
from hub.errors import Refused
from hub.workbook.book import Book
from hub.workbook.sheets import Row
from programs.sheets import program_facts
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.signals import booking_ended
from scheduling.bookings.tasks import wake
from scheduling.sessions.models import Claim, Session


@dataclass(frozen=True)
class Offer:
    """What a session offers once the workbook is imported."""

    code: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    places: int | None
    age_min: int | None
    age_max: int | None
    cancelled: bool


def load_bookings(book: Book) -> None:
    """Bookings that stand in the workbook's week: child's person -> session code -> booking."""
    found: dict[int, dict[str, Booking]] = defaultdict(dict)
    bookings = Booking.objects.filter(session__week=book.week, state__in=Booking.OPEN)
    for booking in bookings.select_related("session"):
        found[booking.participant_id][booking.session.code] = booking
    book.kept["bookings"] = found


def _offers(book: Book) -> dict[str, Offer]:
    offers = {}
    for (code,), session in book.names["session"].items():
        program = session.program
        offers[code] = Offer(
            code,
            session.starts_at,
            session.ends_at,
            session.places,
            program.age_min,
            program.age_max,
            session.state == Session.State.CANCELLED,
        )
    for (code,), rows in book.defined["session"].items():
        for row in rows:
            if not row.faulty:
                facts = program_facts(row["program"], book)
                cancelled = code in offers and offers[code].cancelled
                ages = (facts["age_min"], facts["age_max"])
                offers[code] = Offer(code, row["starts_at"], row["ends_at"], row["places"], *ages, cancelled)
    return offers


def _child_id(row: Row, book: Book) -> int | None:
    child = book.kept[row.sheet.name]["children"].get(row.key[0])
    return child.person_id if child else None


def check_bookings(rows: list[Row], book: Book) -> None:
    """Only what is new is judged: what was booked before stands. Later rows go to the waiting list."""
    offers = _offers(book)
    staying = {(_child_id(row, book), code) for row in rows for code in row["sessions"]}
    ours = {_child_id(row, book) for row in rows} - {None}
    taken = Counter(
        code
        for child, bookings in book.kept["bookings"].items()
        for code, booking in bookings.items()
        if booking.state in Booking.HOLDING and (child not in ours or (child, code) in staying)
    )
    waiting: set[tuple[int, str]] = set()
    for row in rows:
        before = book.kept["bookings"].get(_child_id(row, book) or 0, {})
        chosen = []
        for code in row["sessions"]:
            if not book.refer(row, "sessions", "session", (code,)) or code not in offers:
                continue
            offer = offers[code]
            if code not in before:
                _check_new(row, offer, book)
                if not offer.cancelled:
                    taken[code] += 1
                    if offer.places is not None and taken[code] > offer.places:
                        waiting.add((row.number, code))
                        book.warn(row, "sessions", "waiting_list", session=code, places=offer.places)
            chosen.append(offer)
        _warn_of_overlaps(row, chosen, book)
    book.kept["waiting"] = waiting
    book.kept["cancelled sessions"] = {code for code, offer in offers.items() if offer.cancelled}


def _check_new(row: Row, offer: Offer, book: Book) -> None:
    age = clock.age_on(row["born"], clock.local(offer.starts_at).date())
    if (offer.age_min is not None and age < offer.age_min) or (offer.age_max is not None and age > offer.age_max):
        book.warn(
            row,
            "sessions",
            "age_outside",
            session=offer.code,
            age=age,
            least=offer.age_min or 0,
            most=offer.age_max or "…",
        )
    if offer.cancelled:
        book.warn(row, "sessions", "session_cancelled", session=offer.code)
    elif offer.places is None:
        book.warn(row, "sessions", "no_places", session=offer.code)


def _warn_of_overlaps(row: Row, chosen: list[Offer], book: Book) -> None:
    chosen.sort(key=lambda offer: offer.starts_at)
    for first, second in pairwise(chosen):
        if second.starts_at < first.ends_at:
            book.warn(row, "sessions", "child_twice", first=first.code, second=second.code)


def sessions_of(rows: list[Row], book: Book) -> set[Session]:
    """Those there already in which the rows book a place, or give one up."""
    before = book.kept["bookings"]
    theirs = {code for row in rows for code in (*row["sessions"], *before.get(_child_id(row, book) or 0, {}))}
    return {book.names["session"][(code,)] for code in theirs if (code,) in book.names["session"]}


def look_again(rows: list[Row], book: Book) -> None:
    """Places were counted before their sessions were locked. Refused("changed_meanwhile")."""
    sessions = {session.pk for session in sessions_of(rows, book)}
    seen = {
        booking.pk: booking.state
        for bookings in book.kept["bookings"].values()
        for booking in bookings.values()
        if booking.session_id in sessions
    }
    there = Booking.objects.filter(session__in=among(sessions), state__in=Booking.OPEN)
    if dict(there.values_list("pk", "state")) != seen:
        raise Refused("changed_meanwhile")


def write_bookings(rows: list[Row], book: Book) -> None:
    now = clock.now()
    sessions = book.names["session"]
    new: list[Booking] = []
    gone: list[Booking] = []
    for row in rows:
        child = book.kept[row.sheet.name]["children"][row.key[0]]
        before = book.kept["bookings"].get(child.person_id, {})
        guardian = book.names["person"][row["phone"], row["guardian"]]
        for code in row["sessions"]:
            if code not in before and code not in book.kept["cancelled sessions"]:
                waits = (row.number, code) in book.kept["waiting"]
                turn = Turn(session=sessions[(code,)]) if waits else None
                new.append(
                    Booking(
                        session=sessions[(code,)],
                        participant=child.person,
                        booked_by=guardian,
                        state=Booking.State.WAITING if waits else Booking.State.BOOKED,
                        turn=turn,
                        created_at=now,
                        changed_at=now,
                    )
                )
        gone += [booking for code, booking in before.items() if code not in row["sessions"]]
    for booking in gone:
        booking.state, booking.changed_at = Booking.State.CANCELLED, now
    Booking.objects.bulk_update(gone, ["state", "changed_at"])
    Turn.objects.bulk_create(booking.turn for booking in new if booking.turn)
    Booking.objects.bulk_create(new)
    _write_claims(new, gone)
    for booking in gone:
        booking_ended.send(sender=Booking, session=booking.session, participant=booking.participant_id)
    if new or gone:
        wake()
    for booking in new + gone:
        if booking.session_id not in book.kept.get("added sessions", ()):
            book.tell(f"hub:{booking.session.hub_id}", "booking.changed", "session", booking.session_id)


def _write_claims(new: list[Booking], gone: list[Booking]) -> None:
    """A booked child is where the session is; not for itself alone, since files do hold children twice."""
    for booking in gone:
        Claim.objects.filter(session=booking.session_id, resource=f"person:{booking.participant_id}").delete()
    Claim.objects.bulk_create(
        (
            Claim(
                session=booking.session,
                resource=f"person:{booking.participant_id}",
                starts_at=booking.session.starts_at,
                ends_at=booking.session.ends_at,
                exclusive=False,
            )
            for booking in new
            if booking.state == Booking.State.BOOKED
        ),
        ignore_conflicts=True,
    )
