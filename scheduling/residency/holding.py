"""A stay held by a rule that changes its ledger: its row is the lock of all its months."""

from __future__ import annotations

import datetime as dt

from hub.errors import Refused
from hub.live.publish import publish
from hub.places.models import Residency
from scheduling.residency.models import Closing
from scheduling.residency.months import month_of
from scheduling.sessions.models import Session


def hold(residency: int) -> Residency:
    """Refused("not_found")."""
    stay = Residency.objects.select_for_update(no_key=True).filter(pk=residency).first()
    if stay is None:
        raise Refused("not_found", model="residency", id=residency)
    return stay


def refuse_closed(stay: Residency, day: dt.date) -> None:
    """Refused("month_closed"): from then on there are corrections."""
    if Closing.objects.filter(residency=stay, month=month_of(day), closed_at__isnull=False).exists():
        raise Refused("month_closed", month=month_of(day).isoformat())


def stay_of(session: Session) -> Residency | None:
    """Whose work the session is (residency.counting)."""
    sites = [session.hub_id, session.hub.parent_id]
    found = {one.hub_id: one for one in Residency.objects.filter(agency=session.program.agency_id, hub__in=sites)}
    return next((found[site] for site in sites if site in found), None)


def tell(stay: Residency) -> None:
    publish([f"hub:{stay.hub_id}", f"team:{stay.agency_id}"], "ledger.changed", residency=[stay.pk])
