"""A hub's tablet: paired by a code that a coordinator reads out, known by a token from then on, revoked in one step."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import Count, F, Max, Min, QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.models import Hub
from hub.tokens import long_token, token_hash
from scheduling.attendance.models import Device

CODE_DIGITS = 8
CODE_LASTS = dt.timedelta(minutes=15)


@transaction.atomic
def offer_pairing(*, hub: Hub, name: str, by: Person) -> tuple[Device, str]:
    """A place for a tablet, and the code to type into it: shown once. Refused("device_name_missing")."""
    name = name.strip()[:40]
    if not name:
        raise Refused("device_name_missing")
    now = clock.now()
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    device = Device.objects.create(
        hub=hub,
        name=name,
        code_hash=token_hash(code),
        code_expires_at=now + CODE_LASTS,
        paired_by=by,
        created_at=now,
    )
    append(action="device.offered", subject=device, actor_id=by.pk, hub_id=hub.pk)
    publish([f"hub:{hub.pk}"], "device.changed", device=[device.pk])
    return device, code


@transaction.atomic
def pair(*, code: str) -> tuple[Device, str]:
    """The tablet's part: its token, for the code. A code opens once. Refused: code_wrong."""
    waiting = Device.objects.select_for_update(of=("self",)).select_related("hub")
    device = waiting.filter(
        code_hash=token_hash(code.strip()), code_expires_at__gt=clock.now(), token_hash=None, revoked_at=None
    ).first()
    if device is None:
        raise Refused("code_wrong")
    token = long_token()
    device.token_hash = token_hash(token)
    device.code_hash, device.code_expires_at = "", None
    device.paired_at = clock.now()
    device.save(update_fields=["token_hash", "code_hash", "code_expires_at", "paired_at"])
    append(action="device.paired", subject=device, actor_id=device.paired_by_id, hub_id=device.hub_id)
    publish([f"hub:{device.hub_id}"], "device.changed", device=[device.pk])
    return device, token


@transaction.atomic
def revoke(*, device: Device, by: Person) -> None:
    """Its token, its code and the codes it shows at the door open nothing any more. Again is harmless."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=clock.now()):
        append(action="device.revoked", subject=device, actor_id=by.pk, hub_id=device.hub_id)
        publish([f"hub:{device.hub_id}"], "device.changed", device=[device.pk])


def find_device(token: str) -> Device:
    """Refused: device_unknown, device_revoked."""
    device = Device.objects.filter(token_hash=token_hash(token)).select_related("hub").first() if token else None
    if device is None:
        raise Refused("device_unknown")
    if device.revoked_at:
        raise Refused("device_revoked")
    return device


def devices_at(hubs: QuerySet[Hub]) -> QuerySet[Device]:
    """Those in use or waiting for their code, with how many of the events they counted never arrived (`lost`)."""
    now = clock.now()
    rows = Device.objects.filter(hub__in=hubs, revoked_at=None).exclude(token_hash=None, code_expires_at__lte=now)
    counted = rows.annotate(
        first=Min("events__counter", default=1),
        last=Max("events__counter", default=0),
        heard=Count("events__counter", distinct=True),
    )
    return (
        counted.annotate(lost=F("last") - F("first") + 1 - F("heard"))
        .select_related("hub", "paired_by")
        .order_by("hub", "pk")
    )
