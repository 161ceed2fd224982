"""Books on their way: who has which copy, who waits for which title, and how far each child's snail has come."""

from django.db import models

from hub.people.models import Family, Person
from hub.places.models import Hub
from programs.lending.models import Copy, Title
from scheduling.sessions.models import Session


class Loan(models.Model):
    """A copy with a reader: a child, or a grown-up of the family. One row for each time it goes out."""

    class Ended(models.TextChoices):
        RETURNED = "returned"
        DAMAGED = "damaged"
        """Came back, but can't be lent as it is."""
        LOST = "lost"
        """Does not come back. Nobody pays and nobody is kept from borrowing."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="loans")
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="loans")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="loans")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    """Where it was lent."""
    lent_at = models.DateTimeField()
    lent_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    renewals = models.PositiveSmallIntegerField(default=0)
    told_soon = models.BooleanField(default=False)
    """That this day comes near."""
    told_late = models.BooleanField(default=False)
    """That this day is past: nobody is reminded a third time."""
    ended = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy"], name="copy_lent_once", condition=models.Q(ended="")),
            models.CheckConstraint(
                name="loan_ended_some_time",
                condition=models.Q(ended="", ended_at__isnull=True)
                | ~models.Q(ended="") & models.Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="loan_out_by_day", condition=models.Q(ended="")),
            models.Index(fields=["reader", "-id"], name="loan_by_reader"),
        ]


class Hold(models.Model):
    """A title that somebody waits for at a hub (预借). The line is served in the order of the rows."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TRAVELING = "traveling"
        """A copy was given back at another hub and is being brought."""
        READY = "ready"
        """Set aside."""
        FETCHED = "fetched"
        EXPIRED = "expired"
        CANCELLED = "cancelled"

    HAS_COPY = (State.TRAVELING, State.READY)
    ACTIVE = (State.WAITING, *HAS_COPY)

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="holds")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    """Where it is fetched."""
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="holds")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    with_session = models.BooleanField(default=False)
    """Handed over at the next session there that the child has a place in, if one comes soon."""
    copy = models.ForeignKey(Copy, null=True, blank=True, on_delete=models.PROTECT, related_name="holds")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The one at which it is handed over, as it looked when somebody last looked (lines.follow_sessions)."""
    fetch_by = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    """When the family last was told where it lies: none when there is news."""
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title", "reader"],
                name="held_once_by_reader",
                condition=models.Q(state__in=("waiting", "traveling", "ready")),
            ),
            models.UniqueConstraint(
                fields=["copy"], name="copy_set_aside_once", condition=models.Q(state__in=("traveling", "ready"))
            ),
            models.CheckConstraint(
                name="held_copy_is_known",
                condition=~models.Q(state__in=("traveling", "ready")) | models.Q(copy__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["title", "state"], name="hold_line")]


class RenewLink(models.Model):
    """A message that reminds of books: whoever opens it renews them without signing in."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    loans = models.ManyToManyField(Loan, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()


class Step(models.Model):
    """What moved a child's snail along. Rows are only added: a snail never goes back."""

    class Reason(models.TextChoices):
        BORROWED = "borrowed"
        IN_TIME = "in_time"
        BROUGHT = "brought"

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="snail_steps")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # The same book over and over brings nobody further.
            models.UniqueConstraint(
                fields=["child", "title", "reason"], name="step_once_a_title", condition=~models.Q(reason="brought")
            ),
            models.UniqueConstraint(fields=["copy"], name="brought_once", condition=models.Q(reason="brought")),
        ]


class LendingFigures(models.Model):
    """One row: how long, how many, how far."""

    loan_days = models.PositiveSmallIntegerField(default=30)
    renewals = models.PositiveSmallIntegerField(default=1)
    most_loans = models.PositiveSmallIntegerField(default=5)
    """At a time, for each reader; and as many holds."""
    days_to_fetch = models.PositiveSmallIntegerField(default=7)
    session_within_days = models.PositiveSmallIntegerField(default=14)
    """A session further ahead is not waited for."""
    points_borrowed = models.PositiveSmallIntegerField(default=1)
    points_in_time = models.PositiveSmallIntegerField(default=1)
    points_brought = models.PositiveSmallIntegerField(default=3)
    points_a_town = models.PositiveSmallIntegerField(default=2)

    @classmethod
    def current(cls) -> "LendingFigures":
        return cls.objects.first() or cls()
