"""Who did what. Rules append; a sealer links the entries of a hub into a hash chain. Nothing is updated or deleted."""

from django.db import models


class Chain(models.Model):
    """The head of a hub's chain (0: the district's). Its row is the lock under which links are added."""

    number = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="")


class Entry(models.Model):
    """One deed. Holds ids and codes only: erasing a person breaks no chain."""

    chain = models.BigIntegerField(default=0)
    """A hub's id; 0 for the district's own chain."""
    actor_id = models.BigIntegerField(null=True, blank=True)
    """The person who acted; none for the system."""
    for_id = models.BigIntegerField(null=True, blank=True)
    """The person they acted for, when another."""
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    """`label.model:id`."""
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    seq = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "seq"], name="one_entry_per_link", condition=models.Q(seq__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["chain", "id"], name="entry_not_sealed", condition=models.Q(seq__isnull=True)),
        ]
