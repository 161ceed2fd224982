"""Certificates of service: what was attested, to whom, and whether it still holds."""

from django.db import models

from hub.people.models import Person
from hub.sealed import EncryptedTextField
from volunteers.models import Volunteer


class Certificate(models.Model):
    """What was attested stays as it was attested; what changes later takes a new one."""

    number = models.CharField(max_length=12, unique=True)
    """Drawn by lot: nobody finds one by counting."""
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="certificates")
    name = EncryptedTextField()
    first_day = models.DateField()
    last_day = models.DateField()
    minutes = models.PositiveIntegerField()
    times = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    """By program: `[program, recording unit, times, minutes]`."""
    issuer = models.CharField(max_length=100)
    """The site whose seal it takes."""
    payload = models.TextField()
    """What the QR code holds, signed."""
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoke_reason = models.CharField(max_length=200, blank=True)
    """For the file; never shown to who verifies."""

    class Meta:
        indexes = [models.Index(fields=["volunteer", "-id"], name="certificate_newest")]
