"""/api/ledger: space for service, by stay and month. Who writes says for which side."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from hub import clock
from hub.access.operations import acting, planners, schedulers, staff
from hub.access.rules import fetch
from hub.errors import Refused
from hub.people.models import Person
from hub.places.models import Residency
from scheduling.residency.agreements import Terms, agree
from scheduling.residency.closing import confirm_correction, correct, refuse_correction, say_yes
from scheduling.residency.entries import confirm_casework, count_people, enter_casework, take_back_casework
from scheduling.residency.models import Casework, Closing, Correction
from scheduling.residency.months import month_of
from scheduling.residency.reading import detail, lagging, month_detail, overview
from scheduling.residency.reports_api import router as reports_router
from scheduling.residency.schemas import (
    LedgerCaseworkIn,
    LedgerCorrectionIn,
    LedgerDetail,
    LedgerLagging,
    LedgerMonthDay,
    LedgerMonthDetail,
    LedgerOverview,
    LedgerRefusalIn,
    LedgerSideIn,
    LedgerTerms,
    LedgerTurnoutIn,
    LedgerYesIn,
)
from scheduling.sessions.models import Session

router = Router()
router.add_router("", reports_router)
STAYS = Residency.objects.select_related("agency", "hub")


def _stay(request: HttpRequest, residency_id: int, action: str = "view_ledger") -> Residency:
    return fetch(acting(request), action, STAYS.all(), residency_id)


def _speaking(request: HttpRequest, residency_id: int, side: str) -> tuple[Residency, Person]:
    """For the side one says one speaks for. Refused("not_found")."""
    return _stay(request, residency_id, f"speak_for_{side}"), acting(request).person


@router.get("/ledger", response=LedgerOverview, auth=staff)
def get_overview(request: HttpRequest, month: LedgerMonthDay | None = None) -> LedgerOverview:
    return overview(acting(request), month or month_of(clock.today()))


@router.get("/ledger/lagging", response=list[LedgerLagging], auth=schedulers)
def get_lagging(request: HttpRequest) -> list[LedgerLagging]:
    """Stays whose running month will fall short by what is planned, once both sides were told."""
    return lagging(acting(request))


@router.put("/ledger/sessions/{int:session_id}/turnout", response={204: None}, auth=schedulers)
def put_turnout(request: HttpRequest, session_id: int, wish: LedgerTurnoutIn) -> Status[None]:
    """How many came to a session that nobody books."""
    session = fetch(acting(request), "count_people", Session.objects.all(), session_id)
    count_people(session=session.pk, visits=wish.visits, newcomers=wish.newcomers, by=acting(request).person)
    return Status(204, None)


@router.get("/ledger/{int:residency_id}", response=LedgerDetail, auth=staff)
def get_stay(request: HttpRequest, residency_id: int, last: LedgerMonthDay | None = None) -> LedgerDetail:
    """Its months up to `last`, the agreements, and what one may do."""
    return detail(acting(request), _stay(request, residency_id), last or month_of(clock.today()))


@router.post("/ledger/{int:residency_id}/agreements", response=LedgerDetail, auth=planners)
def post_agreement(request: HttpRequest, residency_id: int, wish: LedgerTerms) -> LedgerDetail:
    stay, by = _speaking(request, residency_id, "hub")
    terms = Terms(
        valid_from=wish.valid_from,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        rooms=wish.rooms,
        room_minutes=wish.room_minutes,
        owed={str(code): number for code, number in wish.owed.items()},
    )
    agree(residency=stay.pk, terms=terms, by=by)
    return get_stay(request, residency_id)


@router.get("/ledger/{int:residency_id}/months/{month}", response=LedgerMonthDetail, auth=staff)
def get_month(request: HttpRequest, residency_id: int, month: LedgerMonthDay) -> LedgerMonthDetail:
    """Where its figures come from."""
    return month_detail(acting(request), _stay(request, residency_id), month)


@router.post("/ledger/{int:residency_id}/months/{month}/yes", response=LedgerMonthDetail, auth=schedulers)
def post_yes(request: HttpRequest, residency_id: int, month: LedgerMonthDay, wish: LedgerYesIn) -> LedgerMonthDetail:
    """So it was, says one side. With both it is closed."""
    stay, by = _speaking(request, residency_id, wish.side)
    say_yes(residency=stay.pk, of=month, side=wish.side, seen=wish.seen, by=by)
    return get_month(request, residency_id, month)


@router.post("/ledger/{int:residency_id}/months/{month}/corrections", response=LedgerMonthDetail, auth=schedulers)
def post_correction(
    request: HttpRequest, residency_id: int, month: LedgerMonthDay, wish: LedgerCorrectionIn
) -> LedgerMonthDetail:
    """Of a closed month."""
    stay, by = _speaking(request, residency_id, wish.side)
    closing = Closing.objects.filter(residency=stay, month=month).first()
    if closing is None:
        raise Refused("month_not_closed")
    correct(closing=closing.pk, figure=wish.figure, change=wish.change, reason=wish.reason, side=wish.side, by=by)
    return get_month(request, residency_id, month)


@router.post(
    "/ledger/{int:residency_id}/corrections/{int:correction_id}/confirm", response=LedgerMonthDetail, auth=schedulers
)
def post_correction_confirmed(
    request: HttpRequest, residency_id: int, correction_id: int, wish: LedgerSideIn
) -> LedgerMonthDetail:
    stay, by = _speaking(request, residency_id, wish.side)
    row = _correction(stay, correction_id)
    confirm_correction(correction=row.pk, side=wish.side, by=by)
    return get_month(request, residency_id, row.closing.month)


@router.post(
    "/ledger/{int:residency_id}/corrections/{int:correction_id}/refuse", response=LedgerMonthDetail, auth=schedulers
)
def post_correction_refused(
    request: HttpRequest, residency_id: int, correction_id: int, wish: LedgerRefusalIn
) -> LedgerMonthDetail:
    """It stays in sight, with the reason."""
    stay, by = _speaking(request, residency_id, wish.side)
    row = _correction(stay, correction_id)
    refuse_correction(correction=row.pk, reason=wish.reason, side=wish.side, by=by)
    return get_month(request, residency_id, row.closing.month)


@router.post("/ledger/{int:residency_id}/casework", response=LedgerMonthDetail, auth=schedulers)
def post_casework(request: HttpRequest, residency_id: int, wish: LedgerCaseworkIn) -> LedgerMonthDetail:
    """Entered by the agency."""
    stay, by = _speaking(request, residency_id, "agency")
    enter_casework(residency=stay.pk, day=wish.day, count=wish.count, by=by)
    return get_month(request, residency_id, month_of(wish.day))


@router.post("/ledger/{int:residency_id}/casework/{int:casework_id}/confirm", response=LedgerMonthDetail, auth=planners)
def post_casework_confirmed(request: HttpRequest, residency_id: int, casework_id: int) -> LedgerMonthDetail:
    """Seen by the hub."""
    stay, by = _speaking(request, residency_id, "hub")
    row = confirm_casework(casework=_casework(stay, casework_id).pk, by=by)
    return get_month(request, residency_id, month_of(row.day))


@router.delete("/ledger/{int:residency_id}/casework/{int:casework_id}", response=LedgerMonthDetail, auth=schedulers)
def delete_casework(request: HttpRequest, residency_id: int, casework_id: int) -> LedgerMonthDetail:
    """Entered wrongly, and not confirmed yet."""
    stay, by = _speaking(request, residency_id, "agency")
    row = _casework(stay, casework_id)
    take_back_casework(casework=row.pk, by=by)
    return get_month(request, residency_id, month_of(row.day))


def _correction(stay: Residency, correction_id: int) -> Correction:
    row = Correction.objects.filter(closing__residency=stay, pk=correction_id).select_related("closing").first()
    if row is None:
        raise Refused("not_found", model="correction", id=correction_id)
    return row


def _casework(stay: Residency, casework_id: int) -> Casework:
    row = Casework.objects.filter(residency=stay, pk=casework_id).first()
    if row is None:
        raise Refused("not_found", model="casework", id=casework_id)
    return row
