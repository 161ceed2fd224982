"""What children read: noted after a session by who was there, child by child."""

from django.db import models

from hub.people.models import Person
from hub.sealed import EncryptedTextField
from scheduling.bookings.models import Booking


class ReadingLog(models.Model):
    """One child at one session."""

    class Mood(models.TextChoices):
        DELIGHTED = "delighted"
        GLAD = "glad"
        CALM = "calm"
        TIRED = "tired"
        SAD = "sad"

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="reading_log")
    mood = models.CharField(max_length=10, choices=Mood.choices, blank=True)
    words = EncryptedTextField(blank=True, default="")
    """The child's own."""
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Whoever wrote last."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()


class BookRead(models.Model):
    """A book as people called it. Which title of a catalog it was is not asked: what was read stays, whatever becomes
    of the catalog."""

    log = models.ForeignKey(ReadingLog, on_delete=models.CASCADE, related_name="books")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    isbn = models.CharField(max_length=13, blank=True)
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    last_page = models.PositiveSmallIntegerField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many: those from the first to the last, or as it was said."""

    class Meta:
        ordering = ["log_id", "position"]
        constraints = [models.UniqueConstraint(fields=["log", "position"], name="book_read_position_once")]
