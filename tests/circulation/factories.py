"""Books in hand and books waited for, through the rules."""

from __future__ import annotations

from typing import Any

from hub.people.models import Child, Person, Role
from hub.places.models import Hub
from programs.lending.circulation.holds import place_hold
from programs.lending.circulation.loans import lend
from programs.lending.circulation.models import Hold, Loan
from programs.lending.models import Copy, Title
from tests.lending.factories import make_copy
from tests.support.make import make_child, make_hub, make_person


def make_copies(number: int, *, title: Title | None = None, hub: Hub | None = None) -> list[Copy]:
    """Of one title at one hub."""
    first = make_copy(**({"title": title} if title else {}), **({"hub": hub} if hub else {}))
    return [first, *(make_copy(title=first.title, hub=first.hub) for _ in range(number - 1))]


def lend_to(copy: Copy, child: Child | None = None) -> Loan:
    child = child or make_child()
    return lend(copy=copy.pk, reader=child.person_id, by=child.family.guardian)


def hold_for(copy: Copy, child: Child | None = None, **values: Any) -> Hold:
    """Of the copy's title, where the copy is."""
    child = child or make_child()
    wish: dict[str, Any] = {"title": copy.title_id, "hub": copy.hub_id, "with_session": False}
    return place_hold(**wish | values, reader=child.person_id, by=child.family.guardian)


def make_keeper(hub: Hub | None = None) -> Person:
    """Who keeps the books of a hub."""
    return make_person(Role.COORDINATOR, hub=hub or make_hub())
