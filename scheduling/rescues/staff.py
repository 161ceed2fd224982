"""工作人员顶上: who of the staff could do a volunteer's part, and their doing so.

Near are the social workers of the program's agency and of those that reside at the site, and the site's coordinators.
An agency answers for its own workers' checks, as it does for whoever is on duty; a coordinator needs one on record.

Locks: the person, the session, topics.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.notify import outbox
from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Residency
from programs.kinds import kind
from scheduling.board.rows import board_row
from scheduling.callouts.announce import facts_of
from scheduling.rescues.outcome import Outcome, done_as_seen, touched
from scheduling.sessions.claims import clash_facts, lock_people, lock_session, person_resource, place, release
from scheduling.sessions.models import Claim, Need, Session, StaffPlace
from scheduling.sessions.staff_places import staff_in
from volunteers.models import Clearance

MOST = 12


@dataclass(frozen=True)
class Worker:
    person: Person
    refused: Refused | None
    """Why they can't."""


def workers_near(session: Session) -> list[Worker]:
    """Who could, those who can first; nobody who is there already. `session.program` should be loaded. At most four
    queries."""
    # All are judged before some are left out: who can may come last by name.
    people = list(_near(session))
    busy, checked = _busy(session, [one.pk for one in people]), _asks_clearance(session)
    found = [Worker(one, _against(session, one, busy.get(one.pk), checked=checked)) for one in people]
    return sorted(found, key=lambda one: one.refused is not None)[:MOST]


def step_in(*, session: Session, person: int, seen: str, by: Person) -> Outcome:
    """They fill the role that lacks most, or come as one more adult where none does. Their time is held and they are
    told. Refused: not_found (none of `workers_near`), session_cancelled, session_over, not_short, clash,
    no_clearance."""

    def act() -> Outcome:
        who = _near(session).filter(pk=person).first()
        if who is None:
            raise Refused("not_found", model="person", id=person)
        lock_people([person])
        held = lock_session(session.pk)
        check_open(held)
        held.program, held.hub = session.program, session.hub
        if no := _against(held, who, _busy(held, [person]).get(person), checked=_asks_clearance(held)):
            raise no
        if staff_in([held.pk]).filter(person=who).exists():
            raise Refused("already_here")
        row = board_row(held.pk)
        if not row["missing"]:
            raise Refused("not_short")
        need = max(row["needs"], key=lambda one: one["min"] - one["filled"], default=None)
        stand_in(held, who, need=need["id"] if need and need["filled"] < need["min"] else None, by=by)
        return Outcome(held.pk, [touched("steps_in", who.name)])

    return done_as_seen(act, seen=seen)


def check_open(session: Session) -> None:
    """Refused: session_cancelled, session_over."""
    if session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled", session=session.pk)
    if session.starts_at <= clock.now():
        raise Refused("session_over", session=session.pk)


def stand_in(session: Session, person: Person, *, need: int | None, by: Person) -> StaffPlace:
    """The place itself; person and session are held. Refused("clash")."""
    if busy := _busy(session, [person.pk]).get(person.pk):
        raise Refused("clash", **clash_facts(busy))
    place(session=session, resource=person_resource(person.pk))
    row = StaffPlace.objects.create(session=session, need_id=need, person=person, by=by, created_at=clock.now())
    _tell(row, by, "staff_place.taken")
    if person.pk != by.pk:
        announce(person.pk, session, "staff_stands_in", f"staff_stands_in:{row.pk}")
    return row


@transaction.atomic
@told_together()
def step_back(*, staff_place: int, by: Person) -> StaffPlace:
    """They are not needed any more, and told. Again is harmless. Refused: not_found, session_over."""
    keys = StaffPlace.objects.filter(pk=staff_place).values_list("person", "session").first()
    if keys is None:
        raise Refused("not_found", model="staffplace", id=staff_place)
    lock_people([keys[0]])
    held = lock_session(keys[1])
    row = StaffPlace.objects.select_related("person").get(pk=staff_place)
    row.session = held
    if row.ended_at:
        return row
    if held.starts_at <= clock.now():
        raise Refused("session_over", session=held.pk)
    end(row, by)
    release(session=held, resource=person_resource(row.person_id))
    if row.person_id != by.pk:
        announce(row.person_id, held, "staff_freed", f"staff_freed:{row.pk}")
    return row


def end(row: StaffPlace, by: Person | None) -> None:
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    _tell(row, by, "staff_place.ended")


def announce(person: int, session: Session, template: str, key: str) -> None:
    outbox.queue(to_id=person, template=template, variables=facts_of(session), dedupe_key=key)


def _tell(row: StaffPlace, by: Person | None, action: str) -> None:
    session = row.session
    append(
        action=action,
        subject=session,
        actor_id=by.pk if by else None,
        for_id=row.person_id if by is None or by.pk != row.person_id else None,
        hub_id=session.hub_id,
        need=row.need_id,
    )
    publish([f"hub:{session.hub_id}", f"person:{row.person_id}"], "session.changed", session=[session.pk])


def _near(session: Session) -> QuerySet[Person]:
    """Workers before coordinators; by name."""
    day = clock.local(session.starts_at).date()
    residing = Residency.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day), hub=session.hub_id
    )
    ours = Q(agency=session.program.agency_id) | Q(agency__in=residing.values("agency"))
    sites = [pk for pk in (session.hub_id, session.hub.parent_id) if pk]
    grants = RoleGrant.objects.filter(person=OuterRef("pk"))
    workers = grants.filter(ours, role=Role.SOCIAL_WORKER)
    coordinators = grants.filter(role=Role.COORDINATOR, hub__in=sites)
    day_holds = Clearance.objects.filter(
        volunteer__person=OuterRef("pk"), kind=Clearance.Kind.CHILD, checked_on__lte=day, valid_until__gte=day
    )
    there = [*staff_in([session.pk]).values_list("person", flat=True), session.duty_worker_id or 0]
    return (
        Person.objects.filter(Exists(workers) | Exists(coordinators))
        .exclude(pk__in=there)
        .annotate(
            is_worker=Exists(workers),
            cleared=Exists(day_holds),
            order=Case(When(Exists(workers), then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
        .order_by("order", "name", "pk")
    )


def _busy(session: Session, people: Collection[int]) -> dict[int, Claim]:
    """Person -> what else holds them then. Being on duty next door counts: a stand-in stays."""
    claims = Claim.objects.filter(
        resource__in=[person_resource(pk) for pk in people],
        starts_at__lt=session.ends_at,
        ends_at__gt=session.starts_at,
    )
    found = claims.select_related("session__program", "session__room").order_by("-starts_at", "-pk")
    return {int(claim.resource.partition(":")[2]): claim for claim in found}


def _against(session: Session, person: Person, busy: Claim | None, *, checked: bool) -> Refused | None:
    """`checked`: it asks for a check on record."""
    if busy:
        return Refused("already_here" if busy.session_id == session.pk else "clash", **clash_facts(busy))
    if checked and not (person.is_worker or person.cleared):  # type: ignore[attr-defined]
        return Refused("no_clearance")
    return None


def _asks_clearance(session: Session) -> bool:
    if kind(session.program.kind).for_children:
        return True
    return Need.objects.filter(session=session).exclude(clearance="").exists()


def of_sessions(sessions: Sequence[int]) -> list[StaffPlace]:
    return list(staff_in(sessions).select_related("person").order_by("pk"))
