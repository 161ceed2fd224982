"""How a family begins: by its guardian; or by a caregiver or a worker, for a guardian who then answers by link or on
paper. Until then it is seen by who started it, and nothing can be booked for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import told_together
from hub.people.ages import is_minor
from hub.people.circles import let_in, lock_family, lock_people, tell
from hub.people.directory import add_person, clean_name
from hub.people.families import child_identity
from hub.people.family_links import ask_guardian
from hub.people.models import Child, Family, FamilyMember, Person
from hub.people.pickups import LONGEST_RELATION, person_named, seat_caregiver, seat_pickup
from hub.people.tasks import keep_forgetting
from hub.places.models import Hub

MOST_CHILDREN = 10
MOST_A_DAY = 3


@dataclass(frozen=True)
class NewChild:
    name: str
    born: dt.date


@dataclass(frozen=True)
class Named:
    """Somebody as another names them."""

    name: str
    phone: str
    relation: str = ""
    """What they are to the children."""


@transaction.atomic
@told_together()
def start_own(*, guardian: Person, relation: str, children: Sequence[NewChild]) -> Family:
    """A guardian enters children of their own, in the family they have or a new one; what they agree to is said next.

    Refused: children_missing, too_many_children, name_missing, born_wrong, child_known.
    """
    lock_people([guardian.pk])
    family = Family.objects.filter(guardian=guardian).first()
    if family is None:
        family = _new_family(guardian, started_by=guardian, hub=None)
        seat_pickup(family, guardian, relation)
    add_children(family, children, relation=relation, by=guardian)
    let_in(guardian)
    tell(family)
    return family


@transaction.atomic
@told_together()
def start_for(*, guardian: Named, relation: str, children: Sequence[NewChild], by: Person) -> Family:
    """A caregiver (`relation` is theirs) starts it for the guardian, who is sent a link.

    Refused: as start_own; not_a_phone, guardian_number_own, ask_the_guardian (there is a family of theirs already: only
    they let somebody else in), started_too_often.
    """
    lock_people([by.pk])
    since = clock.now() - dt.timedelta(days=1)
    if Family.objects.filter(started_by=by, created_at__gt=since).count() >= MOST_A_DAY:
        raise Refused("started_too_often", most=MOST_A_DAY)
    family = _for(guardian, children, by=by, hub=None, known="ask_the_guardian")
    seat_caregiver(family, by, relation, by=by)
    ask_guardian(family=family, by=by)
    return family


@transaction.atomic
@told_together()
def start_at_desk(
    *, guardian: Named, children: Sequence[NewChild], caregiver: Named | None, hub: Hub, by: Person
) -> Family:
    """Staff of a site start it; the guardian signs a paper or is sent a link next.

    Refused: as start_for; family_exists (find it by the guardian's number).
    """
    family = _for(guardian, children, by=by, hub=hub, known="family_exists")
    if caregiver:
        seat_caregiver(family, person_named(caregiver.name, caregiver.phone), caregiver.relation, by=by)
    return family


def _for(named: Named, children: Sequence[NewChild], *, by: Person, hub: Hub | None, known: str) -> Family:
    guardian = add_person(name=named.name, phone=named.phone, by=None)
    if guardian.phone == by.phone or guardian.pk == by.pk:
        raise Refused("guardian_number_own")
    lock_people([guardian.pk])
    if Family.objects.filter(guardian=guardian).exists():
        raise Refused(known)
    family = _new_family(guardian, started_by=by, hub=hub)
    add_children(family, children, relation=named.relation, by=by)
    seat_pickup(family, guardian, named.relation)
    let_in(guardian)
    tell(family)
    return family


@transaction.atomic
@told_together()
def add_child(*, family: Family, child: NewChild, by: Person) -> Child:
    """One more, by a guardian or a caregiver: who may was asked before. Refused: as start_own."""
    lock_family(family)
    first = Child.objects.filter(family=family, person__erased_at__isnull=True).order_by("pk").first()
    added = add_children(family, [child], relation=first.relation if first else "", by=by)[0]
    tell(family)
    return added


def add_children(family: Family, children: Sequence[NewChild], *, relation: str, by: Person) -> list[Child]:
    """Under the guardian's lock."""
    if not children:
        raise Refused("children_missing")
    if Child.objects.filter(family=family).count() + len(children) > MOST_CHILDREN:
        raise Refused("too_many_children", most=MOST_CHILDREN)
    added = []
    for one in children:
        name = clean_name(one.name)
        if one.born > clock.today() or not is_minor(one.born, clock.today()):
            raise Refused("born_wrong")
        identity = child_identity(guardian_phone=family.guardian.phone, name=name, born=one.born)
        if Child.objects.filter(identity_key=identity).exists():
            raise Refused("child_known")
        child = Child.objects.create(
            person=Person.objects.create(name=name, birth_date=one.born),
            family=family,
            identity_key=identity,
            relation=relation.strip()[:LONGEST_RELATION],
        )
        append(action="family.child_added", subject=child, actor_id=by.pk, for_id=child.person_id)
        added.append(child)
    return added


def _new_family(guardian: Person, *, started_by: Person, hub: Hub | None) -> Family:
    family = Family.objects.create(guardian=guardian, started_by=started_by, hub=hub)
    FamilyMember.objects.create(family=family, person=guardian, part=FamilyMember.Part.GUARDIAN)
    keep_forgetting()
    append(
        action="family.started",
        subject=family,
        actor_id=started_by.pk,
        for_id=guardian.pk if guardian.pk != started_by.pk else None,
        hub_id=hub.pk if hub else 0,
    )
    return family
