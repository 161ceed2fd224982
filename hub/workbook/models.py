"""Spreadsheets on their way in."""

from django.db import models


class Upload(models.Model):
    """A workbook between preview and confirmation. Its bytes are sealed and dropped when it is confirmed or expires."""

    class State(models.TextChoices):
        PREVIEW = "preview"
        CONFIRMED = "confirmed"
        EXPIRED = "expired"

    kind = models.CharField(max_length=20, default="week")
    """Whose file it is: a week's workbook, or what another app reads."""
    person_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    outcome = models.JSONField(default=dict)
    """Counts by sheet, for the history list."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class Baseline(models.Model):
    """What a row said when it was last imported: keyed hashes of its cells, so that a later import can tell a cell
    changed in the file from one changed in the app, without keeping the values."""

    sheet = models.CharField(max_length=40)
    key = models.CharField(max_length=32)
    """Keyed hash of the row's key."""
    cells = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="baseline_once_per_row")]
