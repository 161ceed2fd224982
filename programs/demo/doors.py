"""Who came today so far, as the tablets at the doors saw them: most are on time, some forget to sign out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from random import Random
from uuid import UUID

from hub import clock
from hub.people.demo import face_of
from hub.people.models import Person, Role
from hub.places.models import Hub
from scheduling.attendance.cards import card_text, cards_of
from scheduling.attendance.devices import offer_pairing, pair
from scheduling.attendance.models import Device
from scheduling.attendance.sync import Sent, take_in
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment

COME, SIGN_OUT = 0.9, 0.85
TABLET = "门口平板"


def open_doors() -> None:
    """Loading again changes nothing."""
    by = face_of(Role.ADMINISTRATOR)
    if by is None or Device.objects.exists():
        return
    now = clock.now()
    begun = Assignment.objects.filter(
        state=Assignment.State.ACCEPTED,
        session__state=Session.State.PLANNED,
        session__starts_at__gte=clock.at(clock.today()),
        session__starts_at__lte=now,
    )
    places: dict[Hub, list[Assignment]] = defaultdict(list)
    for one in begun.select_related("session__hub").order_by("session__starts_at", "pk"):
        places[one.session.hub].append(one)
    for hub, there in places.items():
        _see(hub, there, by=by, now=now)


def _see(hub: Hub, there: list[Assignment], *, by: Person, now: dt.datetime) -> None:
    random = Random(hub.pk)
    moments: list[tuple[int, dt.datetime]] = []
    for one in there:
        if random.random() > COME:
            continue
        moments.append((one.volunteer_id, one.session.starts_at + dt.timedelta(minutes=random.randint(-12, 4))))
        if random.random() < SIGN_OUT:
            moments.append((one.volunteer_id, one.session.ends_at + dt.timedelta(minutes=random.randint(0, 8))))
    cards = cards_of({volunteer for volunteer, _ in moments})
    sent = [
        Sent(UUID(int=random.getrandbits(128), version=4), counter, card_text(cards[volunteer]), at)
        for counter, (volunteer, at) in enumerate(sorted(moments, key=lambda one: one[1]), 1)
        if at <= now
    ]
    device, _ = pair(code=offer_pairing(hub=hub, name=TABLET, by=by)[1])
    take_in(device=device, sent=sent, device_now=now)
