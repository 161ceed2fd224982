"""Finding a child to book at the desk: by the child's or the guardian's name, or the guardian's whole phone number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Child, phone_key
from hub.people.phones import parse_phone
from scheduling.bookings.bookings import STAFF_MAY
from scheduling.bookings.fit import Reason, known_of, reason_against_session, reasons_against_child
from scheduling.sessions.models import Session

LEAST = 2
"""A single character would list half the district."""
MOST = 20


@dataclass(frozen=True)
class Found:
    child: Child
    age: int | None
    reasons: list[Reason]

    @property
    def bookable(self) -> bool:
        """By staff: an age outside is theirs to judge."""
        return all(reason.code in STAFF_MAY for reason in self.reasons)


@transaction.atomic
def find_children(*, actor: Actor, session: Session, text: str) -> list[Found]:
    """Children whom `actor` may book as staff, with what speaks against this session for each. The search is logged,
    its words are not."""
    text = " ".join(text.split())
    against = reason_against_session(session)
    if len(text) < LEAST or against:
        return []
    rows = (
        bookable_children(actor=actor, text=text)
        .select_related("person", "family__guardian")
        .order_by("person__name", "pk")
    )
    children = list(rows[:MOST])
    append(
        action="children.found",
        subject=session,
        actor_id=actor.person.pk,
        hub_id=session.hub_id,
        count=len(children),
        by_phone=_phone_key(text) is not None,
    )
    known = known_of(child.person_id for child in children)
    day = clock.local(session.starts_at).date()
    return [
        Found(
            child=child,
            age=clock.age_on(child.person.birth_date, day) if child.person.birth_date else None,
            reasons=reasons_against_child(session, child, known),
        )
        for child in children
    ]


def bookable_children(*, actor: Actor, text: str = "") -> QuerySet[Child]:
    """Whom `actor` may book as staff. A guardian's whole number finds that guardian's children, known here or not: who
    says it has the guardian at the desk or on the phone. Otherwise those known from a session, by name where one is
    given."""
    key = _phone_key(text)
    if key:
        found = visible(actor, "book_by_phone", Child.objects.filter(family__guardian__phone_key=key))
    else:
        named = Q(person__name__icontains=text) | Q(family__guardian__name__icontains=text)
        found = visible(actor, "book_as_staff", Child.objects.filter(named))
    return Child.objects.filter(pk__in=found.values("pk"))


def _phone_key(text: str) -> str | None:
    try:
        return phone_key(parse_phone(text))
    except Refused:
        return None
