"""A month that will fall short by what is planned is told, once, to the agency's social workers and the hub's
coordinators, while something can still be done. The rule is the ledger's own page's."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django_tasks import task

from hub import clock
from hub.notify import outbox
from hub.people.models import Role, RoleGrant
from hub.places.models import Residency
from hub.upkeep import run_by
from scheduling.bookings.tasks import looked_after_with
from scheduling.residency.holding import hold, tell
from scheduling.residency.ledger import of_stays
from scheduling.residency.models import Agreement, LaggingTold
from scheduling.residency.months import month_of

TOLD_FROM = 10
"""The day of the month: before that its later weeks are not planned, and everybody would lag."""
LOOKS_AT = 9 * 60
"""Each morning."""


@looked_after_with
def keep_looking() -> int:
    """Have it looked at each morning, whoever agreed on something and whenever."""
    day = clock.today()
    morning = clock.at(day, LOOKS_AT)
    run_by(look_at_ledgers, morning if morning > clock.now() else clock.at(day + dt.timedelta(days=1), LOOKS_AT))
    return 0


@task
def look_at_ledgers() -> int:
    return tell_lagging()


def tell_lagging() -> int:
    """How many stays were told of."""
    today = clock.today()
    if today.day < TOLD_FROM:
        return 0
    month = month_of(today)
    owing = Residency.objects.filter(pk__in=Agreement.objects.values("residency"))
    untold = owing.exclude(pk__in=LaggingTold.objects.filter(month=month).values("residency"))
    stays = list(untold.select_related("agency", "hub").order_by("pk"))
    lagging = [stay for stay, told in zip(stays, of_stays(stays, month), strict=True) if told.lags] if stays else []
    return _tell(lagging, month) if lagging else 0


@transaction.atomic
def _tell(stays: list[Residency], month: dt.date) -> int:
    """One message a person, of however many stays."""
    new = []
    for stay in stays:
        hold(stay.pk)
        if LaggingTold.objects.get_or_create(residency=stay, month=month, defaults={"at": clock.now()})[1]:
            new.append(stay)
    readers: dict[int, list[Residency]] = defaultdict(list)
    agencies = _holders(Role.SOCIAL_WORKER, "agency")
    hubs = _holders(Role.COORDINATOR, "hub")
    for stay in new:
        for person in sorted({*agencies[stay.agency_id], *hubs[stay.hub_id]}):
            readers[person].append(stay)
    outbox.queue_all(
        outbox.Draft(
            to_id=person,
            template="ledger_lags_many" if len(found) > 1 else "ledger_lags",
            variables={"agency": found[0].agency.name, "hub": found[0].hub.name, "count": str(len(found))},
            link=f"{settings.PUBLIC_URL}/ledger",
            dedupe_key=f"ledger_lags:{month}:{person}:{found[0].pk}",
        )
        for person, found in readers.items()
    )
    for stay in new:
        tell(stay)
    return len(new)


def _holders(role: Role, scope: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for place, person in RoleGrant.objects.filter(role=role).values_list(scope, "person"):
        found[place].append(person)
    return found
