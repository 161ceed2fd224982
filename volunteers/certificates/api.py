"""/api/certificates: my certificates, those that coordinators issue and take back, and verifying one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from hub.access.operations import acting, anyone, planners, signed_in, volunteers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from volunteers.certificates.certificates import issue, judge, revoke
from volunteers.certificates.document import address_of, write_pdf
from volunteers.certificates.models import Certificate
from volunteers.certificates.payload import LONGEST, name_hash
from volunteers.models import Volunteer
from volunteers.profile import profile_of

router = Router()
SHOWN = 50


class CertificateOut(Schema):
    id: int
    number: str
    volunteer: str
    volunteer_no: str
    first_day: dt.date
    last_day: dt.date
    minutes: int
    issued_at: dt.datetime
    revoked_at: dt.datetime | None
    revoke_reason: str
    address: str
    """The public page of its code."""


class PeriodIn(Schema):
    """From when to when; open ends reach as far as there are hours."""

    first_day: dt.date | None = None
    last_day: dt.date | None = None


class RevokeIn(Schema):
    reason: Annotated[str, Field(max_length=200)]


class HeldOut(Schema):
    payload: Annotated[str, Field(max_length=LONGEST)]
    name: Annotated[str, Field(max_length=60)] = ""
    """As printed, to compare."""


class CertificateVerdict(Schema):
    state: Literal["valid", "revoked", "not_ours"]
    number: str = ""
    volunteer_no: str = ""
    masked_name: str = ""
    name_fits: bool | None = None
    minutes: int = 0
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    issued_on: dt.date | None = None
    issuer: str = ""
    revoked_on: dt.date | None = None


@router.get("/certificates/mine", response=list[CertificateOut], auth=volunteers)
def get_my_certificates(request: HttpRequest) -> list[CertificateOut]:
    rows = Certificate.objects.filter(volunteer=profile_of(acting(request).person.pk))
    return [certificate_out(one) for one in rows.select_related("volunteer").order_by("-pk")]


@router.post("/certificates", response={201: CertificateOut}, auth=volunteers)
def post_my_certificate(request: HttpRequest, wish: PeriodIn) -> Status[CertificateOut]:
    actor = acting(request)
    return Status(201, certificate_out(issue(volunteer=profile_of(actor.person.pk), **wish.dict(), by=actor.person)))


@router.post("/volunteers/{int:volunteer_id}/certificates", response={201: CertificateOut}, auth=planners)
def post_certificate(request: HttpRequest, volunteer_id: int, wish: PeriodIn) -> Status[CertificateOut]:
    """For who has no phone to ask for it."""
    actor = acting(request)
    volunteer = fetch(actor, "certify", Volunteer.objects.all(), volunteer_id)
    return Status(201, certificate_out(issue(volunteer=volunteer, **wish.dict(), by=actor.person)))


@router.get("/certificates", response=list[CertificateOut], auth=planners)
def get_certificates(request: HttpRequest) -> list[CertificateOut]:
    """The newest ones."""
    rows = visible(acting(request), "revoke", Certificate.objects.select_related("volunteer"))
    return [certificate_out(one) for one in rows.order_by("-pk")[:SHOWN]]


@router.get("/certificates/{int:certificate_id}/file", auth=signed_in)
def get_certificate_file(
    request: HttpRequest, certificate_id: int, language: Literal["zh-hans", "en"] = "zh-hans"
) -> HttpResponse:
    """Refused("certificate_erased"): whose it was had themselves erased, so there is nothing to print."""
    rows = Certificate.objects.select_related("volunteer")
    certificate = fetch(acting(request), "view", rows, certificate_id)
    if not certificate.payload:
        raise Refused("certificate_erased")
    response = HttpResponse(write_pdf(certificate, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="renqi-{certificate.number}.pdf"'
    return response


@router.post("/certificates/{int:certificate_id}/revoke", response=CertificateOut, auth=planners)
def post_revocation(request: HttpRequest, certificate_id: int, wish: RevokeIn) -> CertificateOut:
    actor = acting(request)
    row = fetch(actor, "revoke", Certificate.objects.all(), certificate_id)
    return certificate_out(revoke(certificate=row.pk, reason=wish.reason, by=actor.person))


@router.post("/certificates/verify", response=CertificateVerdict, auth=anyone)
def post_verification(request: HttpRequest, wish: HeldOut) -> CertificateVerdict:
    """Valid, revoked or not ours; what its code says, and no more: of who had themselves erased, too."""
    verdict = judge(wish.payload)
    claims = verdict.claims
    if claims is None:
        return CertificateVerdict(state=verdict.state)
    return CertificateVerdict(
        state=verdict.state,
        number=claims.number,
        volunteer_no=claims.volunteer_no,
        masked_name=claims.masked_name,
        name_fits=name_hash(claims.number, wish.name) == claims.name_hash if wish.name else None,
        minutes=claims.minutes,
        first_day=claims.first_day,
        last_day=claims.last_day,
        issued_on=claims.issued_on,
        issuer=claims.issuer,
        revoked_on=verdict.revoked_on,
    )


def certificate_out(one: Certificate) -> CertificateOut:
    return CertificateOut(
        id=one.pk,
        number=one.number,
        volunteer=one.name,
        volunteer_no=one.volunteer.volunteer_no,
        first_day=one.first_day,
        last_day=one.last_day,
        minutes=one.minutes,
        issued_at=one.issued_at,
        revoked_at=one.revoked_at,
        revoke_reason=one.revoke_reason,
        address=address_of(one),
    )
