"""Places taken by those who serve."""

from django.db import models

from hub.people.models import Person
from scheduling.sessions.models import Need, Session
from volunteers.models import Volunteer


class Party(models.Model):
    """Volunteers who come together or not at all: one of them entered the others, each answers for themselves."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="parties")
    leader = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="parties")
    created_at = models.DateTimeField()


class Assignment(models.Model):
    """A volunteer's place in a need, asked for, offered, held or given back: self sign-up, hand and planner write the
    same row."""

    class State(models.TextChoices):
        REQUESTED = "requested"
        """Asked for; a coordinator or the agency's social worker says yes or no."""
        WISHED = "wished"
        """They would like to; the planner decides."""
        WAITING = "waiting"
        """In line for a place that is taken."""
        OFFERED = "offered"
        """It is their turn: the place is held for them until `answer_by`."""
        AGREED = "agreed"
        """They said yes and wait for the rest of their party; place and time are held."""
        PUBLISHED = "published"
        """In force, not answered yet."""
        ACCEPTED = "accepted"
        """They said they come (or signed up themselves)."""
        DECLINED = "declined"
        """They said they can't come."""
        RELEASED = "released"
        """Taken out by a coordinator, a new roster or a cancelled session."""
        PASSED = "passed"
        """Their turn went by; `reason` is the code why: "silent", "party", or what spoke against them."""
        REFUSED = "refused"
        """A coordinator said no to their request."""
        WITHDRAWN = "withdrawn"
        """They took back what they had asked for, or got another place instead."""

    ACTIVE = (State.PUBLISHED, State.ACCEPTED)
    BUSY = (*ACTIVE, State.AGREED)
    """Their time is held too: they can be nowhere else."""
    HOLDING = (*BUSY, State.OFFERED)
    """Nobody else can have the place."""
    OPEN = (State.REQUESTED, State.WISHED, State.WAITING, State.OFFERED, State.AGREED)
    """Asked for, and not settled yet."""
    PLACED = (*ACTIVE, State.DECLINED, State.RELEASED)
    """Given to them once, whatever came of it."""

    class Source(models.TextChoices):
        SELF = "self"
        HAND = "hand"
        PLANNER = "planner"
        IMPORT = "import"

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="assignments")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="assignments")
    """need.session, beside it for the constraint below."""
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="assignments")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="places")
    state = models.CharField(max_length=12, choices=State.choices)
    source = models.CharField(max_length=12, choices=Source.choices)
    reason = models.CharField(max_length=200, blank=True)
    """Why they can't come, if they said; why a request was refused; why their turn went by."""
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who acted last, when it was not the volunteer."""
    answer_by = models.DateTimeField(null=True, blank=True)
    """Until when an offered place is held."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "volunteer"],
                name="one_active_role_per_session",
                condition=models.Q(state__in=["published", "accepted"]),
            ),
            models.UniqueConstraint(
                fields=["session", "volunteer"],
                name="one_open_wish_per_session",
                condition=models.Q(state__in=["requested", "wished", "waiting", "offered", "agreed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "state"], name="assignment_by_volunteer"),
            models.Index(fields=["need", "state"], name="assignment_by_need"),
            # Who is there: partial, since every decision asks it and answered-no rows only pile up.
            models.Index(
                fields=["session"],
                name="assignment_held_by_session",
                condition=models.Q(state__in=["published", "accepted", "agreed", "offered"]),
            ),
            models.Index(
                fields=["answer_by"], name="assignment_by_answer_by", condition=models.Q(answer_by__isnull=False)
            ),
        ]


class Standby(models.Model):
    """机动: a volunteer whose time is kept for a session, to step in when somebody can't come."""

    class State(models.TextChoices):
        READY = "ready"
        """Named and told; their time is held."""
        STEPPED_IN = "stepped_in"
        """They took a place: from then on an Assignment says how they stand."""
        DECLINED = "declined"
        """They said they can't."""
        RELEASED = "released"
        """Not needed any more: said by staff, or the session is cancelled."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="standbys")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="standbys")
    state = models.CharField(max_length=12, choices=State.choices, default=State.READY)
    reason = models.CharField(max_length=200, blank=True)
    """Why they can't, if they said."""
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who acted last, when it was not the volunteer."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "volunteer"],
                name="stands_by_once",
                condition=models.Q(state="ready"),
            )
        ]
        indexes = [models.Index(fields=["volunteer", "state"], name="standby_by_volunteer")]


class AnswerLink(models.Model):
    """A short link that answers for the shifts of one message without signing in. Only a hash of its token is kept."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="links")
    assignments = models.ManyToManyField(Assignment, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    """When the last of the shifts begins."""
