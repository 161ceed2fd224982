"""What an agency and its hub agreed on, and what of it no other table can tell: people counted at the door, casework,
and months that both have closed."""

from django.db import models
from django.db.models import Q

from hub.people.models import Person
from hub.places.models import Residency, Room
from scheduling.sessions.models import Session


class Indicator(models.TextChoices):
    """What is owed in exchange for space. How each is counted: residency.counting."""

    SESSIONS = "sessions"
    VISITS = "visits"
    PEOPLE = "people"
    CASEWORK = "casework"
    VOLUNTEER_MINUTES = "volunteer_minutes"


class Agreement(models.Model):
    """What holds from a month on, until the next one begins. Rows are only added: of two for one month the newer one
    holds."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="agreements")
    valid_from = models.DateField()
    """The first of a month."""
    rooms = models.ManyToManyField(Room, blank=True, related_name="+")
    room_minutes = models.PositiveIntegerField(null=True, blank=True)
    """Granted each month; none: as many as they need."""
    owed = models.JSONField(default=dict)
    """Each month, by indicator; one that is not named is not owed."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["residency", "valid_from"], name="agreement_by_month")]
        constraints = [models.CheckConstraint(name="agreement_begins_a_month", condition=Q(valid_from__day=1))]


class Turnout(models.Model):
    """How many came to a session that nobody books, as staff counted them."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="turnout")
    visits = models.PositiveIntegerField()
    newcomers = models.PositiveIntegerField()
    """Of these, who came to this agency for the first time in the month."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="newcomers_within_visits", condition=Q(newcomers__lte=models.F("visits")))
        ]


class Casework(models.Model):
    """Cases that an agency worked on, as a count: who they were stands in its own files. Counts once the hub confirmed
    it."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="casework")
    day = models.DateField()
    count = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["residency", "day"], name="casework_by_day")]


class Closing(models.Model):
    """A month on its way to being closed: each side says yes to the figures it saw, and with the second yes they
    stand."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="closings")
    month = models.DateField()
    """Its first day."""
    agency_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency_at = models.DateTimeField(null=True, blank=True)
    agency_seen = models.CharField(max_length=64, blank=True)
    """Digest of the figures they said yes to."""
    hub_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hub_at = models.DateTimeField(null=True, blank=True)
    hub_seen = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    """As they stood when it was closed (ledger.counted)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["residency", "month"], name="month_closed_once"),
            models.CheckConstraint(name="closing_of_a_month", condition=Q(month__day=1)),
        ]


class Correction(models.Model):
    """What turned out otherwise after a month was closed: written by one side, counted once the other agrees; or turned
    down by it, and why. Rows are only added."""

    class Side(models.TextChoices):
        AGENCY = "agency"
        HUB = "hub"

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="corrections")
    figure = models.CharField(max_length=20)
    """An indicator, or `room_minutes`."""
    change = models.IntegerField()
    reason = models.CharField(max_length=200)
    side = models.CharField(max_length=8, choices=Side.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=200, blank=True)
    """Why the other side did not agree."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_settled_once", condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True)
            )
        ]


class LaggingTold(models.Model):
    """Both sides were told that a month will fall short by what is planned: once."""

    residency = models.ForeignKey(Residency, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["residency", "month"], name="lagging_told_once")]
