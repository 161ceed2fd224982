"""What guardians are told of their children's coming and going."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from hub import clock
from hub.notify.outbox import Draft
from hub.people.circles import guardians_by_family
from hub.people.models import Child, FamilyMember
from hub.people.names import given_name
from scheduling.attendance.models import AttendanceEvent, ChildAttendance, ComingsTold
from scheduling.bookings.models import Booking

Relations = dict[tuple[int, int], str]
"""(family, person): what they are to its children, as the family says."""
UNCLEAR = "child_left_unclear"


def relations_to(pairs: Collection[tuple[int, int]]) -> Relations:
    """Of (family, person). One query; none for none."""
    if not pairs:
        return {}
    families, persons = zip(*pairs, strict=True)
    members = FamilyMember.objects.filter(family__in=families, person__in=persons).exclude(relation="")
    rows = members.order_by("-pk").values_list("family", "person", "relation")
    return {(family, person): relation for family, person, relation in rows}


def relation_of(child: Child, person: int, relations: Relations) -> str:
    """What whoever fetched the child is to it; empty where nothing was said."""
    return child.relation if child.family.guardian_id == person else relations.get((child.family_id, person), "")


def drafts_of(told: Sequence[tuple[Booking, ChildAttendance]]) -> Iterator[Draft]:
    """To who wishes for it. That a child went with somebody who could not fetch it is told to every guardian."""
    if not told:
        return
    children = [row.participant.child for row, _ in told]
    guardians = guardians_by_family(child.family for child in children)
    everybody = [one.pk for people in guardians.values() for one in people]
    wishing = set(ComingsTold.objects.filter(guardian__in=everybody).values_list("guardian", flat=True))
    relations = relations_to(
        {(row.participant.child.family_id, one.fetched_by_id) for row, one in told if one.fetched_by_id}
    )
    for child, (row, one) in zip(children, told, strict=True):
        news = _news(row, one, relation_of(child, one.fetched_by_id or 0, relations))
        if news is None:
            continue
        template, at, extra = news
        variables = {
            "children": given_name(row.participant.name),
            "program": row.session.program.name,
            "hub": row.session.hub.name,
            "time": _moment(at),
            **extra,
        }
        for guardian in guardians[child.family_id]:
            if guardian.pk in wishing or template == UNCLEAR:
                key = f"{template}:{row.pk}:{guardian.pk}:{int(at.timestamp())}"
                yield Draft(guardian.pk, template, key, variables)


def _news(row: Booking, one: ChildAttendance, relation: str) -> tuple[str, dt.datetime, dict[str, str]] | None:
    """A tablet may tell late: that a child came is news while its session lasts, that it went until midnight."""
    came, left = one.arrived_at, one.left_at
    if left is None:
        return ("child_arrived", came, {}) if came and clock.now() < row.session.ends_at else None
    if one.doubt == AttendanceEvent.Doubt.NOT_ALLOWED:
        return UNCLEAR, left, {}
    if clock.local(left).date() != clock.today():
        return None
    if one.fetched_by is None:
        return "child_went_alone", left, {}
    return "child_fetched", left, {"with": relation or one.fetched_by.name}


def _moment(at: dt.datetime) -> str:
    """The time; the day too where it is not today."""
    local = clock.local(at)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%m-%d %H:%M}"
