"""Who came and who went: what was noted, by whom or what, and what it comes to for each place."""

import uuid

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from scheduling.bookings.models import Booking
from scheduling.signups.models import Assignment
from volunteers.models import Volunteer


class Device(models.Model):
    """A tablet at a hub's door. It is known by a token; only hashes are kept, of that and of the code that pairs it."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    """Of the pairing code, while it waits to be typed in."""
    code_expires_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    paired_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    paired_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    skew_seconds = models.IntegerField(default=0)
    """How far its clock was behind ours when last seen."""
    revoked_at = models.DateTimeField(null=True, blank=True)


class Card(models.Model):
    """A volunteer's card. Its number can be typed; the code beside it in the QR can't be guessed (attendance.cards)."""

    volunteer = models.OneToOneField(Volunteer, on_delete=models.CASCADE, related_name="card")
    number = models.CharField(max_length=8, unique=True)
    """Drawn by lot, with a check digit: says nothing about who it is."""
    version = models.PositiveSmallIntegerField(default=1)
    """A new card ends the one before it."""
    created_at = models.DateTimeField()


class AttendanceEvent(models.Model):
    """Something that was noted. Rows are only added: what turns out wrong is put right by another row.

    A sighting by a device is of a volunteer at a hub; which places it concerns follows from its time. All else names
    its place: a volunteer's, or a child's by its booking (attendance.children, attendance.children_sync).
    """

    class Kind(models.TextChoices):
        IN = "in"
        OUT = "out"
        SCAN = "scan"
        """Seen: the first time is coming, a later one going."""
        MISSED = "missed"
        CORRECTED = "corrected"
        """What was noted for this place until now counts no more."""
        VOID = "void"
        """Sets aside what a tablet told and staff have looked at."""
        TRY = "try"
        """Somebody said a wrong code to fetch a child."""

    class How(models.TextChoices):
        QR = "qr"
        """Their own phone, on the code at the door."""
        DEVICE = "device"
        HAND = "hand"
        ASSUMED = "assumed"
        """Nobody signed them out: taken to have stayed to the planned end."""

    class Doubt(models.TextChoices):
        UNKNOWN_CARD = "unknown_card"
        BAD_CARD = "bad_card"
        """Its code is not the number's, or a newer card took its place."""
        CLOCK_OFF = "clock_off"
        """The device's time can't be true, whatever its clock was off by."""
        NO_PLACE = "no_place"
        """The child has no place then: given back, the session moved or cancelled while the tablet was offline."""
        PUT_RIGHT = "put_right"
        """Staff took back what was noted of the child, before the tablet told of it."""
        NOT_ALLOWED = "not_allowed"
        """Whoever fetched the child could not do so then, or it went alone without consent: the tablet did not know
        yet. The child is gone all the same."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """The device's own id for what it noted: sent twice, it is noted once."""
    kind = models.CharField(max_length=12, choices=Kind.choices)
    how = models.CharField(max_length=8, choices=How.choices)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance_events"
    )
    volunteer = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance_events"
    )
    fetched_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """With whom a child went; nobody where it went home alone."""
    code_said = models.BooleanField(default=False)
    """Whoever fetched the child said their code; otherwise staff knew them, or the tablet saw the family's card."""
    at = models.DateTimeField()
    """When it happened, by our clock."""
    received_at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who noted it by hand."""
    voids = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="voided_by")
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    device_at = models.DateTimeField(null=True, blank=True)
    """By the device's own clock."""
    counter = models.PositiveIntegerField(default=0)
    """The device's count: orders what its clock does not, and shows what never arrived."""
    typed = models.BooleanField(default=False)
    """The number was typed in: no card was held before the device."""
    doubt = models.CharField(max_length=16, choices=Doubt.choices, blank=True)
    """Why it counts for nothing; staff are to look at it (NOT_ALLOWED counts)."""

    class Meta:
        indexes = [
            models.Index(fields=["volunteer", "at"], name="attendance_event_sighting"),
            models.Index(fields=["hub", "at"], name="attendance_event_by_hub"),
        ]


class ChildAttendance(models.Model):
    """What the events of a child's booking come to."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="attendance")
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    fetched_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    code_said = models.BooleanField(default=False)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who noted it last."""
    late_told_at = models.DateTimeField(null=True, blank=True)
    """When its family was told that it waits to be fetched."""
    doubt = models.CharField(max_length=16, blank=True)
    """What does not fit together, for staff to look at: not_allowed, out_without_in."""
    changed_at = models.DateTimeField()


class ComingsTold(models.Model):
    """A guardian who wishes to be told when their children come and go. No row: they don't."""

    guardian = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()


class Attendance(models.Model):
    """What the events of a place come to (attendance.folding). Worked out anew whenever one is added."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="attendance")
    signed_in_at = models.DateTimeField(null=True, blank=True)
    signed_out_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=8, choices=AttendanceEvent.How.choices, blank=True)
    """How they were signed in."""
    how_out = models.CharField(max_length=8, choices=AttendanceEvent.How.choices, blank=True)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who last noted something by hand."""
    missed = models.BooleanField(default=False)
    """Staff confirmed that they did not come."""
    doubts = models.JSONField(default=list)
    """Codes of what does not fit together, for staff to look at."""
    hours_entered_at = models.DateTimeField(null=True, blank=True)
    """Since then the record of hours stands by itself, and has corrections of its own."""
    closed_at = models.DateTimeField(null=True, blank=True)
    """When time closed the session over it, whether hours came of it or not; none again once anything changes."""
    changed_at = models.DateTimeField()
