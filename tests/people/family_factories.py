"""Families that somebody started, and what was sent to their guardians."""

from __future__ import annotations

import datetime as dt
import itertools

from hub.notify.models import Message
from hub.people.family_starts import Named, NewChild, start_for
from hub.people.models import Child, Family, Person
from tests.support.make import make_person

BORN = dt.date(2018, 3, 4)
_numbers = itertools.count(1)


def father_far_away(name: str = "李建军") -> Named:
    return Named(name, f"137{next(_numbers):08d}", "父亲")


def started_by_grandmother(
    *, grandmother: Person | None = None, father: Named | None = None, children: tuple[str, ...] = ("李小满",)
) -> Family:
    """A grandmother started it; the father, far away, was sent a link."""
    return start_for(
        guardian=father or father_far_away(),
        relation="外婆",
        children=[NewChild(name, BORN) for name in children],
        by=grandmother or make_person(name="周桂芳"),
    )


def token_of(person: Person) -> str:
    """In the newest link sent to them."""
    message = Message.objects.filter(to_id=person.pk, template__startswith="family_").order_by("-pk").first()
    assert message is not None
    return message.link.rpartition("/f/")[2]


def child_of(family: Family) -> Child:
    return Child.objects.select_related("person", "family__guardian").get(family=family)
