"""A series locked: its row, then everybody who has a place in its sessions to come, the sessions, sites and rooms.

All at once, so that the rules for single sessions find them held. What is over stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hub import clock
from hub.errors import Refused
from hub.people.models import Child
from scheduling.bookings.models import Booking
from scheduling.series.models import Occurrence, Series
from scheduling.sessions import claims
from scheduling.sessions.models import Claim, Need, Session
from scheduling.signups.models import Assignment, Standby


def lock_series(series_id: int, *, thrown_away: bool = False) -> Series:
    """Locked before everything else: two editors are one after the other, and the later sees what the first did.
    `thrown_away`: a draft that was, as well. Refused("not_found")."""
    held = Series.objects.select_for_update(no_key=True, of=("self",))
    series = held.select_related("program__agency", "hub", "term").filter(pk=series_id).first()
    if series is None or (series.removed_at and not thrown_away):
        raise Refused("not_found", model="series", id=series_id)
    return series


def members(series: Series) -> QuerySet[Child]:
    enrolled = series.enrolments.filter(ended_at=None).values("participant")
    return Child.objects.filter(person__in=enrolled).select_related("person", "family").order_by("pk")


def people_of(children: Iterable[Child]) -> set[int]:
    """Who is locked with them."""
    return {pk for child in children for pk in (child.person_id, child.family.guardian_id)}


@dataclass
class Held:
    """A series' occurrences, with their sessions locked."""

    coming: list[Occurrence]
    """With a session that did not begin yet, cancelled ones among them."""
    gone: dict[dt.date, Occurrence]
    """Their sessions were taken away."""
    over: set[dt.date]
    people: Mapping[int, int]
    """Session -> who has a place in it, or asked for one."""
    needs: Mapping[int, list[Need]]
    members: Sequence[Child]
    """Of a closed group: they have a place in every new session."""

    def rank(self, row: Occurrence) -> int:
        if row.session is None or row.session.state == Session.State.CANCELLED:
            return 0
        return 2 if self.people[row.session.pk] else 1


def hold(
    series: Series, *, people: Iterable[int] = (), hubs: Iterable[int] = (), rooms: Iterable[int | None] = ()
) -> Held:
    """Lock everything that changing this series may touch. Refused("people_changed") when somebody took a place
    between the locks."""
    now = clock.now()
    rows = list(series.occurrences.select_related("session").order_by("day"))
    live = [row.session.pk for row in rows if row.session and row.session.starts_at > now]
    group = list(members(series)) if series.group_only else []
    theirs = {
        *people,
        *people_of(group),
        *_people_of(live),
        *([series.duty_worker_id] if series.duty_worker_id else []),
    }
    claims.lock_people(theirs)
    claims.lock_sessions(live)
    if not _people_of(live) <= theirs:
        raise Refused("people_changed")
    there = {one.pk: one for one in Session.objects.filter(pk__in=live).select_related("program__agency", "hub")}
    claims.lock_sites({series.hub_id, *hubs, *(one.hub_id for one in there.values())})
    claims.lock_rooms({series.room_id, *rooms, *(one.room_id for one in there.values())})
    coming, gone, over = [], {}, set()
    for row in rows:
        row.series = series
        if row.session_id is None:
            gone[row.day] = row
        elif row.session_id in there and there[row.session_id].starts_at > now:
            row.session = there[row.session_id]
            coming.append(row)
        else:
            over.add(row.day)
    return Held(coming, gone, over, people_in(there), _needs_of(there), group)


def _people_of(sessions: Iterable[int]) -> set[int]:
    held = Claim.objects.filter(session__in=list(sessions), resource__startswith="person:")
    return {int(resource.partition(":")[2]) for resource in held.values_list("resource", flat=True)}


def people_in(sessions: Iterable[int]) -> Counter[int]:
    """Session -> how many have a place in it, or asked for one."""
    ids, found = list(sessions), Counter[int]()
    for rows in (
        Assignment.objects.filter(session__in=ids, state__in=(*Assignment.HOLDING, *Assignment.OPEN)),
        Standby.objects.filter(session__in=ids, state=Standby.State.READY),
        Booking.objects.filter(session__in=ids, state__in=Booking.OPEN),
    ):
        found.update(rows.values_list("session", flat=True))
    return found


def _needs_of(sessions: Mapping[int, Session]) -> dict[int, list[Need]]:
    found: dict[int, list[Need]] = {pk: [] for pk in sessions}
    for need in Need.objects.filter(session__in=list(sessions)).order_by("position"):
        found[need.session_id].append(need)
    return found
