"""The books of the district's book houses: titles, the copies of each, and the stickers that copies wear."""

import uuid

from django.db import models

from hub.places.models import Hub


class Title(models.Model):
    """A book as it was published. One row for all hubs; what stands on a shelf is a Copy."""

    isbn = models.CharField(max_length=13, blank=True)
    """As 13 digits; empty where there is none, as on many donated books."""
    name = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    authors = models.CharField(max_length=200, blank=True)
    """As the title page has them."""
    publisher = models.CharField(max_length=100, blank=True)
    published_year = models.PositiveSmallIntegerField(null=True, blank=True)
    clc_code = models.CharField(max_length=30, blank=True, db_index=True)
    """Chinese Library Classification, as `I287.5`. Its first letter names the shelf."""
    cip_number = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    cover = models.CharField(max_length=100, blank=True)
    """Its file's name in the storage; without one the page draws a cover from the name."""
    identity = models.CharField(max_length=32, blank=True, db_index=True)
    """A hash of name, authors, publisher and year: what tells books without an ISBN apart in an import."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["isbn"], name="isbn_once", condition=~models.Q(isbn="")),
        ]

    def __str__(self) -> str:
        return self.name


class Sought(models.Model):
    """What a title is found by. Every process holds all of it in memory (programs.lending.library)."""

    title = models.OneToOneField(Title, primary_key=True, on_delete=models.CASCADE, related_name="sought")
    words = models.TextField()
    """Name, subtitle, authors, publisher: a line each, in one form of writing."""
    initials = models.TextField()
    """Of name, authors and subtitle, as `xwz`."""
    sounds = models.TextField()
    """The same in pinyin, a blank before each syllable."""
    hubs = models.JSONField(default=list)
    """Where there are copies, by id."""
    version = models.PositiveBigIntegerField(db_index=True)
    """Of the catalog, when this was written."""


class Catalog(models.Model):
    """One row: how often what is sought has changed. Whoever changes it locks the row, so that versions are committed
    in their order and a process that has read up to one misses nothing before it."""

    origin = models.UUIDField(default=uuid.uuid4)
    """Another database is another catalog, whatever its version."""
    version = models.PositiveBigIntegerField(default=0)


class Copy(models.Model):
    """One book that can be held in hand. It belongs to a hub's book house for as long as it is there."""

    class State(models.TextChoices):
        ON_SHELF = "on_shelf"
        LENT = "lent"
        """Out with a family. Lending and taking back alone set and end it (programs.lending.circulation)."""
        SET_ASIDE = "set_aside"
        """For somebody who waited; likewise."""
        DAMAGED = "damaged"
        LOST = "lost"
        WITHDRAWN = "withdrawn"
        """Given away or worn out: it no longer counts."""

    GONE = (State.LOST, State.WITHDRAWN)
    """Not to be found any more. Whoever sets or leaves one of these has `library.write_sought` see to the title."""

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="copies")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="copies")
    sticker = models.CharField(max_length=30, unique=True, null=True, blank=True)
    """The code on its sticker, or the bar code that another library gave it."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.ON_SHELF)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["title", "hub"], name="copies_of_title"),
            models.Index(fields=["hub", "title"], name="copies_at_hub"),
        ]


class StickerSheet(models.Model):
    """Stickers that were printed together, for one hub."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class Sticker(models.Model):
    """A printed code. It is taken once a Copy wears it."""

    sheet = models.ForeignKey(StickerSheet, on_delete=models.CASCADE, related_name="stickers")
    code = models.CharField(max_length=12, unique=True)
