"""What this app keeps about people: themselves, their roles, their family, what they agreed to."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.people.care_notes import Reason, read_care_note
from hub.people.models import Child, Consent, Family, FamilyMember, Person, RoleGrant
from hub.people.my_data import Part, Values, register


@register
class Self(Part):
    name = "self"
    position = 0
    columns = ("name", "phone", "born", "community", "since")
    fields = {
        "people.Person": "name phone phone_key phone_tail birth_date community language",
        "people.User": "phone phone_key",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        known = Person.objects.get(pk=person)
        yield known.name, known.phone, known.birth_date, known.community, known.created_at

    def erase(self, person: int, by: Person) -> None:
        forget(Person.objects.get(pk=person))


def forget(person: Person) -> None:
    """What remains of a person: a number, for records that must still tell one from another."""
    person.name, person.phone, person.birth_date = f"#{person.pk}", "", None
    person.community = person.language = ""
    person.erased_at = clock.now()
    person.save()


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

    def erase(self, person: int, by: Person) -> None:
        FamilyMember.objects.filter(person=person).delete()
        named = list(Person.objects.filter(memberships__family__guardian=person).distinct())
        FamilyMember.objects.filter(family__guardian=person).delete()
        for one in named:
            if _only_named(one):
                forget(one)


def _only_named(person: Person) -> bool:
    """Known only because a guardian named them: nobody who acts here, nor in another family."""
    theirs = (person.memberships, person.grants, person.consents)
    elsewhere = Family.objects.filter(guardian=person).exists() or Child.objects.filter(person=person).exists()
    return not person.phone and not elsewhere and not any(rows.exists() for rows in theirs)


@register
class Consents(Part):
    name = "consents"
    position = 20
    columns = ("consent", "granted", "when")
    fields = {"people.Consent": "subject given_by recorded_by"}
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for consent in Consent.objects.filter(subject=person).order_by("-pk"):
            yield _(f"my_data.consent.{consent.kind}"), consent.granted, consent.recorded_at

    def erase(self, person: int, by: Person) -> None:
        """What was agreed to has to be provable: it stays, the names behind it are gone."""
