"""The outbox: messages are rows written in the transaction that causes them, sent by the worker."""

from django.db import models

from hub.sealed import EncryptedTextField


class Message(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DEAD = "dead"

    to_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    """The person; their number is looked up when it is sent."""
    phone = EncryptedTextField(blank=True, default="")
    """For those without a person (a sign-in code)."""
    template = models.CharField(max_length=60)
    variables = models.JSONField(default=dict)
    """Short values for the template; names and times, no links."""
    link = models.CharField(max_length=200, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True)
    """The same cause never sends twice."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    """When it may be sent; while it is being sent, when the sender is given up for dead."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=200, blank=True)
    """A code, never what a provider wrote."""

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="message_due")]
