"""A closed group: who is enrolled has a place in every session to come, and in those a change of the series adds.

Locks: the series, the children with their guardians, the sessions in order of their keys.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.notify.together import said_together, say
from hub.people.models import Child, Person
from scheduling.bookings.announce import announce, announce_booked
from scheduling.bookings.bookings import enter, leave
from scheduling.bookings.models import Booking
from scheduling.bookings.places import load_children
from scheduling.series.held import lock_series
from scheduling.series.models import Enrolment, Series
from scheduling.series.news import record, tell
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Session


def coming(series: Series) -> list[int]:
    rows = Session.objects.filter(occurrence__series=series, starts_at__gt=clock.now(), state=Session.State.PLANNED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def seat(session: Session, children: Sequence[Child], *, by: Person) -> int:
    """Places in one session for members of the group, all held; how many could have none (elsewhere then, or without
    the consent to keep their data). Who has one already keeps it."""
    left_out = 0
    for child in children:
        try:
            with transaction.atomic(), told_together(), said_together():
                say(announce_booked, enter(session, [child], by=by, as_staff=True))
        except Refused as refused:
            left_out += refused.code != "already_booked"
    return left_out


@transaction.atomic
@told_together()
def enrol(*, series_id: int, children: Sequence[int], by: Person) -> int:
    """Into the group and all its sessions to come; the family is told once. Enrolled again, they get the places that
    they lack. How many places could not be had. Refused: not_found, nobody_chosen, no_group."""
    series = _group(series_id)
    chosen = load_children(children, by=by, as_staff=True)
    now = clock.now()
    for child in chosen:
        row, new = Enrolment.objects.get_or_create(
            series=series,
            participant=child.person,
            ended_at=None,
            defaults={"enrolled_by": by, "created_at": now},
        )
        if new:
            record("series.enrolled", series, by, for_id=row.participant_id)
    with said_together():
        left_out = sum(seat(lock_session(pk), chosen, by=by) for pk in coming(series))
    tell(series)
    return left_out


@transaction.atomic
@told_together()
def leave_group(*, series_id: int, child: int, by: Person) -> None:
    """Out of the group, and of its sessions to come; the family is told once. Refused: not_found."""
    series = _group(series_id)
    chosen = load_children([child], by=by, as_staff=True)[0]
    row = series.enrolments.filter(participant=chosen.person, ended_at=None).first()
    if row is None:
        raise Refused("not_found", model="enrolment")
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    left = []
    for pk in coming(series):
        session = lock_session(pk)
        places = Booking.objects.filter(session=session, participant=chosen.person, state__in=Booking.OPEN)
        for one in places.select_related("participant__child__family"):
            leave(session, one, by=by, as_staff=True)
            left.append(one)
    announce(template="booking_series_left", bookings=sorted(left, key=lambda one: one.session.starts_at))
    record("series.left", series, by, for_id=row.participant_id)
    tell(series)


def _group(series_id: int) -> Series:
    series = lock_series(series_id)
    if not series.group_only:
        raise Refused("no_group", series=series.pk)
    return series
