"""机动顶上: who keeps their time for the session takes the place that is lacking."""

from __future__ import annotations

from hub.errors import Refused
from hub.people.models import Person
from scheduling.board.rows import board_row
from scheduling.rescues.outcome import Outcome, done_as_seen, touched
from scheduling.rescues.staff import check_open
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.signups.signups import take_place
from scheduling.signups.standbys import stands_by
from volunteers.models import Volunteer


def call_in(*, session: Session, volunteer: int, seen: str, by: Person) -> Outcome:
    """Told at once; they answer as for any place. Refused: not_found, no_standby (they stand by no longer), not_short,
    no_role_open, session_cancelled, session_over, and what sign_up refuses."""

    def act() -> Outcome:
        who = Volunteer.objects.select_related("person").filter(pk=volunteer).first()
        if who is None:
            raise Refused("not_found", model="volunteer", id=volunteer)
        lock_people([who.person_id])
        held = lock_session(session.pk)
        check_open(held)
        if not stands_by(session=held.pk, volunteer=who.pk):
            raise Refused("no_standby")
        need = short_need(held.pk)
        row = take_place(
            need=need,
            person=who.person_id,
            by=by,
            state=Assignment.State.PUBLISHED,
            source=Assignment.Source.HAND,
        )
        announce_roster(added=[row], released=[], by=by)
        return Outcome(held.pk, [touched("steps_in", who.person.name)])

    return done_as_seen(act, seen=seen)


def short_need(session: int) -> int:
    """The role that lacks people to its minimum, else one with room. Refused: not_short, no_role_open."""
    row = board_row(session)
    if not row["missing"]:
        raise Refused("not_short")
    if need := role_to_fill(row["needs"]):
        return need
    raise Refused("no_role_open")


def role_to_fill(needs: list[dict[str, int]]) -> int | None:
    below = [need["id"] for need in needs if need["filled"] < need["min"]]
    open_ = [need["id"] for need in needs if need["filled"] < need["target"]]
    return next(iter([*below, *open_]), None)
