"""What volunteers did: a record of each service, its corrections, and who vouches for it."""

from __future__ import annotations

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from programs.models import Program
from volunteers.models import Volunteer


class ServiceRecord(models.Model):
    """One volunteer's service at one session. What was entered stays as it was entered: corrections are rows of their
    own, and `minutes` is what counts by the last of them. Every change is a deed in the journal, with a digest."""

    class State(models.TextChoices):
        AWAITING = "awaiting"
        """Entered or corrected by hand: counts once a second person approves."""
        ENTERED = "entered"
        """To be confirmed by the person in charge and by the volunteer."""
        CONFIRMED = "confirmed"
        DISPUTED = "disputed"
        REJECTED = "rejected"
        """A back-entry that the second person did not approve."""

    class Source(models.TextChoices):
        SCAN = "scan"
        """The volunteer's own phone, on the session's code."""
        CARD = "card"
        """The hub's device, on the volunteer's card."""
        HAND = "hand"
        """Staff noted that they came and went."""
        BACK_ENTRY = "back_entry"
        """Entered afterwards (volunteers.hours.back_entries); stays marked for ever."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="service_records")
    session_uid = models.UUIDField()
    title = models.CharField(max_length=100)
    role = models.CharField(max_length=40, blank=True)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    """The session's window: no minute outside it counts."""
    ends_at = models.DateTimeField()
    in_charge = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    """When they came, as entered."""
    ended_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    source = models.CharField(max_length=12, choices=Source.choices)
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    """Makes the digests in the journal say nothing to who can guess the rest; renewed when words are erased."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "session_uid"], name="one_record_per_session"),
            models.CheckConstraint(name="record_window", condition=models.Q(ends_at__gt=models.F("starts_at"))),
            models.CheckConstraint(
                name="record_came_and_went", condition=models.Q(ended_at__gte=models.F("started_at"))
            ),
        ]
        indexes = [models.Index(fields=["hub", "state"], name="record_by_hub_and_state")]
