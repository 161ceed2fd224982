"""Sessions that somebody was, or will be, on duty at, or stepped in for a volunteer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.sessions.models import Session, StaffPlace


@register
class Duties(Part):
    name = "duties"
    position = 45
    columns = ("from", "until", "session", "where")
    fields = {
        "scheduling_sessions.Session": "duty_worker",
        "scheduling_sessions.StaffPlace": "person by ended_at",
        "scheduling_sessions.Claim": "resource starts_at ends_at",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for session in _of(person).select_related("program", "hub").order_by("-starts_at"):
            yield session.starts_at, session.ends_at, session.program.name, session.hub.name

    def hindrance(self, person: int) -> Refused | None:
        ahead = _of(person).filter(ends_at__gt=clock.now(), state=Session.State.PLANNED).count()
        return Refused("duties_ahead", count=ahead) if ahead else None

    def erase(self, person: int, by: Person) -> None:
        """Who was on duty with children stays provable, by number."""


def _of(person: int) -> QuerySet[Session]:
    served = StaffPlace.objects.filter(person=person, ended_at=None)
    return Session.objects.filter(Q(duty_worker=person) | Q(pk__in=served.values("session")))
