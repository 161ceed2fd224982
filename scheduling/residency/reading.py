"""What the pages of the ledger show."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.places.models import Residency
from scheduling.residency.agreements import rooms_of
from scheduling.residency.closing import seen_of, yes_of
from scheduling.residency.ledger import Month, agreements_of, months, of_stays
from scheduling.residency.ledger import month as month_of_stay
from scheduling.residency.models import Agreement, Casework, Correction, Indicator, LaggingTold
from scheduling.residency.months import after, month_of
from scheduling.residency.schemas import (
    FigureCode,
    LedgerAgreement,
    LedgerCasework,
    LedgerCorrection,
    LedgerDetail,
    LedgerLagging,
    LedgerLine,
    LedgerMonth,
    LedgerMonthDetail,
    LedgerOfStay,
    LedgerOverview,
    LedgerRoom,
    LedgerRooms,
    LedgerSource,
    LedgerStay,
    LedgerTerms,
    LedgerYes,
    SideCode,
)
from scheduling.residency.sources import sources
from scheduling.sessions.models import Session

MONTHS = 12
SIDES: tuple[SideCode, ...] = ("agency", "hub")


def overview(actor: Actor, month: dt.date) -> LedgerOverview:
    """Everybody's whom one sees, where most is missing first; without an agreement last."""
    found = of_all(actor, month)
    return LedgerOverview(
        month=month, stays=[LedgerOfStay(**_stay(stay), of_month=_month(told)) for stay, told in found]
    )


def of_all(actor: Actor, month: dt.date) -> list[tuple[Residency, Month]]:
    rows = visible(actor, "view_ledger", Residency.objects.select_related("agency", "hub"))
    stays = [one for one in rows.order_by("hub__name", "agency__name") if _is_there(one, month)]
    found = zip(stays, of_stays(stays, month), strict=True)
    return sorted(found, key=lambda row: (-row[1].worst, row[1].agreement is None))


def lagging(actor: Actor) -> list[LedgerLagging]:
    """Of whom one was told this month, for as long as it lasts, where most is missing first: no more are counted, since
    it stands on the first page."""
    month = month_of(clock.today())
    told = LaggingTold.objects.filter(month=month).values("residency")
    rows = visible(actor, "view_ledger", Residency.objects.select_related("agency", "hub")).filter(pk__in=told)
    stays = list(rows.order_by("hub__name", "agency__name"))
    found = [row for row in zip(stays, of_stays(stays, month) if stays else [], strict=True) if row[1].lags]
    return [
        LedgerLagging(
            **_stay(stay), lines=[LedgerLine(**vars(line)) for line in told.lines if line.standing == "behind"]
        )
        for stay, told in sorted(found, key=lambda row: -row[1].worst)
    ]


def detail(actor: Actor, stay: Residency, last: dt.date) -> LedgerDetail:
    """The twelve months up to `last`, since something was agreed on."""
    agreements = agreements_of([stay])[stay.pk]
    first = _first_month(stay, agreements)
    since = max(first, after(last, 1 - MONTHS))
    told = months(stay.pk, since, last) if since <= last else []
    return LedgerDetail(
        **_stay(stay),
        months=[_month(one) for one in reversed(told)],
        first_month=first,
        agreements=[_agreement(one) for one in agreements],
        suggested=_suggested(stay, agreements),
        rooms=[
            LedgerRoom(id=room.pk, name=room.name, site=room.hub.name)
            for room in rooms_of(stay).select_related("hub").order_by("hub__parent_id", "hub_id", "pk")
        ],
        sides=_sides(actor, stay),
    )


