"""减少名额: the session is held with the adults who said they come, and takes no more children than they cover.

Families booked last go elsewhere, as at the cut-off. What a role asks at least gives way to who is there, but no role
is left empty; and since the session is then held with fewer than it asked for, it keeps whoever has a place and takes
nobody new, even where the adults would suffice for more: staff who find somebody give more places again.

Locks: the children with their guardians and who is on duty, sessions in order of their keys, topics.
"""

from __future__ import annotations

from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from programs.kinds import kind
from programs.ratios import adults_required
from scheduling.board.rows import Row, board_row
from scheduling.bookings.models import Booking
from scheduling.bookings.places import guardians_of
from scheduling.cutoffs.covering import booked_in, confirmed_adults, uncovered
from scheduling.cutoffs.turning_away import targets_for, turn_away
from scheduling.rescues.outcome import Eased, Outcome, done_as_seen, family
from scheduling.rescues.staff import check_open
from scheduling.sessions.claims import lock_people, lock_session, lock_sessions
from scheduling.sessions.models import Need, Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.sessions import edit_session


def fewer_places(*, session: Session, seen: str, by: Person) -> Outcome:
    """Refused: not_for_children, session_cancelled, session_over, not_short, nobody_booked, adults_too_few,
    role_empty. `session.program` and `.hub` should be loaded."""

    def act() -> Outcome:
        rows = booked_in(session)
        targets = targets_for(uncovered(session, rows, adults_in(session)))
        lock_people([*(row.participant_id for row in rows), *guardians_of(rows), *_on_duty(session)])
        lock_sessions([session.pk, *targets])
        held = lock_session(session.pk)
        held.program, held.hub = session.program, session.hub
        adults = adults_in(held)
        needs = held_with(held, board_row(held.pk), adults)
        least = dict(Need.objects.filter(session=held).values_list("pk", "min"))
        eased = [Eased(one.role, least[one.id], one.min) for one in needs if one.id and one.min < least[one.id]]
        known = {row.pk for row in rows}
        booked = [row for row in booked_in(held) if row.pk in known]
        gone = turn_away(held, uncovered(held, booked, adults), targets, by=by)
        kept = Booking.objects.filter(session=held, state__in=Booking.HOLDING).count()
        edit_session(
            session_id=held.pk,
            revision=held.revision,
            by=by,
            places=kept,
            duty_worker=held.duty_worker,
            note=held.note,
            needs=needs,
            confirmed=True,
        )
        append(action="session.places_fewer", subject=held, actor_id=by.pk, hub_id=held.hub_id, places=kept)
        families = [family("offered" if one.to else "told", one.rows, one.to) for one in gone]
        return Outcome(held.pk, [], families, eased)

    return done_as_seen(act, seen=seen)


def adults_in(session: Session) -> int:
    """Who said they come."""
    return confirmed_adults([session])[session.pk]


def held_with(session: Session, row: Row, adults: int) -> list[NeedWish]:
    """What its roles ask, with who is there. `row`: as a board shows it. Refused as fewer_places is."""
    if session.places is None or not kind(session.program.kind).for_children:
        raise Refused("not_for_children")
    check_open(session)
    if not row["missing"]:
        raise Refused("not_short")
    if not Booking.objects.filter(session=session, state__in=Booking.HOLDING).exists():
        # It would be held for nobody.
        raise Refused("nobody_booked")
    least = adults_required([], [])
    if adults < least:
        raise Refused("adults_too_few", present=adults, least=least)
    filled = {need["id"]: need["filled"] for need in row["needs"]}
    needs = list(Need.objects.filter(session=session).order_by("position"))
    if empty := next((need for need in needs if need.min and not filled[need.pk]), None):
        raise Refused("role_empty", role=empty.role)
    return [
        NeedWish(
            id=need.pk,
            role=need.role,
            min=min(need.min, filled[need.pk]),
            target=need.target,
            priority=need.priority,
            skill_id=need.skill_id,
            clearance=need.clearance,
            mode=need.mode,
        )
        for need in needs
    ]


def _on_duty(session: Session) -> list[int]:
    return [session.duty_worker_id] if session.duty_worker_id else []
