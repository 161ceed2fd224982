"""Where: the district, its hubs and rooms, and the agencies that live in them."""

from django.db import models

from hub import clock
from hub.sealed import EncryptedTextField


class District(models.Model):
    """One installation serves one district."""

    name = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.name


class MarkedDay(models.Model):
    """A day that the State Council's notice, or somebody here, made other than its weekday says."""

    day = models.DateField(unique=True)
    works = models.BooleanField()
    """Worked to make up for a day off, or off."""
    instead_of = models.DateField(null=True, blank=True)
    """Of a day worked: the day off it makes up for, whose weekday's timetable it follows."""


class Hub(models.Model):
    """Any site: a hub, an elder canteen, a meal point. A canteen or meal point has a parent hub."""

    class Kind(models.TextChoices):
        HUB = "hub"
        CANTEEN = "canteen"
        MEAL_POINT = "meal_point"

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.HUB)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    subdistrict = models.CharField(max_length=60, blank=True)
    community = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    opening_text = models.CharField(max_length=200, blank=True)
    """Opening hours as people wrote them."""
    opening = models.JSONField(default=list)
    """Opening hours as `[[weekday, from_minute, to_minute], ...]`, Monday 0."""
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    """Calendars say its name and its address."""

    def __str__(self) -> str:
        return self.name


LONGEST_TURNAROUND = 240
"""Minutes, before and after a session each."""


class Room(models.Model):
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    equipment = models.JSONField(default=list)
    """In words, as the site says them."""
    setup_minutes = models.PositiveSmallIntegerField(default=0)
    """Held before each session, to get the room ready."""
    clearup_minutes = models.PositiveSmallIntegerField(default=0)
    """Held after each session."""
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "name"], name="room_name_once_per_hub")]

    def __str__(self) -> str:
        return self.name


class Kit(models.Model):
    """A thing of a site that sessions take along, one at a time: a box of books, a projector, a set of instruments."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="kits")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "name"], name="kit_name_once_per_hub")]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A professional social-work agency."""

    name = models.CharField(max_length=100, unique=True)
    hubs = models.ManyToManyField(Hub, through="Residency", related_name="agencies")

    def __str__(self) -> str:
        return self.name


class Residency(models.Model):
    """An agency's stay in a hub: spaces granted, services owed in exchange."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="residencies")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="residencies")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    rooms = models.ManyToManyField(Room, blank=True, related_name="residencies")
    monthly_minutes = models.PositiveIntegerField(null=True, blank=True)
    """Service owed each month."""
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "hub"], name="residency_once_per_hub")]
