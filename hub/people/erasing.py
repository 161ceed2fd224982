"""Erasing a person: what law obliges to keep stays without saying who it was, the rest goes.

Places to come are given up first, each by its own rule: together they would take many locks, out of order. Then
one transaction erases all parts, and refuses when a place was taken meanwhile. Broken off in between, it is asked
again.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ForeignObjectRel

from hub.access.actor import SESSION_KEY, STAFF, Actor
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.live.topics import SIGN_IN_ENDED
from hub.people.models import Consent, Person, RoleGrant, User, phone_key
from hub.people.my_data import all_parts, children_of


def erase_person(*, by: Actor, with_children: bool = False) -> None:
    """Erase who asks. Their children go with them only when they say so.

    Refused: hand_over_first (an office, a duty to come), children_first, places_meanwhile.
    """
    children = list(children_of(by.person.pk, alone=True).values_list("person", flat=True))
    if children and not with_children:
        raise Refused("children_first", count=len(children))
    _erase([*children, by.person.pk], by=by)


def erase_child(*, child: int, by: Actor) -> None:
    """Erase one child (by person) of the guardian who asks. Refused: not_found, places_meanwhile."""
    if not children_of(by.person.pk).filter(person=child).exists():
        raise Refused("not_found", model="child", id=child)
    _erase([child], by=by)


def _erase(people: Sequence[int], *, by: Actor) -> None:
    _check(people)
    for person in people:
        for part in all_parts():
            part.give_up(person, by.person)
    with transaction.atomic():
        named = {one for person in people for part in all_parts() for one in part.named(person)} - set(people)
        locked = Person.objects.select_for_update(no_key=True).filter(pk__in=[*people, *named]).order_by("pk")
        known = {person.pk: person for person in locked}
        _check(people)
        for person in people:
            _forget(known[person], by=by)
            _forget_sign_ins(person, known[person].phone)
        for one in sorted(named):
            if _only_named(known[one]):
                _forget(known[one], by=by)
        publish([f"person:{person}" for person in people], SIGN_IN_ENDED)


def _check(people: Sequence[int]) -> None:
    offices = RoleGrant.objects.filter(person__in=people, role__in=STAFF).values_list("role", flat=True).distinct()
    if roles := sorted(offices):
        raise Refused("hand_over_first", roles=roles)
    for person in people:
        for part in all_parts():
            if hindrance := part.hindrance(person):
                raise hindrance


def _forget(person: Person, *, by: Actor) -> None:
    for part in reversed(all_parts()):
        part.erase(person.pk, by.person)
    append(action="person.erased", subject=person, actor_id=by.person.pk, for_id=person.pk)


def _only_named(person: Person) -> bool:
    """Nobody signs in by their number, and no row anywhere is of them, but for what they agreed to for those erased."""
    signs_in = bool(person.phone) and User.objects.filter(phone_key=person.phone_key).exists()
    if signs_in or person.erased_at:
        return False
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: person})
        if relation.related_model is Consent:
            rows = rows.filter(subject__erased_at__isnull=True)
        if rows.exists():
            return False
    return True


def _forget_sign_ins(person: int, phone: str) -> None:
    """Every device's session that acts for them; the account too, unless somebody else stands behind the number."""
    shared = bool(phone) and Person.objects.filter(phone_key=phone_key(phone)).exists()
    user = User.objects.filter(phone_key=phone_key(phone)).first() if phone and not shared else None
    for session in Session.objects.iterator():
        data = session.get_decoded()
        theirs = data.get(SESSION_KEY) == person
        account = user is not None and (data.get("_auth_user_id") == str(user.pk) or phone in str(data))
        if theirs or account:
            session.delete()
    if user:
        user.delete()
