"""合并: a session that lacks people and another one near it, of the same program at the same site, become one.

Who serves comes over, to a role of the same name first; at the same time their yes holds, at another they are asked
again. Families come over while there are places and adults who said yes, those booked first before the others; for the
rest a place elsewhere is held, as at the cut-off. What is left behind is cancelled with its reason. Everybody hears of
it once. Two halves may make a whole; where people would be lacking all the same, nobody is moved for that.

Locks: everybody who has a place in either, the sessions in order of their keys, topics.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.notify.templates import DEFAULT
from hub.people.models import Person
from programs.kinds import kind
from programs.ratios import adults_required, ratios_on
from scheduling.board.rows import Row, board_row
from scheduling.bookings.announce import announce
from scheduling.bookings.fit import Known, known_of, reasons_against_child
from scheduling.bookings.models import Booking
from scheduling.bookings.places import MOVED, guardians_of, put, take, tell
from scheduling.bookings.signals import booking_moved
from scheduling.cutoffs.covering import age_of, booked_in, confirmed_adults, families_of
from scheduling.cutoffs.turning_away import targets_for, turn_away
from scheduling.rescues.outcome import Outcome, Touched, done_as_seen, family, touched
from scheduling.rescues.staff import announce as announce_staff
from scheduling.rescues.staff import check_open, end, of_sessions, stand_in
from scheduling.sessions.claims import ids_held, lock_people, lock_session, lock_sessions, person_resource, release
from scheduling.sessions.models import Need, Session
from scheduling.sessions.sessions import cancel_session
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.signups.signups import free_place, take_place

NEAR = dt.timedelta(hours=3)
"""Between their beginnings: a family that planned a morning keeps its morning."""
MOST = 3
State = Assignment.State


def sessions_near(session: Session, actor: Actor) -> list[Session]:
    """That it could be merged with, nearest in time first. One query."""
    found = visible(actor, "edit", _near(session)).select_related("program", "hub", "room")
    return sorted(found, key=lambda one: (abs(one.starts_at - session.starts_at), one.pk))[:MOST]


def _near(session: Session) -> QuerySet[Session]:
    rows = Session.objects.filter(
        program=session.program_id,
        hub=session.hub_id,
        state=Session.State.PLANNED,
        starts_at__gt=clock.now(),
        starts_at__gte=session.starts_at - NEAR,
        starts_at__lte=session.starts_at + NEAR,
        group_only=session.group_only,
        places__isnull=session.places is None,
    )
    return rows.exclude(pk=session.pk)


def still_short(row: Row, into: Row) -> bool:
    """Whether the other lacks more people than could come over: rows as a board shows them. Whether those are the right
    ones is seen by trying."""
    lacking = sum(max(0, need["min"] - need["filled"]) for need in into["needs"])
    if lacking > sum(need["filled"] for need in row["needs"]):
        return True
    adults, others = row["adults"], into["adults"]
    return bool(adults and others and others["required"] - others["present"] > adults["present"])


def merge_sessions(*, session: Session, into: int, seen: str, by: Person) -> Outcome:
    """Refused: not_found (not near enough), session_cancelled, session_over, people_changed, still_short."""

    def act() -> Outcome:
        to = _near(session).select_related("program", "hub").filter(pk=into).first()
        if to is None:
            raise Refused("not_found", model="session", id=into)
        # Should nobody come over who serves: at least as many families as will be left.
        _, left = _divide(families_of(booked_in(session)), session, to)
        targets = targets_for(left, but={to.pk})
        return _Merging(session, to, targets, by).run()

    return done_as_seen(act, seen=seen)


class _Merging:
    def __init__(self, session: Session, into: Session, targets: set[int], by: Person) -> None:
        self.by, self.targets = by, targets
        people = _people_of(session, into)
        lock_people(people)
        lock_sessions([session.pk, into.pk, *targets])
        self.session, self.into = lock_session(session.pk), lock_session(into.pk)
        for held in (self.session, self.into):
            held.program, held.hub = session.program, session.hub
            check_open(held)
        if not _people_of(self.session, self.into) <= people:
            raise Refused("people_changed")
        self.same_time = (self.session.starts_at, self.session.ends_at) == (self.into.starts_at, self.into.ends_at)

    def run(self) -> Outcome:
        served = self._volunteers()
        families = families_of(booked_in(self.session))
        staff = self._leave()
        coming, left = _divide(families, self.session, self.into)
        moved = [row for rows in coming for row in self._bring(rows)]
        announce(template="booking_merged", bookings=moved, before=self.session)
        gone = turn_away(self.session, left, self.targets, by=self.by, but={self.into.pk})
        with override(DEFAULT):
            when = f"{clock.local(self.into.starts_at):%H:%M}"
            reason = _("rescue.merged_into") % {"when": when, "program": self.into.program.name}
        cancel_session(session_id=self.session.pk, revision=self.session.revision, reason=reason, by=self.by)
        changed = {"revision": F("revision") + 1, "changed_at": clock.now()}
        Session.objects.filter(pk=self.into.pk).update(**changed)
        for one, other in ((self.session, self.into), (self.into, self.session)):
            action = "session.merged" if one is self.session else "session.taken_in"
            append(action=action, subject=one, actor_id=self.by.pk, hub_id=one.hub_id, session=other.pk)
        publish([f"hub:{self.into.hub_id}"], "session.changed", session=[self.session.pk, self.into.pk])
        if board_row(self.into.pk)["missing"]:
            raise Refused("still_short")
        return Outcome(
            self.into.pk,
            [*served, *staff],
            [
                *(family("moves", rows, self.into) for rows in coming),
                *(family("offered" if one.to else "told", one.rows, one.to) for one in gone),
            ],
        )

    def _volunteers(self) -> list[Touched]:
        rows = Assignment.objects.filter(session=self.session, state__in=Assignment.ACTIVE)
        added, released, shown = [], [], []
        for row in rows.select_related("need", "volunteer__person").order_by("pk"):
            state = State(row.state)
            person = row.volunteer.person
            if freed := free_place(assignment=row.pk, by=self.by):
                released.append(freed)
            place = self._place(row, state if self.same_time else State.PUBLISHED)
            if place:
                added.append(place)
            what = "stays_home" if not place else "comes_over" if place.state == State.ACCEPTED else "asked_again"
            shown.append(touched(what, person.name, self.into if place else None))  # type: ignore[arg-type]
        announce_roster(added=added, released=released, by=self.by)
        return shown

    def _place(self, row: Assignment, state: State) -> Assignment | None:
        """In a role of the same name, else in whichever takes them; a full one takes one more."""
        needs = list(Need.objects.filter(session=self.into).order_by("position"))
        for need in sorted(needs, key=lambda need: need.role != row.need.role):
            try:
                with transaction.atomic():
                    held = Assignment.objects.filter(need=need, state__in=Assignment.HOLDING).count()
                    if held >= need.target:
                        Need.objects.filter(pk=need.pk).update(target=held + 1)
                    return take_place(
                        need=need.pk,
                        person=row.volunteer.person_id,
                        by=self.by,
                        state=state,
                        source=Assignment.Source.HAND,
                    )
            except Refused:
                continue
        return None

    def _leave(self) -> list[Touched]:
        """Who is on duty, and staff in a volunteer's place, come along as one more adult each, while they are free."""
        rows = of_sessions([self.session.pk])
        people = {row.person_id: row.person for row in rows}
        for row in rows:
            row.session = self.session
            end(row, self.by)
        if duty := self.session.duty_worker:
            people[duty.pk] = duty
        there = {self.into.duty_worker_id, *(row.person_id for row in of_sessions([self.into.pk]))}
        shown = []
        for pk, person in people.items():
            release(session=self.session, resource=person_resource(pk))
            if pk in there:
                continue
            try:
                with transaction.atomic():
                    stand_in(self.into, person, need=None, by=self.by)
                shown.append(touched("comes_over", person.name, self.into))
            except Refused:
                announce_staff(pk, self.session, "staff_freed", f"staff_freed:{self.session.pk}:{pk}")
                shown.append(touched("stays_home", person.name))
        return shown

    def _bring(self, rows: Sequence[Booking]) -> list[Booking]:
        moved = []
        for old in rows:
            put(old, Booking.State.CANCELLED, MOVED, by=self.by)
            new = take(self.into, old.participant.child, by=self.by, state=Booking.State.BOOKED)
            # Whoever booked goes on being told.
            new.booked_by_id = old.booked_by_id
            new.save(update_fields=["booked_by"])
            booking_moved.send(sender=Booking, session=self.session, to=self.into, participant=old.participant_id)
            moved.append(new)
        tell(self.session, rows)
        tell(self.into, moved)
        return moved


