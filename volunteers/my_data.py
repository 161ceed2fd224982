"""What is kept about who volunteers: their profile and wishes, proofs and checks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from volunteers.models import (
    Absence,
    BusyCalendar,
    Clearance,
    ConsentLink,
    ExtraTime,
    HeldSkill,
    OwnWeek,
    StandingShift,
    Unproven,
    Volunteer,
)


@register
class Profile(Part):
    name = "profile"
    position = 25
    columns = ("volunteer_no", "official_no", "home", "week", "wish", "most", "before", "note")
    fields = {
        "volunteers.Volunteer": "person home preferred_kinds note availability_text availability official_no"
        " official_no_key",
    }
    correct = "/me"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for one in Volunteer.objects.filter(person=person).select_related("home"):
            yield (
                one.volunteer_no,
                one.official_no,
                one.home.name if one.home else "",
                one.availability_text,
                one.wish_per_week,
                one.max_sessions,
                _("my_data.hours") % {"hours": round(one.prior_minutes / 60, 1)},
                one.note,
            )

    def erase(self, person: int, by: Person) -> None:
        """The row stays: service that was done is somebody's, whoever they were."""
        Volunteer.objects.filter(person=person).update(
            home=None,
            max_sessions=None,
            max_minutes=None,
            wish_per_week=None,
            preferred_kinds=[],
            note="",
            availability_text="",
            availability=[],
            active=False,
            official_no="",
            official_no_key="",
        )


@register
class Skills(Part):
    name = "skills"
    position = 30
    columns = ("skill", "until")
    fields = {
        "volunteers.HeldSkill": "volunteer valid_until verified_by",
        "volunteers.Unproven": "volunteer clearance checked_on",
    }
    correct = "/me"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for held in HeldSkill.objects.filter(volunteer__person=person).select_related("skill").order_by("pk"):
            yield held.skill.name, held.valid_until
        for said in Unproven.objects.filter(volunteer__person=person).select_related("skill").order_by("pk"):
            yield said.skill.name if said.skill else _(f"my_data.check.{said.clearance}"), _("my_data.unproven")

    def erase(self, person: int, by: Person) -> None:
        HeldSkill.objects.filter(volunteer__person=person).delete()
        Unproven.objects.filter(volunteer__person=person).delete()


@register
class Times(Part):
    """When they can come and when not, and what is their own every week."""

    name = "times"
    position = 35
    columns = ("time", "from", "until")
    fields = {
        "volunteers.Absence": "volunteer calendar starts_at ends_at",
        "volunteers.BusyCalendar": "volunteer name address read_at tried_at problem",
        "volunteers.ExtraTime": "volunteer starts_at ends_at",
        "volunteers.OwnWeek": "volunteer week availability",
        "volunteers.StandingShift": "volunteer",
        "volunteers.ConsentLink": "volunteer token_hash guardian sent_by",
    }
    correct = "/me"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for shift in StandingShift.objects.filter(volunteer__person=person).select_related("program").order_by("pk"):
            yield _("my_data.time.standing"), shift.program.name, ""
        for model, word in ((Absence, "away"), (ExtraTime, "extra")):
            for span in model.objects.filter(volunteer__person=person).order_by("-starts_at"):
                yield _(f"my_data.time.{word}"), span.starts_at, span.ends_at
        for calendar in BusyCalendar.objects.filter(volunteer__person=person).order_by("pk"):
            yield _("my_data.time.calendar") % {"name": calendar.name}, calendar.read_at, ""
        for own in OwnWeek.objects.filter(volunteer__person=person).order_by("-week"):
            yield _("my_data.time.own_week"), own.week, ""

    def named(self, person: int) -> Iterable[int]:
        return ConsentLink.objects.filter(volunteer__person=person).values_list("guardian", flat=True)

    def erase(self, person: int, by: Person) -> None:
        for model in (Absence, BusyCalendar, ExtraTime, OwnWeek, StandingShift):
            model.objects.filter(volunteer__person=person).delete()
        ConsentLink.objects.filter(Q(volunteer__person=person) | Q(guardian=person)).delete()


@register
class Checks(Part):
    name = "checks"
    position = 40
    columns = ("check", "checked_on", "until")
    fields = {"volunteers.Clearance": "volunteer checked_on valid_until checked_by"}
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for check in Clearance.objects.filter(volunteer__person=person).order_by("-checked_on"):
            yield _(f"my_data.check.{check.kind}"), check.checked_on, check.valid_until

    def erase(self, person: int, by: Person) -> None:
        """That whoever was with children had been checked has to be provable afterwards."""
