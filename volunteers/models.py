"""Who volunteers are: profile, skills, clearances, when they can come."""

from django.db import models

from hub import clock
from hub.people.models import Person
from hub.places.models import Hub
from hub.sealed import EncryptedTextField
from programs.models import Program


class Skill(models.Model):
    name = models.CharField(max_length=40, unique=True)
    needs_proof = models.BooleanField(default=False)
    """Who says they have it has it once a coordinator has seen a proof."""

    def __str__(self) -> str:
        return self.name


class Volunteer(models.Model):
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="volunteer")
    home = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The hub of the community they live in: travel is measured from it."""
    skills = models.ManyToManyField(Skill, through="HeldSkill", blank=True, related_name="volunteers")
    max_sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    """A week, at most; none for no limit of their own."""
    max_minutes = models.PositiveIntegerField(null=True, blank=True)
    """A week, at most."""
    wish_per_week = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many sessions a week they would like; none when they never said."""
    preferred_kinds = models.JSONField(default=list)
    prior_minutes = models.PositiveIntegerField(default=0)
    """Service before this system."""
    note = models.TextField(blank=True)
    availability_text = models.CharField(max_length=400, blank=True)
    """Weekly availability as people wrote it."""
    availability = models.JSONField(default=list)
    """`[[weekday, from_minute, to_minute], ...]`, Monday 0, to_minute up to 1440."""
    active = models.BooleanField(default=True)
    official_no = EncryptedTextField(blank=True, default="")
    """Their number on the official volunteer platform."""
    official_no_key = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official_no_key"], name="official_no_once", condition=~models.Q(official_no_key="")
            )
        ]

    @property
    def volunteer_no(self) -> str:
        """Stands in for them wherever no name or ID number should: `QZ000042`."""
        return f"QZ{self.pk:06d}"


class HeldSkill(models.Model):
    """A skill that counts: said where that is enough, else seen proof of."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="held_skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    valid_until = models.DateField(null=True, blank=True)
    """The last day the proof holds; none where it does not end. Judged on the session's day."""
    verified_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who saw the proof; nobody where none is needed."""

    class Meta:
        db_table = "volunteers_volunteer_skills"
        unique_together = [("volunteer", "skill")]


class Unproven(models.Model):
    """What a volunteer says of themselves and a coordinator has yet to see proof of: a skill, or a check."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="unproven")
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    clearance = models.CharField(max_length=20, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    """Of a check."""
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "skill"], name="unproven_skill_once"),
            models.UniqueConstraint(
                fields=["volunteer", "clearance"], name="unproven_check_once", condition=~models.Q(clearance="")
            ),
            models.CheckConstraint(
                name="unproven_is_one_thing",
                condition=models.Q(skill__isnull=False, clearance="", checked_on__isnull=True)
                | (models.Q(skill__isnull=True, checked_on__isnull=False) & ~models.Q(clearance="")),
            ),
        ]


class BusyCalendar(models.Model):
    """A calendar of a volunteer's own: when it says that they are busy, they can't come. Nothing else of it is kept."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="busy_calendars")
    name = models.CharField(max_length=60)
    """The file's, or the host's where it is read from an address."""
    address = EncryptedTextField(blank=True, default="")
    """Read again by itself from there; empty for a file."""
    read_at = models.DateTimeField()
    """When what is kept of it was read."""
    tried_at = models.DateTimeField()
    problem = models.CharField(max_length=20, blank=True)
    """Why the last try came to nothing: a code of what reading or fetching refuses."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer", "name"], name="busy_calendar_once_by_name")]


class Absence(models.Model):
    """A span in which a volunteer can't come."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="absences")
    calendar = models.ForeignKey(BusyCalendar, null=True, blank=True, on_delete=models.CASCADE, related_name="absences")
    """Where a calendar of theirs says so, none where they did themselves."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]


class ExtraTime(models.Model):
    """A span in which a volunteer can come for once, whatever their week and their absences say."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="extra_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extra_time_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]


class OwnWeek(models.Model):
    """When a volunteer can come in one week, as they said for that week: it stands in for all they had said before."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="own_weeks")
    week = models.DateField()
    """Its Monday."""
    availability = models.JSONField(default=list)
    """As `Volunteer.availability`; empty for a week in which they don't come."""
    said_at = models.DateTimeField(null=True, blank=True, default=clock.now)
    """Dates that differ amend it from then on; none where those said before do, too."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer", "week"], name="own_week_once")]


class ConsentLink(models.Model):
    """A link by which a guardian answers for a minor, and may answer differently later."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="consent_links")
    token_hash = models.CharField(max_length=64, unique=True)
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)


class StandingShift(models.Model):
    """A shift that somebody means to come to every week. Planning thinks of them first; nothing is booked by it."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="standing_shifts")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    """Monday 0."""
    starts_minute = models.PositiveSmallIntegerField()
    """After local midnight."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "program", "hub", "weekday", "starts_minute"], name="standing_shift_once"
            ),
            models.CheckConstraint(
                name="standing_shift_within_a_week",
                condition=models.Q(weekday__lt=7, starts_minute__lt=24 * 60),
            ),
        ]


class Clearance(models.Model):
    """A check that was made: its result and dates, never the record itself."""

    class Kind(models.TextChoices):
        CHILD = "child"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="clearances")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    checked_on = models.DateField()
    valid_until = models.DateField()
    """The last day it holds; judged on the session's day."""
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who saw the result and vouches for it; nobody for one that came with a workbook."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer", "kind", "checked_on"], name="clearance_once_a_day")]
