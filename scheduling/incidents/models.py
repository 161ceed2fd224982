"""What happened to children at a session and what was done about it. Notes are only added to."""

from django.db import models

from hub.people.models import Person
from hub.sealed import EncryptedTextField
from scheduling.sessions.models import Session


class Incident(models.Model):
    class Nature(models.TextChoices):
        ORDINARY = "ordinary"
        """A scraped knee, a quarrel: guardians may be told."""
        SUSPICION = "suspicion"
        """A child may have come to harm: told to the police, and to no guardian by us."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="incidents")
    nature = EncryptedTextField()
    """Nobody who reads the table learns of whom something is suspected."""
    happened_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    @property
    def is_suspicion(self) -> bool:
        return self.nature == self.Nature.SUSPICION


class Passage(models.Model):
    """What was seen, heard and done: the note itself, and what was added later."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="passages")
    what = EncryptedTextField(blank=True, default="")
    done = EncryptedTextField(blank=True, default="")
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_to = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Concerned(models.Model):
    """A child whom it concerns, and what its guardians were told."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="concerned")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(blank=True, default="")
    """Written for this child's guardians: a note may name other children."""
    told_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "child"], name="concerned_once")]
