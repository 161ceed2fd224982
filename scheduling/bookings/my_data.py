"""A child's places: to come, given back; past, kept as the record of who took part."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.notify.models import Message
from hub.notify.outbox import unsay
from hub.people.models import Child, Person
from hub.people.my_data import Part, Values, register
from scheduling.bookings.bookings import cancel_booking
from scheduling.bookings.models import Booking, Turn


@register
class Bookings(Part):
    name = "bookings"
    position = 55
    columns = ("from", "until", "session", "where", "state")
    fields = {"bookings.Booking": "participant booked_by", "bookings.Turn": "token_hash"}
    stays = True
    correct = "/activities"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = Booking.objects.filter(participant=person).order_by("-session__starts_at", "-pk")
        for row in rows.select_related("session__program", "session__hub"):
            session, state = row.session, _(f"my_data.booking.{row.state}")
            yield session.starts_at, session.ends_at, session.program.name, session.hub.name, state

    def give_up(self, person: int, by: Person) -> None:
        for row in _ahead(person):
            cancel_booking(booking=row.pk, by=by)

    def erase(self, person: int, by: Person) -> None:
        if _ahead(person).exists():
            raise Refused("places_meanwhile")
        Turn.objects.filter(bookings__participant=person).update(token_hash=None)
        for child in Child.objects.filter(person=person).select_related("family"):
            told = Message.objects.filter(to_id=child.family.guardian_id, template__startswith="booking_")
            for variable in ("children", "waiting"):
                unsay(variable, told)


def _ahead(person: int) -> QuerySet[Booking]:
    rows = Booking.objects.filter(participant=person, state__in=Booking.OPEN)
    return rows.filter(session__starts_at__gt=clock.now()).order_by("session")
