"""The outbox: messages are rows written in the transaction that causes them, sent by the worker."""

from django.db import models

from hub.sealed import EncryptedTextField


class Message(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DEAD = "dead"
        """Did not go out, or nobody knows: waits for somebody to look."""
        LAID_ASIDE = "aside"

    to_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    """The person; their number is looked up when it is sent."""
    phone = EncryptedTextField(blank=True, default="")
    """For those without a person (a sign-in code)."""
    group_id = models.BigIntegerField(null=True, blank=True)
    """The hub whose group is told."""
    template = models.CharField(max_length=60)
    variables = models.JSONField(default=dict)
    """Short values for the template; names and times, no links."""
    link = EncryptedTextField(blank=True, default="")
    """Opens a door: kept until it is on its way, or laid aside."""
    asks = models.CharField(max_length=60, blank=True)
    """What a 1 or a 2 sent back answers: `roster:17` (hub.notify.replies); empty where nothing is asked."""
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


class Reply(models.Model):
    """A text message that came back, without its words or number: the provider may bring it several times."""

    provider_id = models.CharField(max_length=80, unique=True)
    from_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    """The first person behind the number."""
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    """The question it was taken to answer."""
    outcome = models.CharField(max_length=60)
    """The template of what was said back; `unknown_number`, `not_asked` and `too_many` where nothing was."""
    received_at = models.DateTimeField()


class GroupRobot(models.Model):
    """The robot of a hub's group chat."""

    hub_id = models.BigIntegerField(unique=True)
    address = EncryptedTextField()
    """Whoever has it can write to the group."""
    set_by_id = models.BigIntegerField()
    set_at = models.DateTimeField()


class WeChatFollower(models.Model):
    """Somebody who has their messages come by WeChat: they said so from within it."""

    person_id = models.BigIntegerField(unique=True)
    openid = EncryptedTextField()
    """Who they are to our official account, and to it alone."""
    since = models.DateTimeField()
