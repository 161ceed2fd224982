"""Looking for a stand-in: call-outs and whom they asked, swaps that two volunteers agree on."""

from django.db import models

from hub.people.models import Person
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment
from volunteers.models import Volunteer


class CallOut(models.Model):
    """The search for people for one need, until it has enough. Changed under its session's lock alone."""

    class State(models.TextChoices):
        RUNNING = "running"
        FILLED = "filled"
        STOPPED = "stopped"
        """By hand, or since the session was cancelled or moved."""
        BEGUN = "begun"
        """The session began."""
        NOBODY_LEFT = "nobody_left"
        """All who could come were asked, and had their time to answer. Who says yes late is still welcome."""

    OPEN = (State.RUNNING, State.NOBODY_LEFT)
    """The place can still be had by those who were asked."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="callouts")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="callouts")
    """need.session, beside it for whoever shows sessions."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    wished = models.BooleanField()
    """Whether it looks for all that were wished for; else until the session can be held."""
    wave = models.PositiveSmallIntegerField(default=0)
    """Waves asked so far."""
    asking = models.BooleanField()
    """Whether stand-ins are asked by message; else staff write down whom they rang, no more."""
    next_look = models.DateTimeField(null=True, blank=True)
    """When the worker looks again; none once it is over."""
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who on the staff asked for it; nobody when somebody couldn't come."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need"],
                name="one_open_callout_per_need",
                condition=models.Q(state__in=["running", "nobody_left"]),
            )
        ]
        indexes = [
            models.Index(
                fields=["next_look"], name="callout_looked_at", condition=models.Q(state__in=["running", "nobody_left"])
            ),
            models.Index(fields=["session", "-id"], name="callout_by_session"),
        ]


class Ask(models.Model):
    """One volunteer asked in a call-out, by message or by telephone. Only a hash of the link's token is kept."""

    class State(models.TextChoices):
        SILENT = "silent"
        YES = "yes"
        NO = "no"
        CLOSED = "closed"
        """Over before they answered."""

    callout = models.ForeignKey(CallOut, on_delete=models.CASCADE, related_name="asks")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="asks")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SILENT)
    wave = models.PositiveSmallIntegerField()
    """0: by telephone alone."""
    why = models.JSONField(default=list)
    """What spoke for them: `[{"code": ..., "facts": {...}}]`."""
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    """When somebody last rang them."""
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who wrote the answer down, when it was not the volunteer."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["callout", "volunteer"], name="asked_once_per_callout")]
        indexes = [models.Index(fields=["volunteer", "asked_at"], name="ask_by_volunteer")]


class Swap(models.Model):
    """One volunteer's proposal to another: my place for yours (换班), or take mine (替班)."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        DONE = "done"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        """By who proposed it, or since a place was no longer theirs or its session had begun."""

    mine = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="swaps_proposed")
    """The place that its holder gives."""
    yours = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="swaps_asked")
    """The place they would take for it; none for a stand-in."""
    asked = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="swaps_asked")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    """When the earlier of the sessions begins."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine"], name="one_open_swap_per_place", condition=models.Q(state="proposed")
            )
        ]
        indexes = [models.Index(fields=["asked", "state"], name="swap_by_asked")]
