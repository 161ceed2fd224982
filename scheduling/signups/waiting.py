"""The line before a full need: a freed place is offered to whoever came first, and passed on when they stay silent.

Who came first is first, by the order in which the session's lock let rows be written. A party stays whole: where too
few places are free for all of it, it is skipped and keeps its turn. Who can't come any more when it is their turn is
passed over. An offer is judged without the person's lock, since it binds nobody; taking it is judged anew under all.

Locks: session, topics. Callers hold the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, F, Q

from hub import clock
from hub.live.publish import told_together
from hub.people.models import Person
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Need, Session
from scheduling.sessions.offers import answer_by
from scheduling.signups.announce import announce_places
from scheduling.signups.facts import experience_of
from scheduling.signups.models import Assignment
from scheduling.signups.places import judged, put, tell, unclaim
from scheduling.signups.signals import place_left_open
from scheduling.signups.standing import read_person, read_standing

State = Assignment.State


def line_of(need: int) -> list[list[Assignment]]:
    """Who waits for a need, first come first: parties together, where their first stands."""
    rows = Assignment.objects.filter(need=need, state=State.WAITING).select_related("volunteer__person")
    rows = rows.order_by("pk")
    entries: dict[object, list[Assignment]] = {}
    for row in rows:
        entries.setdefault(("party", row.party_id) if row.party_id else row.pk, []).append(row)
    return list(entries.values())


def pass_on(*, need: Need, session: Session) -> list[Assignment]:
    """Offer the free places of a need to its line; the rows that were offered one. The caller holds the session."""
    now = clock.now()
    if session.state == Session.State.CANCELLED or session.starts_at <= now:
        return []
    line = line_of(need.pk)
    if not line:
        return []
    free = need.target - Assignment.objects.filter(need=need, state__in=Assignment.HOLDING).count()
    offered: list[Assignment] = []
    for entry in line:
        if free <= 0:
            break
        if len(entry) > free:
            continue
        for row in entry:
            row.session, row.need = session, need
        if _pass_over(entry):
            continue
        free -= len(entry)
        for row in entry:
            row.state, row.answer_by, row.changed_at = (
                State.OFFERED,
                answer_by(starts_at=session.starts_at, now=now),
                now,
            )
            row.save(update_fields=["state", "answer_by", "changed_at"])
            tell(row, person=row.volunteer.person_id, by=None, action="assignment.offered")
        offered += entry
    announce_places(offered, template="place_offered")
    return offered


def _pass_over(entry: Sequence[Assignment]) -> bool:
    """Whether one of them can't come any more: then their turn goes by, and the reason is kept."""
    company = [experience_of(row.volunteer, row.session.week) for row in entry]
    against: dict[int, str] = {}
    for row in entry:
        known = read_person(row.volunteer.person_id)
        standing = read_standing(row.session_id, row.need_id, known.volunteer)
        beside = company if len(entry) > 1 else ()
        if reasons := [one for one in judged(known, standing, beside).reasons if one.code != "need_full"]:
            against[row.pk] = reasons[0].code
    if against:
        for row in entry:
            put(row, State.PASSED, reason=against.get(row.pk, "party"))
            tell(row, person=row.volunteer.person_id, by=None, action="assignment.passed")
    return bool(against)


def refill(gone: Sequence[Assignment], *, by: Person | None) -> None:
    """Places of one need were given back: offer them to its line; those that nobody waits for are called out. Once the
    session has begun nobody is looked for."""
    if not gone or gone[0].session.starts_at <= clock.now():
        return
    offered = pass_on(need=gone[0].need, session=gone[0].session)
    for row in gone[len(offered) :]:
        place_left_open.send(sender=Assignment, session=row.session, need=row.need_id, left=row.volunteer_id, by=by)


def refill_needs(needs: Iterable[int]) -> None:
    """After a larger change (a repair, a new roster): whatever of these needs is free now. The caller holds their
    sessions."""
    for need in (
        Need.objects.filter(pk__in=set(needs)).select_related("session__hub", "session__program").order_by("pk")
    ):
        pass_on(need=need, session=need.session)


@transaction.atomic
@told_together()
def pass_silent(*, session: int) -> int:
    """Offers of a session whose time ran out go to the next in line; how many ran out. Again finds none."""
    held = lock_session(session)
    silent = Assignment.objects.filter(
        session=held, state__in=(State.OFFERED, State.AGREED), answer_by__lte=clock.now()
    )
    by_need: dict[int, list[Assignment]] = {}
    for row in silent.select_related("need", "volunteer").order_by("need_id", "pk"):
        row.session = held
        let_pass(row, "silent" if row.state == State.OFFERED else "party")
        by_need.setdefault(row.need_id, []).append(row)
    for gone in by_need.values():
        refill(gone, by=None)
    return sum(map(len, by_need.values()))


def let_pass(row: Assignment, reason: str) -> None:
    """Their turn went by: place and time are free again."""
    if row.state in Assignment.BUSY:
        unclaim(row, row.volunteer.person_id)
    put(row, State.PASSED, reason=reason)
    tell(row, person=row.volunteer.person_id, by=None, action="assignment.passed")


@transaction.atomic
@told_together()
def fill_from_line(*, session: int) -> int:
    """Places that came free where nobody looked (a workbook, a new roster) go to those in line; how many."""
    held = lock_session(session)
    needs = Need.objects.filter(session=held, assignments__state=State.WAITING).distinct().order_by("position")
    return sum(len(pass_on(need=need, session=held)) for need in needs)


def sessions_to_look_at() -> tuple[list[int], list[int]]:
    """Sessions with silent offers; those with a line before a free place."""
    now = clock.now()
    coming = Session.objects.filter(state=Session.State.PLANNED, starts_at__gt=now)
    silent = Assignment.objects.filter(answer_by__lte=now, state__in=(State.OFFERED, State.AGREED))
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.HOLDING))
    waiting = Count("assignments", filter=Q(assignments__state=State.WAITING))
    lines = Need.objects.filter(session__in=coming, assignments__state=State.WAITING)
    free = (
        Need.objects.filter(pk__in=lines.values("pk"))
        .annotate(taken=taken, waiting=waiting)
        .filter(taken__lt=F("target"), waiting__gt=0)
    )
    return (
        sorted(set(silent.values_list("session", flat=True))),
        sorted(set(free.values_list("session", flat=True))),
    )
