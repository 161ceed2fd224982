"""What happens when: sessions, whom they need, and every hold on a person, room or thing."""

import uuid

from django.db import models

from hub.people.models import Person
from hub.places.models import Hub, Room
from programs.models import Program
from volunteers.models import Clearance, Skill


class Session(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned"
        CANCELLED = "cancelled"

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="sessions")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="sessions")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    week = models.DateField()
    """The Monday of its local week."""
    code = models.CharField(max_length=40)
    """The workbook's number of the session; generated for one made here. Once per week."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveIntegerField(null=True, blank=True)
    """Places for those served; none where nobody books."""
    priority_places = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of these, those kept for children in hardship until the cut-off; none: as many as the program says."""
    group_only = models.BooleanField(default=False)
    """Its places are a closed group's: staff enrol who comes, families can't book."""
    duty_worker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="duty_sessions"
    )
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    cancel_reason = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    """Counts changes: a save that names an older one is refused."""
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    """iCalendar SEQUENCE: counts changes of time, place or state."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "code"], name="session_code_once_a_week"),
            models.CheckConstraint(
                name="session_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["week", "hub"], name="session_by_week_and_hub"),
            models.Index(fields=["starts_at"], name="session_by_start"),
        ]


class Need(models.Model):
    """A role in a session and how many should fill it."""

    class Mode(models.TextChoices):
        """What comes of a volunteer's wish for a place."""

        INSTANT = "instant"
        """The place is theirs at once."""
        APPROVAL = "approval"
        """A coordinator or the agency's social worker says yes or no."""
        PLAN = "plan"
        """The planner decides: a wish it goes by."""
        INVITED = "invited"
        """Nobody asks; people are asked."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="needs")
    position = models.PositiveSmallIntegerField()
    """Order within the session."""
    role = models.CharField(max_length=40)
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    clearance = models.CharField(max_length=20, choices=Clearance.Kind.choices, blank=True)
    min = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    priority = models.PositiveSmallIntegerField(default=2)
    """1 first, 3 last."""
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.INSTANT)

    class Meta:
        ordering = ["session_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="need_position_once"),
            models.UniqueConstraint(fields=["session", "role"], name="need_role_once"),
            models.CheckConstraint(name="need_min_within_target", condition=models.Q(min__lte=models.F("target"))),
        ]


class StaffPlace(models.Model):
    """工作人员顶上: staff who do a volunteer's part themselves, since nobody else can come. Their time is held like a
    volunteer's, and with children they are one more adult; no volunteer hours come of it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="staff_places")
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="staff_places")
    """The role they fill; none where only an adult was lacking. It stays open to volunteers up to its target."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="staff_places")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """Somebody else came after all, or the session is cancelled."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="staff_place_once",
                condition=models.Q(ended_at__isnull=True),
            )
        ]


class Claim(models.Model):
    """A hold of a session on a resource for its window. Exclusive claims on one resource never overlap: PostgreSQL
    excludes it, SQLite's single writer checks it (scheduling.sessions.claims)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="claims")
    resource = models.CharField(max_length=40)
    """`room:4`, `person:17`, `kit:2`."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """The session's window; of a room with the time to set up and clear up."""
    exclusive = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "resource"], name="claim_once_per_session")]
        indexes = [models.Index(fields=["resource", "starts_at"], name="claim_by_resource")]


class Override(models.Model):
    """A clash that somebody who may do so decided to bear (scheduling.sessions.overrides), while it lasts."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="overrides")
    code = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "code"], name="override_once_per_clash")]


class StandingClosures(models.Manager["Closure"]):
    """But for those that were lifted before they began."""

    def get_queryset(self) -> models.QuerySet["Closure"]:
        return super().get_queryset().exclude(lifted_at__lte=models.F("starts_at"))


class Closure(models.Model):
    """A room, or with none a whole site, that can't be used for a span: a power cut, a flood, repairs."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="closures")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """Earlier than planned where it was lifted."""
    reason = models.CharField(max_length=200)
    """For staff, and for whoever had a place in what is cancelled for it: what everybody reads says only when."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = StandingClosures()
    ever: models.Manager["Closure"] = models.Manager()
    """For calendars, which strike out what was lifted."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_start", condition=models.Q(ends_at__gte=models.F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["hub", "ends_at"], name="closure_by_hub")]


def default_weights() -> dict[str, object]:
    return {
        "min": {"1": 10000, "2": 4000, "3": 1500},
        "target": 300,
        "fair_step": 6,
        "unpopular": 4,
        "buddy": 15,
        "travel_per_min": 0.5,
        "keep": 60,
        "add": 10,
        "standing": 100,
        "familiar": 15,
        "wish": 6,
        "shared": 8,
        "asked": 2,
    }


class RosterSettings(models.Model):
    """One row: the figures that eligibility and planning work with (travel, rest, experience, weights)."""

    travel_base_minutes = models.FloatField(default=6)
    travel_minutes_per_km = models.FloatField(default=4.5)
    max_travel_minutes = models.PositiveIntegerField(default=60)
    min_rest_minutes = models.PositiveIntegerField(default=15)
    experienced_from_minutes = models.PositiveIntegerField(default=100 * 60)
    new_at_minutes = models.PositiveIntegerField(default=0)
    history_weeks = models.PositiveSmallIntegerField(default=4)
    preferred_kind_score = models.PositiveSmallIntegerField(default=20)
    most_waiting = models.PositiveSmallIntegerField(default=10)
    """So many may wait for one role: a longer line promises what it can't keep."""
    cutoff_hours = models.PositiveSmallIntegerField(default=24)
    """Before a children's session: its adults must be confirmed by then, and kept places go to whoever waits."""
    move_after_hours = models.PositiveSmallIntegerField(default=4)
    """After the cut-off, where adults lack still: other sessions are proposed to the families booked last."""
    cancel_after_hours = models.PositiveSmallIntegerField(default=10)
    """After the cut-off: what can't be covered is cancelled, early enough to make other plans."""
    late_cancel_hours = models.PositiveSmallIntegerField(default=24)
    """A child's place given back later than this before the session is noted as late."""
    weights = models.JSONField(default=default_weights)

    @classmethod
    def current(cls) -> "RosterSettings":
        return cls.objects.first() or cls()
