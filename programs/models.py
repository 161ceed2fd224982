"""What is offered: programs, and how many adults children need."""

from django.db import models

from hub import clock
from hub.places.models import Agency


class Program(models.Model):
    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20)
    """A code of programs.kinds."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="programs")
    description = models.TextField(blank=True)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    priority_places = models.PositiveSmallIntegerField(default=0)
    """Of each session's places, those kept for children in hardship for a while."""
    equipment = models.JSONField(default=list)
    """What a room must have for it, in the words of the rooms' own equipment."""
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class AdultRatio(models.Model):
    """Children per adult up to an age, from a date on. The newest set of rows in force on a day applies to it."""

    valid_from = models.DateField()
    up_to_age = models.PositiveSmallIntegerField()
    children_per_adult = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["valid_from", "up_to_age"], name="ratio_once_per_age")]
