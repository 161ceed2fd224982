"""Who stands around children: guardians, who decide; caregivers, who act for them; pick-up people. Membership decides;
the guardian's role only lets them in."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from hub.errors import Refused
from hub.live.publish import publish
from hub.people.models import Child, Family, FamilyMember, Person, Role, RoleGrant
from hub.people.roles import grant_role, revoke_role

Part = FamilyMember.Part


def _families(person: int, **of: object) -> Q:
    return Q(pk__in=FamilyMember.objects.filter(person=person, **of).values("family"))


def guarded_by(person: int) -> Q:
    """Families whose children this person answers for."""
    return Q(guardian=person) | _families(person, part=Part.GUARDIAN)


def guarded_alone_by(person: int) -> QuerySet[Family]:
    """Families whose children nobody else answers for."""
    others = FamilyMember.objects.filter(part=Part.GUARDIAN, person__erased_at__isnull=True).exclude(person=person)
    first_stays = ~Q(guardian=person) & Q(guardian__erased_at__isnull=True)
    return Family.objects.filter(guarded_by(person)).exclude(first_stays).exclude(pk__in=others.values("family"))


def acted_for_by(person: int) -> Q:
    """Families for which this person books: as a guardian, or as a caregiver who may."""
    return guarded_by(person) | _families(person, part=Part.CAREGIVER, may_book=True)


def belonging_to(person: int) -> Q:
    """Families that this person sees: as a guardian or a caregiver."""
    return guarded_by(person) | _families(person, part=Part.CAREGIVER)


def onlookers(families: Collection[int]) -> set[int]:
    """Whose screens show these families: guardians' and caregivers'. Two queries."""
    return {person for people in onlookers_by_family(families).values() for person in people}


def onlookers_by_family(families: Collection[int]) -> dict[int, set[int]]:
    """The same, each family's own. Two queries."""
    first = Family.objects.filter(pk__in=families).values_list("pk", "guardian")
    found = {family: {guardian} for family, guardian in first}
    members = FamilyMember.objects.filter(family__in=families, part__in=(Part.GUARDIAN, Part.CAREGIVER))
    for family, person in members.values_list("family", "person"):
        found[family].add(person)
    return found


def acting_for(families: Collection[int], persons: Collection[int]) -> set[tuple[int, int]]:
    """(person, family): who of these persons, other than the first guardian, books for which of these families."""
    acting = Q(part=Part.GUARDIAN) | Q(part=Part.CAREGIVER, may_book=True)
    found = FamilyMember.objects.filter(acting, family__in=families, person__in=persons)
    return set(found.values_list("person", "family"))


def guards(person: Person, family: int) -> bool:
    return Family.objects.filter(guarded_by(person.pk), pk=family).exists()


def acts_for(person: Person, family: int) -> bool:
    return Family.objects.filter(acted_for_by(person.pk), pk=family).exists()


def names_pickups(person: Person, family: int) -> bool:
    caregiver = FamilyMember.objects.filter(
        family=family, person=person, part=Part.CAREGIVER, may_name_pickups=True
    ).exists()
    return caregiver or guards(person, family)


def need_guardian(by: Person, family: Family) -> None:
    if not guards(by, family.pk):
        raise Refused("not_found", model="family", id=family.pk)


def guardians_of(family: Family) -> list[Person]:
    """The first one first; those erased are not there any more."""
    return guardians_by_family([family])[family.pk]


def guardians_by_family(families: Iterable[Family]) -> dict[int, list[Person]]:
    """The same, of each. `guardian` should be loaded; one query."""
    found = {family.pk: {family.guardian_id: family.guardian} for family in families}
    seconds = FamilyMember.objects.filter(family__in=found, part=Part.GUARDIAN)
    for one in seconds.select_related("person").order_by("pk"):
        found[one.family_id].setdefault(one.person_id, one.person)
    return {pk: [one for one in people.values() if one.erased_at is None] for pk, people in found.items()}


def lock_people(ids: Iterable[int]) -> None:
    """Their rows, in order, until commit."""
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    list(people.values_list("pk", flat=True))


def lock_family(family: Family) -> None:
    """The first guardian and the children, in order, as a booking locks them; and the family as it is now."""
    children = Child.objects.filter(family=family).values_list("person", flat=True)
    lock_people([family.guardian_id, *children])
    family.refresh_from_db(fields=["guardian", "confirmed_at"])


def let_in(person: Person) -> None:
    """What a guardian's or caregiver's pages ask for."""
    grant_role(person=person, role=Role.GUARDIAN, by=None)


def let_out(person: Person) -> None:
    """Who stands around no children any more has nothing to see there."""
    if Family.objects.filter(belonging_to(person.pk)).exists():
        return
    for grant in RoleGrant.objects.filter(person=person, role=Role.GUARDIAN):
        revoke_role(grant=grant, by=None)


def tell(family: Family) -> None:
    """Everybody whose pages show it. Call it last."""
    around = FamilyMember.objects.filter(family=family).exclude(part=Part.PICKUP)
    people = {family.guardian_id, *around.values_list("person", flat=True)}
    publish([f"person:{pk}" for pk in people], "family.changed", family=[family.pk])
