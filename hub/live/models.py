"""Topics and their events: the log that every screen catches up from."""

from django.db import models


class Topic(models.Model):
    """`hub:3`, `person:8`, `run:5`. Its counter is incremented under the row's lock: gapless, in commit order."""

    name = models.CharField(max_length=40, unique=True)
    seq = models.BigIntegerField(default=0)


class Event(models.Model):
    """Something changed. Ids and a kind, never personal data: a client refetches what it may see."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    ids = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "seq"], name="event_once_per_topic_and_seq")]
