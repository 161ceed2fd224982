"""What this app keeps about people: themselves, their roles, their family, what they agreed to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.people.care_notes import Reason, read_care_note
from hub.people.models import Child, Consent, FamilyMember, Person, RoleGrant
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
    columns = ("relation", "care_note")
    fields = {"people.Child": "person identity_key relation care_note"}
    correct = "/family"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for child in Child.objects.filter(person=person).select_related("family"):
            yield child.relation, read_care_note(child=child, by=by, reason=Reason.OWN_CHILD)

    def erase(self, person: int, by: Person) -> None:
        """The row stays: bookings of the past are a child's, not an adult's."""
        Child.objects.filter(person=person).update(relation="", care_note="", identity_key=secrets.token_hex(16))


@register
class Around(Part):
    """Caregivers and pick-up people that a guardian named, and the families that named this person."""

    name = "around"
    position = 15
    columns = ("name", "part", "relation")
    fields = {"people.Family": "guardian", "people.FamilyMember": "person part relation"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = FamilyMember.objects.filter(Q(family__guardian=person) | Q(person=person)).order_by("pk")
        for member in rows.select_related("person", "family__guardian"):
            other = member.family.guardian if member.person_id == person else member.person
            yield other.name, _(f"my_data.part.{member.part}"), member.relation

    def named(self, person: int) -> Iterable[int]:
        return FamilyMember.objects.filter(family__guardian=person).values_list("person", flat=True)

    def erase(self, person: int, by: Person) -> None:
        FamilyMember.objects.filter(Q(family__guardian=person) | Q(person=person)).delete()


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
