"""The planner's desk: settings, runs, proposals, and what the planner was told by hand."""

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from scheduling.sessions.models import Need, Session
from volunteers.models import Volunteer


def default_weights() -> dict[str, object]:
    return {
        "min": {"1": 10000, "2": 4000, "3": 1500},
        "target": 300,
        "fair_step": 6,
        "unpopular": 4,
        "buddy": 15,
        "travel_per_min": 0.5,
        "keep": 60,
        "add": 10,
    }


class PlanningSettings(models.Model):
    """One row: what a snapshot is made with."""

    travel_base_minutes = models.FloatField(default=6)
    travel_minutes_per_km = models.FloatField(default=4.5)
    max_travel_minutes = models.PositiveIntegerField(default=60)
    min_rest_minutes = models.PositiveIntegerField(default=15)
    experienced_from_minutes = models.PositiveIntegerField(default=100 * 60)
    new_at_minutes = models.PositiveIntegerField(default=0)
    history_weeks = models.PositiveSmallIntegerField(default=4)
    preferred_kind_score = models.PositiveSmallIntegerField(default=20)
    weights = models.JSONField(default=default_weights)


class WeekRevision(models.Model):
    """Counts what changed the roster of a week, so that a proposal knows when it is outdated."""

    week = models.DateField(unique=True)
    revision = models.PositiveIntegerField(default=0)


class Run(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        FINISHED = "finished"
        CANCELLED = "cancelled"
        FAILED = "failed"

    week = models.DateField()
    hubs = models.ManyToManyField(Hub, related_name="+")
    """The scope; assignments elsewhere are held fixed."""
    seconds = models.PositiveIntegerField(default=30)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    cancel_asked = models.BooleanField(default=False)
    snapshot = models.JSONField()
    """roster/1."""
    index = models.JSONField()
    """Ids behind the snapshot's positions: {sessions, needs, volunteers, hubs}."""
    revision = models.PositiveIntegerField()
    """The week's revision when the snapshot was taken."""
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    objective = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(null=True, blank=True)
    empty_objective = models.BigIntegerField(null=True, blank=True)
    progress = models.JSONField(default=list)
    """[[seconds, objective, bound], ...]."""
    result = models.JSONField(null=True, blank=True)
    """The plan as the solver wrote it."""
    error = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)


class Proposed(models.Model):
    """A place in a proposal; edited by hand until it is published."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposed")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="+")
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "need", "volunteer"], name="proposed_once")]


class Pin(models.Model):
    """A place the planner must keep."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="pins")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="pins")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "volunteer"], name="pinned_once")]


class Bar(models.Model):
    """A session the planner must not give to this volunteer."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="bars")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="bars")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "volunteer"], name="barred_once")]
