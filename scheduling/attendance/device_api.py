"""/api/device: a hub's tablet. Its token is the proof, in a header; nobody is signed in there, so nothing can be forged
by another page. Guessing a pairing code is made slow.
"""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub import clock
from hub.access.guessing import address_of, made_slow
from hub.access.operations import Open
from hub.people.pickup_codes import ROUNDS
from scheduling.attendance.children_sheet import code_key, families_of
from scheduling.attendance.children_sync import ChildSent, take_in_children
from scheduling.attendance.device_schemas import PairedOut, PairIn, SyncIn, SyncOut, expected_out, family_out
from scheduling.attendance.devices import find_device, pair
from scheduling.attendance.door import DOOR, door_key
from scheduling.attendance.models import Device
from scheduling.attendance.schemas import SiteName
from scheduling.attendance.sheet import sheet_of
from scheduling.attendance.sync import Sent, take_in

router = Router()
SCHEME = "Bearer "

tablets = Open(forgeable=True)
"""Known by their token: `device_of`."""


def device_of(request: HttpRequest) -> Device:
    """Refused: device_unknown, device_revoked."""
    header = request.headers.get("Authorization", "")
    return find_device(header.removeprefix(SCHEME) if header.startswith(SCHEME) else "")


@router.post("/device/pair", response=PairedOut, auth=tablets)
def post_pair(request: HttpRequest, typed: PairIn) -> PairedOut:
    with made_slow("pairing", address_of(request), wrong="code_wrong"):
        device, token = pair(code=typed.code)
    return PairedOut(
        token=token,
        code_key=code_key(device.pk),
        hub=SiteName(id=device.hub_id, name=device.hub.name),
        device=device.name,
    )


@router.post("/device/sync", response=SyncOut, auth=tablets)
def post_sync(request: HttpRequest, sent: SyncIn) -> SyncOut:
    """What the tablet noted meanwhile, taken in once; then the day's sheet, and what it shows the door's code with."""
    device = device_of(request)
    events = [Sent(one.uid, one.counter, one.card, one.at) for one in sent.events]
    children = [ChildSent(**one.dict()) for one in sent.children]
    take_in(device=device, sent=events, device_now=sent.now)
    take_in_children(device=device, sent=children, device_now=sent.now)
    today = clock.today()
    families, complete = families_of(device, today)
    return SyncOut(
        now=clock.now(),
        hub=SiteName(id=device.hub_id, name=device.hub.name),
        device=device.pk,
        door_key=door_key(device.hub_id, device.pk),
        door=DOOR,
        taken=[*(one.uid for one in events), *(one.uid for one in children)],
        day=today,
        expected=[expected_out(one) for one in sheet_of(device.hub, today)],
        rounds=ROUNDS,
        families=[family_out(one) for one in families],
        complete=complete,
    )
