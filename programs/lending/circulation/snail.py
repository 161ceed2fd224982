"""The snail: each child's walks from town to town through the district, a little further for every book.

There is no race: nobody sees another child's, and nothing takes a step back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Child, Person
from programs.lending.circulation.copies import lock_copy
from programs.lending.circulation.models import LendingFigures, Step
from programs.lending.models import Copy
from scheduling.sessions.claims import lock_people

ROUTE = (
    "gunan", "wenlong", "tonghui", "hengshan", "xinsheng", "sanjiao", "longsheng", "yongcheng", "shijiao", "sanjiang",
    "zhuantang", "yongxin", "zhongfeng", "guofu", "dingshan", "dongxi", "fuhuan", "ganshui", "anwen", "datong",
    "shihao",
)  # fmt: skip
"""Streets and towns as the way leads through them; their names and where they lie are the map's."""


@dataclass(frozen=True)
class Snail:
    points: int
    towns: int
    """Reached so far, the first one not counted: 0 is where everybody sets out."""
    place: str
    to_next: int
    """Points until the next one."""
    rounds: int
    """How often the whole district was walked through."""


def snail_at(points: int, figures: LendingFigures) -> Snail:
    towns = points // figures.points_a_town
    return Snail(
        points=points,
        towns=towns,
        place=ROUTE[towns % len(ROUTE)],
        to_next=figures.points_a_town - points % figures.points_a_town,
        rounds=towns // len(ROUTE),
    )


def snails_of(children: Collection[int]) -> dict[int, Snail]:
    """One query for the points, one for the figures."""
    figures = LendingFigures.current()
    points = Step.objects.filter(child__in=children).values("child").annotate(sum=Sum("points"))
    found = {row["child"]: row["sum"] for row in points.order_by("child")}
    return {child: snail_at(found.get(child, 0), figures) for child in children}


def walk(*, person: int, reason: Step.Reason, copy: Copy) -> None:
    """A step for a child, once for each title; grown-ups have no snail. Call it under the person's lock."""
    figures = LendingFigures.current()
    worth = {Step.Reason.BORROWED: figures.points_borrowed, Step.Reason.IN_TIME: figures.points_in_time}[reason]
    again = Step.objects.filter(child=person, title=copy.title_id, reason=reason).exists()
    if again or not Child.objects.filter(person=person).exists():
        return
    Step.objects.create(child_id=person, reason=reason, title_id=copy.title_id, copy=copy, points=worth, at=clock.now())


@transaction.atomic
def credit(*, copy: int, child: int, by: Person) -> Step:
    """The child (a person's id) brought this book for the shelf. Refused: not_found, not_a_child, credited_before."""
    if not Child.objects.filter(person=child, person__erased_at__isnull=True).exists():
        raise Refused("not_a_child", person=child)
    lock_people([child])
    held = lock_copy(copy)
    if Step.objects.filter(copy=held, reason=Step.Reason.BROUGHT).exists():
        raise Refused("credited_before", copy=copy)
    step = Step.objects.create(
        child_id=child,
        reason=Step.Reason.BROUGHT,
        title=held.title,
        copy=held,
        points=LendingFigures.current().points_brought,
        at=clock.now(),
    )
    append(action="book.brought", subject=held, actor_id=by.pk, for_id=child, hub_id=held.hub_id)
    return step
