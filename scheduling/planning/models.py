"""The planner's desk: runs, proposals, and what the planner was told by hand."""

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from scheduling.sessions.models import Need, Session
from volunteers.models import Volunteer


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
    """Ids behind the snapshot's positions, and what was left out of it (scheduling.planning.index.Index)."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often a worker took it up. A worker writes only while this is still its own number."""
    requeues = models.PositiveSmallIntegerField(default=0)
    """How often it was given back after its worker died."""
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    objective = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(null=True, blank=True)
    empty_objective = models.BigIntegerField(null=True, blank=True)
    """What the plan that asks nobody would cost: gaps are measured from there."""
    short = models.PositiveIntegerField(null=True, blank=True)
    """How many people the proposal lacks to what its sessions must have, edits counted."""
    progress = models.JSONField(default=list)
    """[[seconds, objective, bound], ...]."""
    result = models.JSONField(null=True, blank=True)
    """The plan as the solver wrote it, with what the review needs of it (scheduling.planning.solving)."""
    error = models.CharField(max_length=200, blank=True)
    policy = models.JSONField(default=dict)
    """The one it is planned by, as it was when asked for (scheduling.planning.policies.Chosen)."""
    restored = models.JSONField(null=True, blank=True)
    """Of an earlier roster: {run, at, without, besides}; lists of [need, volunteer, why] (restore.Difference)."""
    requested_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    """When the snapshot was taken: what changed later makes the proposal outdated."""
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    """When the last of it was published."""
    published = models.JSONField(null=True, blank=True)
    """What publishing did, in all its parts: {added, released, kept, told}."""

    LIVE = (State.QUEUED, State.RUNNING)

    class Meta:
        indexes = [models.Index(fields=["week", "state"], name="run_by_week_and_state")]


class Policy(models.Model):
    """What a site plans by unless told otherwise, and the policy of its own."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="+")
    usual = models.CharField(max_length=16)
    """A preset's code, or "own"."""
    name = models.CharField(max_length=40, blank=True)
    sentence = models.CharField(max_length=200, blank=True)
    goals = models.JSONField(default=list)
    """Every goal once, the first first; empty where the site has no policy of its own."""


class Proposed(models.Model):
    """A place in a proposal; edited by hand until it is published."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposed")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="+")
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "need", "volunteer"], name="proposed_once")]


class Publication(models.Model):
    """A deed of publishing: a whole proposal, or some of its sessions."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="publications")
    sessions = models.JSONField()
    """Their ids."""
    roster = models.JSONField()
    """[[need id, volunteer id], ...] in force in them right afterwards."""
    figures = models.JSONField()
    """{added, released, kept, told}"""
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class Pin(models.Model):
    """A place the planner must keep."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="pins")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="pins")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "volunteer"], name="pinned_once")]


class Waiver(models.Model):
    """An exception that somebody was asked for: in one pinned place one rule gives way for them. Goes with its pin.

    Clearances are not among the codes: no planner waives a check.
    """

    class Code(models.TextChoices):
        UNAVAILABLE = "unavailable"
        BLOCKED = "blocked"
        TOO_FAR = "too_far"
        AT_LIMIT = "at_limit"

    pin = models.OneToOneField(Pin, on_delete=models.CASCADE, related_name="waiver")
    code = models.CharField(max_length=16, choices=Code.choices)
    allowed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    allowed_at = models.DateTimeField()


class Bar(models.Model):
    """A session the planner must not give to this volunteer."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="bars")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="bars")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "volunteer"], name="barred_once")]
