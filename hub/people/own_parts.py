"""What this app keeps about people: themselves, their roles, their family, what they agreed to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.people.care_notes import Note, Reason, read_care_note
from hub.people.circles import guarded_alone_by, guarded_by
from hub.people.models import (
    Child,
    Consent,
    Family,
    FamilyCard,
    FamilyLink,
    FamilyMember,
    Person,
    PickupCode,
    RoleGrant,
)
from hub.people.my_data import Part, Values, register


@register
class Self(Part):
    name = "self"
    position = 0
    columns = ("name", "phone", "born", "community", "since")
    fields = {
        "people.Person": "name phone phone_key phone_tail birth_date community language",
        "people.User": "phone phone_key last_login",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        known = Person.objects.get(pk=person)
        yield known.name, known.phone, known.birth_date, known.community, known.created_at

    def erase(self, person: int, by: Person) -> None:
        """What remains is a number, for records that must still tell one from another."""
        known = Person.objects.get(pk=person)
        known.name, known.phone, known.birth_date = f"#{known.pk}", "", None
        known.community = known.language = ""
        known.erased_at = clock.now()
        known.save()


@register
class Roles(Part):
    name = "roles"
    position = 5
    columns = ("role", "where", "since")
    fields = {"people.RoleGrant": "person granted_by"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for grant in RoleGrant.objects.filter(person=person).select_related("hub", "agency").order_by("pk"):
            scope = grant.hub or grant.agency
            yield _(f"my_data.role.{grant.role}"), scope.name if scope else "", grant.created_at

    def erase(self, person: int, by: Person) -> None:
        RoleGrant.objects.filter(person=person).delete()


@register
class AsChild(Part):
    name = "child"
    position = 10
    columns = ("relation", "care_note", "hardship", "left_behind")
    fields = {"people.Child": "person identity_key relation care_note hardship left_behind"}
    correct = "/family"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for child in Child.objects.filter(person=person).select_related("family"):
            notes = (read_care_note(child=child, by=by, reason=Reason.OWN_CHILD, note=note) for note in Note)
            yield (child.relation, *notes)

    def erase(self, person: int, by: Person) -> None:
        """The row stays: bookings of the past are a child's, not an adult's."""
        Child.objects.filter(person=person).update(
            relation="", care_note="", hardship="", left_behind="", identity_key=secrets.token_hex(16)
        )


@register
class Around(Part):
    """Whom a guardian named around the children, whom they asked, the family's card; the families that named them."""

    name = "around"
    position = 15
    columns = ("name", "part", "relation", "code")
    fields = {
        "people.Family": "guardian started_by",
        "people.FamilyMember": "person part relation code",
        "people.FamilyLink": "asked sent_by relation token_hash",
        "people.FamilyCard": "number",
        "people.PickupCode": "person code stretched until",
    }
    correct = "/family"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        guarded = set(Family.objects.filter(guarded_by(person)).values_list("pk", flat=True))
        rows = FamilyMember.objects.filter(Q(family__in=guarded) | Q(person=person)).order_by("pk")
        for member in rows.select_related("person", "family__guardian"):
            other = member.family.guardian if member.person_id == person else member.person
            code = member.code if member.family_id in guarded else ""
            yield other.name, _(f"my_data.part.{member.part}"), member.relation, code

    def named(self, person: int) -> Iterable[int]:
        alone = guarded_alone_by(person)
        yield from FamilyMember.objects.filter(family__in=alone).values_list("person", flat=True)
        yield from FamilyLink.objects.filter(family__in=alone).values_list("asked", flat=True)

    def erase(self, person: int, by: Person) -> None:
        """Where another guardian stays, so does the family."""
        for family in guarded_alone_by(person):
            FamilyMember.objects.filter(family=family).delete()
            FamilyLink.objects.filter(family=family).delete()
            FamilyCard.objects.filter(family=family).delete()
            PickupCode.objects.filter(family=family).delete()
        for family in Family.objects.filter(guardian=person):
            _hand_over(family, person)
        FamilyMember.objects.filter(person=person).delete()
        PickupCode.objects.filter(person=person).delete()
        FamilyLink.objects.filter(asked=person).delete()
        Family.objects.filter(started_by=person).update(started_by=None)


def _hand_over(family: Family, person: int) -> None:
    """The second guardian is the first from now on, unless they are another family's first."""
    seconds = FamilyMember.objects.filter(family=family, part=FamilyMember.Part.GUARDIAN).exclude(person=person)
    heir = seconds.filter(person__guarded_family__isnull=True, person__erased_at__isnull=True).first()
    if heir:
        family.guardian = heir.person
        family.save(update_fields=["guardian"])


@register
class Consents(Part):
    name = "consents"
    position = 20
    columns = ("consent", "granted", "when")
    fields = {"people.Consent": "subject given_by recorded_by signed_on"}
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for consent in Consent.objects.filter(subject=person).order_by("-pk"):
            yield _(f"my_data.consent.{consent.kind}"), consent.granted, consent.recorded_at

    def named(self, person: int) -> Iterable[int]:
        return Consent.objects.filter(subject=person, given_by__isnull=False).values_list("given_by", flat=True)

    def erase(self, person: int, by: Person) -> None:
        """What was agreed to has to be provable: it stays, the names behind it are gone."""
