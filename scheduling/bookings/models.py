"""Places taken by those served."""

from django.db import models

from hub.people.models import Person
from scheduling.sessions.models import Session


class Booking(models.Model):
    class State(models.TextChoices):
        BOOKED = "booked"
        WAITING = "waiting"
        CANCELLED = "cancelled"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    booked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                name="one_active_booking_per_session",
                condition=~models.Q(state="cancelled"),
            )
        ]
        indexes = [models.Index(fields=["session", "state"], name="booking_by_session")]
