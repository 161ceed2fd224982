"""What is kept of a session on file: its record, its photos, how people liked it; and a month of files, exported."""

from __future__ import annotations

from django.db import models

from hub.people.models import Family, Person
from hub.places.models import Agency, Hub
from hub.sealed import EncryptedTextField
from scheduling.sessions.models import Session


class SessionFile(models.Model):
    """The record that a social worker writes, and what this file goes without. The sign-in sheet is attendance's."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="file")
    aim = EncryptedTextField(blank=True, default="")
    process = EncryptedTextField(blank=True, default="")
    noticed = EncryptedTextField(blank=True, default="")
    follow_up = EncryptedTextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=0)
    """Counts saved drafts: a save that names an older one is refused."""
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who wrote last."""
    changed_at = models.DateTimeField()
    finished_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    """Since then it stands as it is, until somebody opens it again on record."""
    without_sheet = models.BooleanField(default=False)
    without_photos = models.BooleanField(default=False)
    without_faces = models.BooleanField(default=False)
    """What staff said this session can't have: nobody is asked for it any more."""


class Photo(models.Model):
    """A photo of a session, in two sizes. Private: shown to who keeps the file."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="photos")
    name = models.CharField(max_length=32, unique=True)
    """Of its files; drawn by lot, says nothing."""
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()


class NotShown(models.Model):
    """Somebody looked: this child is not on this photo. Asked of each child there without consent to photos, whether it
    lacked when the photo came or was taken back later."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="not_shown")
    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "child"], name="not_shown_once")]


class FaceCount(models.Model):
    """How people liked a session, in three faces: counts alone, never who."""

    class Source(models.TextChoices):
        CARDS = "cards"
        """Held up, and counted by staff."""
        TAPS = "taps"
        """One tap each, on a screen at the hub."""
        LINKS = "links"
        """One a family, by the link of a message."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="face_counts")
    source = models.CharField(max_length=8, choices=Source.choices)
    good = models.PositiveSmallIntegerField(default=0)
    fair = models.PositiveSmallIntegerField(default=0)
    bad = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "source"], name="faces_once_per_source")]


class FamilyAsked(models.Model):
    """A family was asked how it liked a session, on the hub's tablet or by message: not again. What it said stands in
    no row that names it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "family"], name="family_asked_once")]


class NotToAsk(models.Model):
    """A family that wishes no message asking how it was. No row: it is asked."""

    family = models.OneToOneField(Family, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()


class FaceLink(models.Model):
    """Answers for one family, and does not say which: what it chose is kept to be changed, and to count once."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    face = models.CharField(max_length=4, blank=True)


class MonthFile(models.Model):
    """A month of an agency's files at a hub, as one ZIP: asked for, made by the worker, kept for a week."""

    class State(models.TextChoices):
        QUEUED = "queued"
        WORKING = "working"
        READY = "ready"
        FAILED = "failed"

    LIVE = (State.QUEUED, State.WORKING)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    """Its first day."""
    full_names = models.BooleanField(default=False)
    """Children by name; otherwise by family name and a star."""
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    sessions = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """Sessions gathered so far."""
    photos_lost = models.PositiveIntegerField(default=0)
    """Photos left out, since their files are gone."""
    attempts = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=32, blank=True)
    """Of its file, while there is one."""
    bytes = models.PositiveBigIntegerField(default=0)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "hub", "month"],
                name="one_month_file_at_work",
                condition=models.Q(state__in=["queued", "working"]),
            )
        ]
