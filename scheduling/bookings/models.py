"""Places taken by those served."""

from django.db import models

from hub.people.models import Person
from scheduling.sessions.models import Session


class Turn(models.Model):
    """A family's turn in the line before a session. Siblings who stand in it together are offered their places together
    and answer by one link. Rows are written under the session's lock: their order is who came first."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="turns")
    answer_by = models.DateTimeField(null=True, blank=True)
    """Until when the places are held, while they are offered."""
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    """Of the link that answers an offer without signing in."""

    class Meta:
        indexes = [
            models.Index(fields=["answer_by"], name="turn_by_answer_by", condition=models.Q(answer_by__isnull=False))
        ]


class Booking(models.Model):
    class State(models.TextChoices):
        BOOKED = "booked"
        WAITING = "waiting"
        """In line for a place that is taken."""
        OFFERED = "offered"
        """It is their turn: the place is held for them until `turn.answer_by`."""
        PASSED = "passed"
        """Their turn went by in silence."""
        CANCELLED = "cancelled"

    HOLDING = (State.BOOKED, State.OFFERED)
    """Nobody else can have the place."""
    OPEN = (*HOLDING, State.WAITING)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    booked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)
    turn = models.ForeignKey(Turn, null=True, blank=True, on_delete=models.SET_NULL, related_name="bookings")
    """Of whoever waits or waited."""
    instead_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """An offered place's older one, given up when this one is taken."""
    late = models.BooleanField(default=False)
    """Given back so late that hardly anybody else can come. Noted, and nothing follows for the child."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                name="one_active_booking_per_session",
                condition=models.Q(state__in=["booked", "offered", "waiting"]),
            )
        ]
        indexes = [
            models.Index(fields=["session", "state"], name="booking_by_session"),
            models.Index(fields=["participant", "state"], name="booking_by_participant"),
        ]
