"""Issuing a certificate of what is confirmed, taking it back, and looking at one that somebody holds out."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.working_days import check_day
from hub.sealed import mask_name
from volunteers.certificates.keys import public_keys, signing_key
from volunteers.certificates.models import Certificate
from volunteers.certificates.payload import Claims, NotOurs, name_hash, sign, verify
from volunteers.hours.models import ServiceRecord
from volunteers.models import Volunteer

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NUMBER = 10


@transaction.atomic
def issue(
    *, volunteer: Volunteer, first_day: dt.date | None = None, last_day: dt.date | None = None, by: Person
) -> Certificate:
    """Of all confirmed hours, or of those within two days. The same again is the one there is.

    Refused: day_out_of_range, period_reversed, no_hours.
    """
    check_day(first_day, last_day)
    if first_day and last_day and last_day < first_day:
        raise Refused("period_reversed")
    person = Person.objects.select_for_update(no_key=True).get(pk=volunteer.person_id)
    facts = _served(volunteer, first_day, last_day)
    standing = volunteer.certificates.filter(revoked_at=None).order_by("-pk").first()
    if standing and standing.name == person.name and all(getattr(standing, key) == facts[key] for key in facts):
        return standing
    number, now = _draw_number(), clock.now()
    claims = Claims(
        number=number,
        volunteer_no=volunteer.volunteer_no,
        masked_name=mask_name(person.name),
        name_hash=name_hash(number, person.name),
        minutes=facts["minutes"],
        first_day=facts["first_day"],
        last_day=facts["last_day"],
        issued_on=clock.local(now).date(),
        issuer=facts["issuer"],
    )
    made = Certificate.objects.create(
        number=number,
        volunteer=volunteer,
        name=person.name,
        payload=sign(claims, signing_key()),
        issued_at=now,
        issued_by=by,
        **facts,
    )
    _tell("certificate.issued", made, by, minutes=made.minutes)
    return made


@transaction.atomic
def revoke(*, certificate: int, reason: str, by: Person) -> Certificate:
    """It no longer holds, and says so to who verifies it. Again is harmless. Refused: not_found, why_missing."""
    if not reason.strip():
        raise Refused("why_missing")
    row = Certificate.objects.select_for_update(of=("self",), no_key=True).filter(pk=certificate).first()
    if row is None:
        raise Refused("not_found", model="certificate", id=certificate)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by, row.revoke_reason = clock.now(), by, reason.strip()[:200]
        row.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        _tell("certificate.revoked", row, by)
    return row


@dataclass(frozen=True)
class Verdict:
    state: Literal["valid", "revoked", "not_ours"]
    claims: Claims | None = None
    revoked_on: dt.date | None = None


def judge(payload: str) -> Verdict:
    """What we say of a payload that somebody holds out. What our key signed and our book does not know is not ours."""
    try:
        claims = verify(payload, public_keys())
    except NotOurs:
        return Verdict("not_ours")
    # Of who had themselves erased we keep the number alone.
    row = Certificate.objects.filter(number=claims.number, payload__in=(payload, "")).first()
    if row is None:
        return Verdict("not_ours")
    if row.revoked_at:
        return Verdict("revoked", claims, clock.local(row.revoked_at).date())
    return Verdict("valid", claims)


def _served(volunteer: Volunteer, first_day: dt.date | None, last_day: dt.date | None) -> dict[str, Any]:
    """The facts of a certificate, as its columns hold them."""
    rows = ServiceRecord.objects.filter(volunteer=volunteer, state=ServiceRecord.State.CONFIRMED, minutes__gt=0)
    if first_day:
        rows = rows.filter(starts_at__gte=clock.at(first_day))
    if last_day:
        rows = rows.filter(starts_at__lt=clock.at(last_day, clock.MINUTES_A_DAY))
    sums = rows.aggregate(minutes=Sum("minutes"), times=Count("pk"), first=Min("starts_at"), last=Max("starts_at"))
    if not sums["minutes"]:
        raise Refused("no_hours")
    lines = rows.values_list("program__name", "program__agency__name")
    counted = lines.annotate(times=Count("pk"), sum=Sum("minutes")).order_by("-sum", "program__name")
    return {
        "minutes": sums["minutes"],
        "times": sums["times"],
        "first_day": first_day or clock.local(sums["first"]).date(),
        "last_day": last_day or clock.local(sums["last"]).date(),
        "lines": [list(line) for line in counted],
        "issuer": _issuer(rows),
    }


def _draw_number() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(NUMBER))


def _issuer(rows: QuerySet[ServiceRecord]) -> str:
    """The site that recorded most of it: its canteens and meal points have no seal of their own."""
    sites = rows.values(site=Coalesce("hub__parent__name", "hub__name")).annotate(sum=Sum("minutes"))
    name: str = sites.order_by("-sum", "site").values_list("site", flat=True)[0]
    return name


def _tell(action: str, certificate: Certificate, by: Person, **facts: object) -> None:
    person = certificate.volunteer.person_id
    append(
        action=action,
        subject=certificate,
        actor_id=by.pk,
        for_id=person if by.pk != person else None,
        **facts,  # type: ignore[arg-type]
    )
    publish([f"person:{person}"], "certificate.changed", certificate=[certificate.pk])
