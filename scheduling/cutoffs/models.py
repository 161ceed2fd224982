"""What is done about a children's session whose adults are not there in time."""

from django.db import models

from scheduling.sessions.models import Session


class CutOff(models.Model):
    """From a session's cut-off on, once adults lacked. Changed under its session's lock alone."""

    class State(models.TextChoices):
        CALLING = "calling"
        """Stand-ins are looked for."""
        MOVING = "moving"
        """Other sessions are proposed to the families booked last."""
        CANCELLED = "cancelled"
        """What could not be covered was cancelled."""
        COVERED = "covered"
        """Its adults are there after all."""
        STEPPED_IN = "stepped_in"
        """Staff see to it themselves: nothing more happens by itself."""

    RUNNING = (State.CALLING, State.MOVING)
    CLOSED = (*RUNNING, State.CANCELLED)
    """Nobody more is given a place."""
    SETTLED = (State.CANCELLED, State.COVERED)
    """For now: should adults lack again, it begins anew."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="cutoff")
    state = models.CharField(max_length=12, choices=State.choices, default=State.CALLING)
    next_look = models.DateTimeField(null=True, blank=True)
    """When the next step is taken, if adults lack still; none once nothing more happens by itself."""
    started_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["next_look"], name="cutoff_due", condition=models.Q(next_look__isnull=False)),
        ]
