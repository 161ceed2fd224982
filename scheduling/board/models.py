"""Screens in a hub's lobby, and who else looks at a session."""

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub
from scheduling.sessions.models import Session


class Wall(models.Model):
    """A hub's lobby screen. It is opened by an address alone; only a hash of its token is kept."""

    hub = models.OneToOneField(Hub, on_delete=models.CASCADE, related_name="wall")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    """When a screen last asked, to some minutes."""


class Onlooker(models.Model):
    """Somebody who may change a session and has it open now, or a form that changes it. Said again every few seconds;
    what is not is forgotten within a minute."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="onlookers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    changing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="onlooker_once_per_session")]
