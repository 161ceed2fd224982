"""Availability rounds: everybody is asked once about one week, and says so or is called."""

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from volunteers.models import Volunteer


class Round(models.Model):
    """One week asked about: of those around a hub, or of the whole district."""

    week = models.DateField()
    """Its Monday."""
    hub = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["week", "hub"], name="hub_round_once", condition=models.Q(hub__isnull=False)
            ),
            models.UniqueConstraint(fields=["week"], name="district_round_once", condition=models.Q(hub__isnull=True)),
        ]


class Asked(models.Model):
    """One volunteer in a round, and what they said."""

    class Answer(models.TextChoices):
        SILENT = "silent"
        SAME = "same"
        TIMES = "times"
        AWAY = "away"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="asked")
    week = models.DateField()
    """The round's: whoever is asked about a week is asked once, by whichever round comes first."""
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.SILENT)
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who wrote down what they said on the phone; nobody where they answered themselves."""
    called_at = models.DateTimeField(null=True, blank=True)
    """The last call that nobody took."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer", "week"], name="asked_once_about_a_week")]


class RoundLink(models.Model):
    """A message's link to answer by: the reminder's is another, and both lead to the same place."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
