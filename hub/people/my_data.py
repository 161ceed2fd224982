"""我的数据: what is kept about a person, part by part. Each app answers for what it keeps:

    @register
    class Feeds(Part):
        name = "feeds"                                      # my_data.feeds in the app's catalog
        position = 60
        columns = ("scope", "opened")                       # my_data.column.scope ...
        fields = {"calendars.Feed": "owner scope scope_id token_hash"}
        def rows(self, person, by): ...
        def erase(self, person, by): ...

tests/people/test_my_data_complete.py walks the models: a field that may hold something about a person and is no part's
is found there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.people.circles import guarded_alone_by, guarded_by
from hub.people.models import Child, Family, Person

Value = str | int | bool | dt.date | dt.datetime | None
Values = Sequence[Value]


class Part:
    """What one app keeps about people. Holds no state. `person` is always a person's id."""

    name: ClassVar[str]
    position: ClassVar[int]
    """In the order of the page. Erased from the last to the first: what others hang on goes last."""
    columns: ClassVar[Sequence[str]] = ()
    fields: ClassVar[Mapping[str, str]] = {}
    """The models and the fields it answers for: shown, erased, or kept without saying who it was."""
    stays: ClassVar[bool] = False
    """Law obliges: kept when the person is erased, without their name."""
    correct: ClassVar[str] = ""
    """The page where they correct it themselves; elsewhere the site does."""

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        """What grows comes newest first: the page shows the beginning."""
        return ()

    def hindrance(self, person: int) -> Refused | None:
        """Why they can't be erased yet."""
        return None

    def named(self, person: int) -> Iterable[int]:
        """Others who are known because of them (a caregiver, who signed a consent): of whom nothing else is kept, they
        are erased too."""
        return ()

    def give_up(self, person: int, by: Person) -> None:
        """Places to come, by the rules and in the transactions by which anybody gives them up."""

    def erase(self, person: int, by: Person) -> None:
        raise NotImplementedError


_parts: dict[str, Part] = {}
P = TypeVar("P", bound=type[Part])


def register(part: P) -> P:
    _parts[part.name] = part()
    return part


def all_parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: part.position)


@dataclass(frozen=True)
class Kept:
    part: Part
    rows: list[Values]

    @property
    def title(self) -> str:
        return _(f"my_data.{self.part.name}")

    @property
    def columns(self) -> list[str]:
        return [_(f"my_data.column.{name}") for name in self.part.columns]


@dataclass(frozen=True)
class About:
    """Everything about one person: the one who asks, or a child of theirs."""

    person: Person
    child: bool
    kept: list[Kept]


def what_is_kept(by: Actor) -> list[About]:
    """Of the person and of the children they are the guardian of. Reading a care note is recorded, as ever: don't call
    this inside a transaction."""
    children = [child.person for child in children_of(by.person.pk).select_related("person").order_by("pk")]
    found = []
    for person in [by.person, *children]:
        kept = [Kept(part, list(part.rows(person.pk, by))) for part in all_parts()]
        found.append(About(person, person != by.person, [one for one in kept if one.rows]))
    return found


def children_of(guardian: int, *, alone: bool = False) -> QuerySet[Child]:
    """Those not erased; `alone`: for whom nobody else answers."""
    families = guarded_alone_by(guardian) if alone else Family.objects.filter(guarded_by(guardian))
    return Child.objects.filter(family__in=families, person__erased_at__isnull=True)


def worded(value: Value) -> str:
    if isinstance(value, bool):
        return _("my_data.yes") if value else _("my_data.no")
    if isinstance(value, dt.datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