def _divide(
    families: Sequence[Sequence[Booking]], session: Session, into: Session
) -> tuple[list[Sequence[Booking]], list[Sequence[Booking]]]:
    """Who comes over, and who finds no place or no adult there."""
    # Whether it gives places at the moment is for whoever comes by chance: adults come along here.
    free = (into.places or 0) - Booking.objects.filter(session=into, state__in=Booking.HOLDING).count()
    adults = confirmed_adults([into])[into.pk]
    day = clock.local(into.starts_at).date()
    ratios, asks = ratios_on(day), kind(into.program.kind).for_children
    ages = [age_of(row, day) for row in booked_in(into)]
    known = known_of([row.participant_id for rows in families for row in rows])
    others = Known([one for one in known.taken if one.session_id != session.pk], known.unconsented)
    coming: list[Sequence[Booking]] = []
    left: list[Sequence[Booking]] = []
    for rows in families:
        theirs = [age_of(row, day) for row in rows]
        if (
            len(rows) <= free
            and (not asks or adults_required([*ages, *theirs], ratios) <= adults)
            and not any(reasons_against_child(into, row.participant.child, others) for row in rows)
        ):
            coming.append(rows)
            ages += theirs
            free -= len(rows)
        else:
            left.append(rows)
    return coming, left


def _people_of(*sessions: Session) -> set[int]:
    """Who is locked: all whose time these sessions hold, and the guardians of the children among them."""
    held = {pk for one in sessions for pk in ids_held(one.pk, "person")}
    return held | {pk for one in sessions for pk in guardians_of(booked_in(one))}
