"""Asked from afar: the guardian of a family that somebody started for them, and a second guardian. Both answer by a
link, without signing in.

A refusal ends the family: what was entered without the guardian's yes is not kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.notify.outbox import queue
from hub.people.ages import eldest_first
from hub.people.circles import Part, guardians_of, let_in, let_out, lock_family, need_guardian, tell
from hub.people.consents import Answers, write_answers
from hub.people.directory import add_person, clean_name
from hub.people.models import Child, Family, FamilyLink, FamilyMember, Person, Role
from hub.people.names import given_name
from hub.sealed import mask_name
from hub.tokens import long_token, token_hash

GOOD_FOR = dt.timedelta(days=30)
MOST_A_DAY = 3
MOST_GUARDIANS = 2
Purpose = FamilyLink.Purpose


@transaction.atomic
@told_together()
def ask_guardian(*, family: Family, by: Person) -> FamilyLink:
    """Send the guardian the link by which they agree. Refused: asked_too_often."""
    lock_family(family)
    return _send(family, family.guardian, purpose=Purpose.CONSENT, relation="", by=by)


@transaction.atomic
@told_together()
def invite_guardian(*, family: Family, name: str, phone: str, relation: str, by: Person) -> FamilyLink:
    """A guardian asks the other one in. Refused: not_found, name_missing, not_a_phone, two_guardians, already_there,
    asked_too_often."""
    need_guardian(by, family)
    lock_family(family)
    _need_room(family)
    asked = add_person(name=name, phone=phone, by=None)
    if asked.pk in {one.pk for one in guardians_of(family)}:
        raise Refused("already_there")
    return _send(family, asked, purpose=Purpose.GUARDIAN, relation=relation, by=by)


def find_link(token: str) -> FamilyLink:
    """Refused: not_found for a token that never was, link_expired."""
    links = FamilyLink.objects.select_related("family__guardian", "family__started_by", "asked", "sent_by")
    link = links.filter(token_hash=token_hash(token)).first()
    if link is None:
        raise Refused("not_found", model="link")
    if link.expires_at <= clock.now():
        raise Refused("link_expired")
    return link


@transaction.atomic
@told_together()
def answer_by_link(*, link: FamilyLink, name: str, said: Mapping[int, Answers]) -> Family:
    """What the guardian says for each child (by id), under the name they put to it; said again, the newest holds.

    Refused: not_found, nothing_answered, name_missing, family_exists (the name they put has another family here).
    """
    family = link.family
    if link.purpose != Purpose.CONSENT:
        raise Refused("not_found", model="link")
    if not said or not all(said.values()):
        raise Refused("nothing_answered")
    lock_family(family)
    guardian = _signed(family, name)
    link.asked, link.answered_at = guardian, clock.now()
    link.save(update_fields=["asked", "answered_at"])
    write_answers(family=family, said=said, given_by=guardian, by=guardian)
    return family


@transaction.atomic
@told_together()
def accept_by_link(*, link: FamilyLink) -> Family:
    """The second guardian says yes; again is harmless. Refused: not_found, two_guardians."""
    family = link.family
    if link.purpose != Purpose.GUARDIAN:
        raise Refused("not_found", model="link")
    lock_family(family)
    if link.asked_id in {one.pk for one in guardians_of(family)}:
        return family
    _need_room(family)
    FamilyMember.objects.create(family=family, person=link.asked, part=Part.GUARDIAN, relation=link.relation)
    link.answered_at = clock.now()
    link.save(update_fields=["answered_at"])
    let_in(link.asked)
    append(action="family.guardian_joined", subject=family, actor_id=link.asked_id)
    tell(family)
    return family


@transaction.atomic
@told_together()
def refuse_by_link(*, link: FamilyLink) -> None:
    """No: an invitation ends, a family that was never agreed to ends with all that was entered. Refused: not_found
    (what was agreed to is taken back one by one)."""
    family = link.family
    lock_family(family)
    if link.purpose == Purpose.GUARDIAN:
        append(action="family.invitation_declined", subject=family, actor_id=link.asked_id)
        link.delete()
        return
    if family.confirmed_at is not None:
        raise Refused("not_found", model="link")
    end_unconfirmed(family, by=link.asked_id)


def end_unconfirmed(family: Family, *, by: int | None) -> None:
    """Under the family's locks: nobody agreed, nothing is kept of it."""
    append(action="family.refused" if by else "family.unanswered", subject=family, actor_id=by)
    around = [one.person for one in family.members.select_related("person")]
    topics = [f"person:{one.pk}" for one in around]
    children = Child.objects.filter(family=family)
    persons = list(children.values_list("person", flat=True))
    guardian = family.guardian
    children.delete()
    Person.objects.filter(pk__in=persons).delete()
    family.delete()
    for person in {one.pk: one for one in [guardian, *around]}.values():
        let_out(person)
    publish(topics, "family.changed", family=[])


def _signed(family: Family, name: str) -> Person:
    """The guardian under the name they put to it: who started it may have misspelled it."""
    signed, known = clean_name(name), family.guardian
    if known.name == signed:
        return known
    if _is_only_named(known) and not Person.objects.filter(phone_key=known.phone_key, name=signed).exists():
        known.name = signed
        known.save(update_fields=["name"])
        return known
    guardian = add_person(name=signed, phone=known.phone, by=None)
    if Family.objects.filter(guardian=guardian).exists():
        raise Refused("family_exists")
    FamilyMember.objects.filter(family=family, person=known).update(person=guardian)
    family.guardian = guardian
    family.save(update_fields=["guardian"])
    let_in(guardian)
    let_out(known)
    return guardian


def _is_only_named(person: Person) -> bool:
    """As a guardian, by whoever started it: nothing else here hangs on the name."""
    return not person.grants.exclude(role=Role.GUARDIAN).exists()


def _need_room(family: Family) -> None:
    if len(guardians_of(family)) >= MOST_GUARDIANS:
        raise Refused("two_guardians", most=MOST_GUARDIANS)


def _send(family: Family, asked: Person, *, purpose: FamilyLink.Purpose, relation: str, by: Person) -> FamilyLink:
    since = clock.now() - dt.timedelta(days=1)
    if FamilyLink.objects.filter(family=family, purpose=purpose, sent_at__gt=since).count() >= MOST_A_DAY:
        raise Refused("asked_too_often", most=MOST_A_DAY)
    token = long_token()
    link = FamilyLink.objects.create(
        family=family,
        purpose=purpose,
        asked=asked,
        relation=relation.strip()[:20],
        token_hash=token_hash(token),
        sent_by=by,
        sent_at=clock.now(),
        expires_at=clock.now() + GOOD_FOR,
    )
    children = Person.objects.filter(child__family=family, erased_at__isnull=True)
    queue(
        to_id=asked.pk,
        template="family_asked" if purpose == Purpose.CONSENT else "family_invited",
        dedupe_key=f"family:{link.pk}",
        variables={
            "name": mask_name(by.name),
            "children": " ".join(given_name(child.name) for child in sorted(children, key=eldest_first)),
        },
        link=f"{settings.PUBLIC_URL}/f/{token}",
    )
    append(action="family.asked", subject=link, actor_id=by.pk, for_id=asked.pk, purpose=str(purpose))
    tell(family)
    return link
