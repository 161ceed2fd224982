"""What volunteers did: a record of each service, what was corrected or disputed in it, and who vouches for it."""

from __future__ import annotations

from django.db import models

from hub import clock
from hub.people.models import Person
from hub.places.models import District, Hub
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
        ASSUMED = "assumed"
        """Nobody signed them out: taken to have stayed to the planned end."""
        BACK_ENTRY = "back_entry"
        """Entered afterwards (volunteers.hours.by_hand); stays marked for ever."""

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
    reason = models.CharField(max_length=200, blank=True)
    """Why it was entered afterwards."""
    rejection = models.CharField(max_length=200, blank=True)
    """Why a second person rejected it."""
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    due_on = models.DateField()
    """The last day on which it was entered in time."""
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The second person, of a back-entry."""
    hub_confirmed_at = models.DateTimeField(null=True, blank=True)
    hub_confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Nobody where silence confirmed it."""
    volunteer_confirmed_at = models.DateTimeField(null=True, blank=True)
    silent_until = models.DateTimeField()
    """From then on silence is a yes."""
    uploaded = models.ForeignKey("Export", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """With which export it reached the official platform."""
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
        indexes = [
            models.Index(fields=["hub", "state"], name="record_by_hub_and_state"),
            models.Index(fields=["hub", "starts_at"], name="record_by_hub_and_start"),
            models.Index(fields=["silent_until"], name="record_to_confirm", condition=models.Q(state="entered")),
        ]

    @property
    def is_late(self) -> bool:
        return clock.local(self.entered_at).date() > self.due_on


class Correction(models.Model):
    """Other times than were entered. It holds once a second person approves; rows are only added."""

    record = models.ForeignKey(ServiceRecord, on_delete=models.CASCADE, related_name="corrections")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True)
    """Unknown until a second person decides."""
    rejection = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], name="one_open_correction", condition=models.Q(approved__isnull=True)
            ),
        ]


class Dispute(models.Model):
    """What a volunteer says is wrong with a record, and what the hub answered. Rows are only added."""

    record = models.ForeignKey(ServiceRecord, on_delete=models.CASCADE, related_name="disputes")
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], name="one_open_dispute", condition=models.Q(answered_at__isnull=True)
            ),
        ]


def default_stars() -> list[int]:
    return [100, 300, 600, 1000, 1500]


class HoursSettings(models.Model):
    """Figures that hold from a day on. The newest row that has begun applies."""

    valid_from = models.DateField(unique=True)
    star_hours = models.JSONField(default=default_stars)
    """From how many hours on there is one star more."""
    silence_days = models.PositiveSmallIntegerField(default=7)
    """Without a word for so long, a record is confirmed."""
    entry_working_days = models.PositiveSmallIntegerField(default=10)


class ExportColumns(models.Model):
    """Which columns the district's official platform wants, in its order."""

    district = models.OneToOneField(District, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=list)


class Export(models.Model):
    """A file made for the official platform, and when it was uploaded there."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)
    records = models.ManyToManyField(ServiceRecord, related_name="exports")
    uploaded_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
