"""/api/hours: what I served, what staff confirm, approve, answer and enter, and the export."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from hub import clock
from hub.access.operations import acting, administrators, schedulers, signed_in, staff, volunteers
from hub.access.rules import fetch, visible
from volunteers.hours.by_hand import approve, back_enter, correct, reject
from volunteers.hours.confirming import answer, confirm_for_hub, confirm_mine, dispute
from volunteers.hours.exports_api import router as exports_router
from volunteers.hours.figures import figures_on, set_figures
from volunteers.hours.models import HoursSettings, ServiceRecord
from volunteers.hours.owed import served_by
from volunteers.hours.reading import desk, my_hours, record_detail
from volunteers.hours.schemas import (
    HoursBackEntry,
    HoursConfirm,
    HoursConfirmed,
    HoursDesk,
    HoursFigures,
    HoursFiguresWish,
    HoursMine,
    HoursRecordDetail,
    HoursTimes,
    HoursWords,
)
from volunteers.profile import profile_of

router = Router()
router.add_router("", exports_router)


def _fetch(request: HttpRequest, action: str, record_id: int) -> ServiceRecord:
    return fetch(acting(request), action, ServiceRecord.objects.all(), record_id)


@router.get("/hours/mine", response=HoursMine, auth=volunteers)
def get_my_hours(request: HttpRequest, before: int | None = None) -> HoursMine:
    return my_hours(profile_of(acting(request).person.pk), before)


@router.get("/hours/records/{int:record_id}", response=HoursRecordDetail, auth=signed_in)
def get_record(request: HttpRequest, record_id: int) -> HoursRecordDetail:
    return record_detail(_fetch(request, "view", record_id))


@router.post("/hours/records/{int:record_id}/confirm", response=HoursRecordDetail, auth=volunteers)
def post_confirm_mine(request: HttpRequest, record_id: int) -> HoursRecordDetail:
    """So it was, says the volunteer."""
    return record_detail(confirm_mine(record=_fetch(request, "answer", record_id).pk, by=acting(request).person))


@router.post("/hours/records/{int:record_id}/dispute", response=HoursRecordDetail, auth=volunteers)
def post_dispute(request: HttpRequest, record_id: int, wish: HoursWords) -> HoursRecordDetail:
    row = dispute(record=_fetch(request, "answer", record_id).pk, words=wish.words, by=acting(request).person)
    return record_detail(row)


@router.get("/hours/desk", response=HoursDesk, auth=staff)
def get_desk(request: HttpRequest) -> HoursDesk:
    return desk(acting(request))


@router.post("/hours/confirm", response=HoursConfirmed, auth=schedulers)
def post_confirm(request: HttpRequest, wish: HoursConfirm) -> HoursConfirmed:
    """The records of a session, with one tap. What is not theirs to confirm is passed over."""
    actor = acting(request)
    mine = visible(actor, "vouch", ServiceRecord.objects.filter(pk__in=wish.records))
    keys = list(mine.values_list("pk", flat=True))
    return HoursConfirmed(confirmed=len(confirm_for_hub(records=keys, by=actor.person)))


@router.post("/hours/records/{int:record_id}/answer", response=HoursRecordDetail, auth=schedulers)
def post_answer(request: HttpRequest, record_id: int, wish: HoursWords) -> HoursRecordDetail:
    """A dispute is answered: it stays as it is, because."""
    row = answer(record=_fetch(request, "vouch", record_id).pk, words=wish.words, by=acting(request).person)
    return record_detail(row)


@router.post("/hours/records/{int:record_id}/correct", response=HoursRecordDetail, auth=schedulers)
def post_correction(request: HttpRequest, record_id: int, wish: HoursTimes) -> HoursRecordDetail:
    row = correct(
        record=_fetch(request, "vouch", record_id).pk,
        started_at=wish.started_at,
        ended_at=wish.ended_at,
        reason=wish.reason,
        by=acting(request).person,
    )
    return record_detail(row)


@router.post("/hours/records/{int:record_id}/approve", response=HoursRecordDetail, auth=schedulers)
def post_approval(request: HttpRequest, record_id: int) -> HoursRecordDetail:
    """The second person says that a back-entry or a correction is right."""
    return record_detail(approve(record=_fetch(request, "vouch", record_id).pk, by=acting(request).person))


@router.post("/hours/records/{int:record_id}/reject", response=HoursRecordDetail, auth=schedulers)
def post_rejection(request: HttpRequest, record_id: int, wish: HoursWords) -> HoursRecordDetail:
    row = reject(record=_fetch(request, "vouch", record_id).pk, reason=wish.words, by=acting(request).person)
    return record_detail(row)


@router.post("/hours/back-entries", response={201: HoursRecordDetail}, auth=schedulers)
def post_back_entry(request: HttpRequest, wish: HoursBackEntry) -> Status[HoursRecordDetail]:
    """Somebody served and has no record: entered afterwards, with a reason."""
    actor = acting(request)
    served = served_by(actor, wish.session_uid, wish.volunteer_id)
    row = back_enter(
        volunteer=served.volunteer,
        work=served.work,
        started_at=wish.started_at,
        ended_at=wish.ended_at,
        reason=wish.reason,
        by=actor.person,
    )
    return Status(201, record_detail(row))


@router.get("/settings/hours", response=HoursFigures, auth=staff)
def get_figures(request: HttpRequest) -> HoursFigures:
    return figures_out(figures_on(clock.today()))


@router.put("/settings/hours", response=HoursFigures, auth=administrators)
def put_figures(request: HttpRequest, wish: HoursFiguresWish) -> HoursFigures:
    """From a day on; what held before keeps holding for the days before."""
    return figures_out(set_figures(**wish.dict(), by=acting(request).person))


def figures_out(row: HoursSettings) -> HoursFigures:
    return HoursFigures(
        valid_from=row.valid_from,
        star_hours=row.star_hours,
        silence_days=row.silence_days,
        entry_working_days=row.entry_working_days,
    )
