"""Feeds: who subscribed to what; and which hubs' calendars are everybody's."""

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub


class Feed(models.Model):
    """A calendar address. Only a hash of its token is kept; revoking it ends it."""

    class Scope(models.TextChoices):
        VOLUNTEER = "volunteer"
        FAMILY = "family"
        HUB = "hub"
        ROOM = "room"
        AGENCY = "agency"
        PROGRAM = "program"
        DISTRICT = "district"

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    scope_id = models.BigIntegerField()
    names = models.BooleanField(default=False)
    """Of a family's: whether the children stand in it by name. Whoever gets hold of the address reads them."""
    alarm = models.PositiveSmallIntegerField(default=0)
    """So many minutes before each entry the calendar reminds; 0: not."""
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    """When its names or its alarm last did."""
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    """To the hour: a calendar program asks often."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "scope", "scope_id"],
                name="one_address_per_feed",
                condition=models.Q(revoked_at__isnull=True),
            )
        ]


class OpenCalendar(models.Model):
    """A hub whose calendar everybody may read, without an address of their own (scheduling.calendars.opening)."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="open_calendar")
    since = models.DateTimeField()
