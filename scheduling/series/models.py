"""Sessions that repeat: by which rule, with what content, and which session each of its days became."""

import uuid

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub, Room
from programs.models import Program
from scheduling.sessions.models import Session


class Term(models.Model):
    """A school term, of the whole district or of one site: series are held within one."""

    name = models.CharField(max_length=60)
    hub = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    """None: the district's."""
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_start", condition=models.Q(last_day__gte=models.F("first_day"))
            ),
            models.UniqueConstraint(fields=["name", "hub"], name="term_named_once_per_hub"),
        ]


class Series(models.Model):
    """A rule and what each session made by it begins with. A draft has no sessions yet."""

    class Holidays(models.TextChoices):
        """What becomes of a day that is a holiday."""

        SKIP = "skip"
        MOVE = "move"
        """To the nearest open day on which the series isn't held anyway."""
        KEEP = "keep"

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="series")
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continued")
    """The series that this one was split from."""
    first_day = models.DateField()
    rule = models.CharField(max_length=200)
    """RFC 5545 RRULE without COUNT and UNTIL, which stand beside it."""
    until = models.DateField(null=True, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="series")
    holidays = models.CharField(max_length=8, choices=Holidays.choices, default=Holidays.SKIP)
    makeup = models.BooleanField(default=True)
    """Days worked to make up for a day off follow that day's weekday."""
    start = models.PositiveSmallIntegerField()
    """Minutes after local midnight."""
    minutes = models.PositiveSmallIntegerField()
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="series")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="series")
    places = models.PositiveIntegerField(null=True, blank=True)
    group_only = models.BooleanField(default=False)
    """A closed group: its children are enrolled once for all sessions, by staff."""
    duty_worker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    needs = models.JSONField(default=list)
    """As scheduling.sessions.needs.NeedWish has them, without ids."""
    published_at = models.DateTimeField(null=True, blank=True)
    """Since when its sessions are there for everybody; none for a draft."""
    removed_at = models.DateTimeField(null=True, blank=True)
    """Of a draft thrown away: it can be had back for a while."""
    undo = models.JSONField(null=True, blank=True)
    """What the last change that took sessions away replaced, and until when it can be had back."""
    revision = models.PositiveIntegerField(default=1)
    """Counts changes: a save that names an older one is refused."""
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()


class Occurrence(models.Model):
    """One day of a series by its rule. (series, day) and the uid stay what they are while the session is moved, edited,
    cancelled, taken away and brought back."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField()
    """By the rule: it may be held on another."""
    session = models.OneToOneField(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="occurrence")
    """None: taken away, as nobody had a place in it."""
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    """iCalendar SEQUENCE of a session that was taken away."""
    given = models.JSONField()
    """What the series last gave the session (scheduling.series.content): whatever differs was edited by hand."""
    gone = models.JSONField(null=True, blank=True)
    """The content of the session that was taken away."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "day"], name="occurrence_once_a_day")]


class Enrolment(models.Model):
    """A child in a closed group: has a place in every session of the series, those still to be made among them."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="enrolments")
    participant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "participant"], name="enrolled_once", condition=models.Q(ended_at__isnull=True)
            )
        ]


class WeekTemplate(models.Model):
    """A site's week, to be laid over others. It never changes; a better one is saved beside it."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="week_templates")
    name = models.CharField(max_length=60)
    rows = models.JSONField()
    """[{weekday, start, minutes, program, room, places, duty_worker, note, needs}, ...]: ids, minutes of the day."""
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "name"], name="week_template_named_once")]


class Laid(models.Model):
    """Which session a template's row became in a week: laid again, it is found wherever it was moved."""

    template = models.ForeignKey(WeekTemplate, on_delete=models.CASCADE, related_name="laid")
    week = models.DateField()
    """Its Monday."""
    position = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "week", "position"], name="laid_once_a_week")]
