"""Who volunteers are: profile, skills, clearances, when they can come."""

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from programs.models import Program


class Skill(models.Model):
    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class Volunteer(models.Model):
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="volunteer")
    home = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The hub of the community they live in: travel is measured from it."""
    skills = models.ManyToManyField(Skill, blank=True, related_name="volunteers")
    max_sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    """A week, at most; none for no limit of their own."""
    max_minutes = models.PositiveIntegerField(null=True, blank=True)
    """A week, at most."""
    wish_per_week = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many sessions a week they would like; none when they never said."""
    preferred_kinds = models.JSONField(default=list)
    prior_minutes = models.PositiveIntegerField(default=0)
    """Service before this system."""
    note = models.TextField(blank=True)
    availability_text = models.CharField(max_length=400, blank=True)
    """Weekly availability as people wrote it."""
    availability = models.JSONField(default=list)
    """`[[weekday, from_minute, to_minute], ...]`, Monday 0, to_minute up to 1440."""
    active = models.BooleanField(default=True)


class Absence(models.Model):
    """A span in which a volunteer can't come."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]


class StandingShift(models.Model):
    """A shift that somebody means to come to every week. Planning thinks of them first; nothing is booked by it."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="standing_shifts")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    """Monday 0."""
    starts_minute = models.PositiveSmallIntegerField()
    """After local midnight."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "program", "hub", "weekday", "starts_minute"], name="standing_shift_once"
            ),
            models.CheckConstraint(
                name="standing_shift_within_a_week",
                condition=models.Q(weekday__lt=7, starts_minute__lt=24 * 60),
            ),
        ]


class Clearance(models.Model):
    """A check that was made: its result and dates, never the record itself."""

    class Kind(models.TextChoices):
        CHILD = "child"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="clearances")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    checked_on = models.DateField()
    valid_until = models.DateField()
    """The last day it holds; judged on the session's day."""
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who saw the result and vouches for it; nobody for one that came with a workbook."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer", "kind", "checked_on"], name="clearance_once_a_day")]