def month_detail(actor: Actor, stay: Residency, month: dt.date) -> LedgerMonthDetail:
    told = month_of_stay(stay.pk, month)
    countable = set(
        visible(actor, "count_people", Session.objects.filter(**_within(month))).values_list("pk", flat=True)
    )
    casework = Casework.objects.filter(residency=stay, day__gte=month, day__lt=after(month))
    corrections = told.closing.corrections.all() if told.closing else []
    return LedgerMonthDetail(
        **_stay(stay),
        of_month=_month(told),
        sources=[
            LedgerSource(**vars(one), may_count=told.phase != "closed" and one.booked == 0 and one.id in countable)
            for one in sources(stay, month)
        ],
        casework=[_casework(one, actor) for one in casework.select_related("by", "confirmed_by").order_by("day", "pk")],
        corrections=[_correction(one, actor) for one in corrections],
        seen=seen_of(told),
        sides=_sides(actor, stay),
    )


def _within(month: dt.date) -> dict[str, dt.datetime]:
    return {"starts_at__gte": clock.at(month), "starts_at__lt": min(clock.at(after(month)), clock.now())}


def _is_there(stay: Residency, month: dt.date) -> bool:
    begun = stay.starts_on is None or stay.starts_on < after(month)
    return begun and (stay.ends_on is None or stay.ends_on >= month)


def _first_month(stay: Residency, agreements: list[Agreement]) -> dt.date:
    """Of the first agreement; without any, the last three months say what may be agreed on."""
    if agreements:
        return min(one.valid_from for one in agreements)
    lately = after(month_of(clock.today()), -2)
    return max(lately, month_of(stay.starts_on)) if stay.starts_on else lately


def _suggested(stay: Residency, agreements: list[Agreement]) -> LedgerTerms:
    newest = agreements[0] if agreements else None
    if newest:
        rooms, minutes, owed = list(newest.rooms.all()), newest.room_minutes, newest.owed
    else:
        rooms, minutes = list(stay.rooms.all()), None
        owed = {Indicator.VOLUNTEER_MINUTES.value: stay.monthly_minutes} if stay.monthly_minutes else {}
    this = month_of(clock.today())
    begins = after(this) if newest else max(this, month_of(stay.starts_on or this))
    return LedgerTerms(
        valid_from=begins,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
        rooms=[room.pk for room in rooms],
        room_minutes=minutes,
        owed=owed,
    )


def _sides(actor: Actor, stay: Residency) -> list[SideCode]:
    rows = Residency.objects.filter(pk=stay.pk)
    return [side for side in SIDES if visible(actor, f"speak_for_{side}", rows).exists()]


def _stay(stay: Residency) -> dict[str, Any]:
    return LedgerStay(
        residency=stay.pk,
        agency=stay.agency.name,
        hub=stay.hub.name,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
    ).dict()


def _month(told: Month) -> LedgerMonth:
    yes: dict[SideCode, LedgerYes] = {}
    for side in SIDES:
        if said := yes_of(told, side):
            by, at = said
            yes[side] = LedgerYes(by=by.name, at=at)
    return LedgerMonth(
        month=told.month,
        phase=told.phase,
        agreed=told.agreement is not None,
        lines=[LedgerLine(**vars(one)) for one in told.lines],
        rooms=LedgerRooms(**vars(told.rooms)),
        yes=yes,
        closed_at=told.closing.closed_at if told.closing else None,
    )


def _agreement(row: Agreement) -> LedgerAgreement:
    return LedgerAgreement(
        valid_from=row.valid_from,
        rooms=[room.pk for room in row.rooms.all()],
        room_minutes=row.room_minutes,
        owed=row.owed,
        by=row.by.name,
        at=row.at,
    )


def _casework(row: Casework, actor: Actor) -> LedgerCasework:
    return LedgerCasework(
        id=row.pk,
        day=row.day,
        count=row.count,
        by=row.by.name,
        confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
        mine=row.by_id == actor.person.pk,
    )


def _correction(row: Correction, actor: Actor) -> LedgerCorrection:
    return LedgerCorrection(
        id=row.pk,
        figure=cast(FigureCode, row.figure),
        change=row.change,
        reason=row.reason,
        side=cast(SideCode, row.side),
        by=row.by.name,
        at=row.at,
        confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
        confirmed_at=row.confirmed_at,
        refused_by=row.refused_by.name if row.refused_by else "",
        refused_at=row.refused_at,
        refusal=row.refusal,
        mine=row.by_id == actor.person.pk,
    )
