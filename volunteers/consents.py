"""A guardian's consent to a minor's volunteering: by a link from afar, or on paper that staff saw.

The newest answer holds (hub.people Consent). A link stays good until the minor is of age: who said yes may take it back
by it.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.notify.outbox import queue
from hub.people.ages import is_minor
from hub.people.directory import add_person, clean_name
from hub.people.models import Consent, Person
from hub.people.phones import parse_phone
from hub.places.working_days import check_day
from hub.sealed import mask_name
from hub.tokens import long_token, token_hash
from volunteers.models import ConsentLink, Volunteer
from volunteers.persons import lock, other, tell
from volunteers.signals import consent_refused

MOST_A_DAY = 3


def newest_consent(person_id: int) -> Consent | None:
    rows = Consent.objects.filter(subject=person_id, kind=Consent.Kind.VOLUNTEERING)
    return rows.select_related("given_by", "recorded_by").order_by("-pk").first()


@transaction.atomic
def ask_guardian(*, volunteer: Volunteer, name: str, phone: str, by: Person) -> ConsentLink:
    """Send the guardian a link. Refused: not_a_minor, not_a_phone, name_missing, guardian_is_self, asked_too_often."""
    lock(volunteer)
    _need_minor(volunteer)
    if parse_phone(phone) == volunteer.person.phone:
        raise Refused("guardian_is_self")
    since = clock.now() - dt.timedelta(days=1)
    if volunteer.consent_links.filter(sent_at__gt=since).count() >= MOST_A_DAY:
        raise Refused("asked_too_often", most=MOST_A_DAY)
    token = long_token()
    link = ConsentLink.objects.create(
        volunteer=volunteer,
        token_hash=token_hash(token),
        guardian=add_person(name=name, phone=phone, by=None),
        sent_by=by,
        sent_at=clock.now(),
    )
    queue(
        to_id=link.guardian_id,
        template="consent_asked",
        dedupe_key=f"consent:{link.pk}",
        variables={"name": mask_name(volunteer.person.name)},
        link=f"{settings.PUBLIC_URL}/consent/{token}",
    )
    append(action="consent.asked", subject=link, actor_id=by.pk, for_id=other(volunteer, by), volunteer=volunteer.pk)
    tell(volunteer)
    return link


def find_consent_link(token: str) -> ConsentLink:
    """Refused: not_found for a token that never was, link_expired once the minor is of age."""
    links = ConsentLink.objects.select_related("volunteer__person", "volunteer__home", "guardian")
    link = links.filter(token_hash=token_hash(token)).first()
    if link is None:
        raise Refused("not_found", model="link")
    if not is_minor(link.volunteer.person.birth_date, clock.today()):
        raise Refused("link_expired")
    return link


@transaction.atomic
def answer_as_guardian(*, link: ConsentLink, name: str, granted: bool) -> Consent:
    """What the guardian says, under the name they put to it; whoever signed may say it differently later.
    Refused: name_missing, signed_by_other."""
    signed = clean_name(name)
    lock(link.volunteer)
    guardian = _signer(link, signed)
    link.guardian, link.answered_at = guardian, clock.now()
    link.save(update_fields=["guardian", "answered_at"])
    return _write(link.volunteer, granted=granted, given_by=guardian, by=guardian, signed_on=None)


@transaction.atomic
def record_paper(*, volunteer: Volunteer, name: str, granted: bool, signed_on: dt.date, by: Person) -> Consent:
    """`by` saw a paper of this date with the guardian's name on it. Refused: not_a_minor, name_missing,
    paper_in_future, day_out_of_range, proof_of_own."""
    if by.pk == volunteer.person_id:
        raise Refused("proof_of_own")
    if signed_on > clock.today():
        raise Refused("paper_in_future")
    check_day(signed_on)
    lock(volunteer)
    _need_minor(volunteer)
    guardian = _known_guardian(volunteer, clean_name(name)) or Person.objects.create(name=clean_name(name))
    return _write(volunteer, granted=granted, given_by=guardian, by=by, signed_on=signed_on)


def _signer(link: ConsentLink, name: str) -> Person:
    """A name that the minor got wrong is put right, who else stands behind the number is found: nobody new is made
    where it can be helped."""
    guardian = link.guardian
    if guardian.name == name:
        return guardian
    if link.answered_at:
        raise Refused("signed_by_other")
    behind = Person.objects.filter(phone_key=guardian.phone_key, name=name, erased_at=None).first()
    if behind or not _made_for(link):
        return behind or add_person(name=name, phone=guardian.phone, by=None)
    guardian.name = name
    guardian.save(update_fields=["name"])
    return guardian


def _made_for(link: ConsentLink) -> bool:
    """Nothing is known of the guardian but that this link was sent to them."""
    nobody_yet = Person.objects.filter(
        pk=link.guardian_id, grants=None, memberships=None, volunteer=None, child=None, guarded_family=None
    )
    others = ConsentLink.objects.filter(guardian=link.guardian_id).exclude(pk=link.pk)
    return (
        nobody_yet.exists() and not others.exists() and not Consent.objects.filter(given_by=link.guardian_id).exists()
    )


def _known_guardian(volunteer: Volunteer, name: str) -> Person | None:
    """Who answered for them, or was asked to, under this name."""
    answered = Consent.objects.filter(subject=volunteer.person_id).values("given_by")
    asked = volunteer.consent_links.values("guardian")
    return Person.objects.filter(Q(pk__in=answered) | Q(pk__in=asked), name=name).order_by("pk").first()


def _need_minor(volunteer: Volunteer) -> None:
    if not is_minor(volunteer.person.birth_date, clock.today()):
        raise Refused("not_a_minor")


def _write(volunteer: Volunteer, *, granted: bool, given_by: Person, by: Person, signed_on: dt.date | None) -> Consent:
    consent = Consent.objects.create(
        subject=volunteer.person,
        kind=Consent.Kind.VOLUNTEERING,
        granted=granted,
        given_by=given_by,
        recorded_by=by,
        recorded_at=clock.now(),
        signed_on=signed_on,
    )
    append(
        action="consent.given" if granted else "consent.refused",
        subject=consent,
        actor_id=by.pk,
        for_id=volunteer.person_id,
        volunteer=volunteer.pk,
        on_paper=signed_on is not None,
    )
    if not granted:
        consent_refused.send(sender=Consent, volunteer=volunteer, by=given_by)
    tell(volunteer)
    return consent
