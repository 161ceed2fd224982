"""The staff's desk: lend and take back in a row, what is late, what is set aside."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from hub.access.actor import Actor
from hub.access.operations import acting, schedulers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.places.models import Hub
from programs.lending.circulation.desk import holds_at, loans_out
from programs.lending.circulation.holds import arrive, miss
from programs.lending.circulation.loans import lend, lose, take_back
from programs.lending.circulation.models import Hold, Loan
from programs.lending.circulation.readers import find_readers, reader_said
from programs.lending.circulation.scanning import copies_scanned
from programs.lending.circulation.schemas import (
    BookBrief,
    BookSite,
    HandedOverAt,
    ReaderOut,
    book_out,
    is_late,
    occasion_out,
    place_out,
    reader_out,
)
from programs.lending.circulation.snail import credit
from programs.lending.models import Copy

router = Router()


class DeskLoanOut(Schema):
    id: int
    book: BookBrief
    sticker: str
    reader: str
    due_on: dt.date
    late: bool
    told_late: bool


class DeskLoansOut(Schema):
    loans: list[DeskLoanOut]
    total: int


class DeskHoldOut(Schema):
    id: int
    book: BookBrief
    sticker: str
    reader: str
    state: Hold.State
    session: HandedOverAt | None
    fetch_by: dt.date | None


class DeskCopyOut(Schema):
    id: int
    book: BookBrief
    sticker: str
    state: Copy.State
    hub: BookSite
    loan: DeskLoanOut | None
    kept_for: DeskHoldOut | None


class DeskReaderOut(ReaderOut):
    out: int
    """How many books they have."""


class LendIn(Schema):
    copy_id: int
    reader: int
    said: str = Field(max_length=60)
    """What they were found by: a name, or the guardian's whole number."""


class TakeBackIn(Schema):
    copy_id: int
    damaged: bool = False


class TakenBackOut(Schema):
    loan: DeskLoanOut
    kept_for: DeskHoldOut | None
    """Somebody waits for it: on the set-aside shelf, not on the others."""
    hub: BookSite
    """Where it belongs now: another one when it has to be brought there."""


class CreditIn(Schema):
    copy_id: int
    child: int
    said: str = Field(max_length=60)


class MissIn(Schema):
    damaged: bool


def _hub(actor: Actor, pk: int) -> Hub:
    return fetch(actor, "keep_books", Hub.objects.all(), pk)


@router.get("/lending/hubs", response=list[BookSite], auth=schedulers)
def get_hubs(request: HttpRequest) -> list[BookSite]:
    """Where one keeps books."""
    mine = visible(acting(request), "keep_books", Hub.objects.filter(kind=Hub.Kind.HUB))
    return [place_out(hub) for hub in mine.order_by("name")]


@router.get("/lending/hubs/{int:hub_id}/readers", response=list[DeskReaderOut], auth=schedulers)
def get_readers(request: HttpRequest, response: HttpResponse, hub_id: int, said: str = "") -> list[DeskReaderOut]:
    """Whom to lend to: a family by its guardian's whole number, children known from a session by name. Logged."""
    actor = acting(request)
    response["Cache-Control"] = "no-store"
    found = find_readers(actor=actor, hub=_hub(actor, hub_id), said=said)
    out = list(Loan.objects.filter(reader__in=[one.person.pk for one in found], ended="").values_list("reader"))
    return [DeskReaderOut(**reader_out(one).dict(), out=out.count((one.person.pk,))) for one in found]


@router.get("/lending/hubs/{int:hub_id}/copies", response=list[DeskCopyOut], auth=schedulers)
def get_copies(request: HttpRequest, hub_id: int, code: str) -> list[DeskCopyOut]:
    """What was scanned: a sticker's copy, or all of an ISBN's."""
    _hub(acting(request), hub_id)
    return [_copy(one) for one in copies_scanned(code)]


@router.post("/lending/hubs/{int:hub_id}/lend", response=DeskLoanOut, auth=schedulers)
def post_lend(request: HttpRequest, hub_id: int, wish: LendIn) -> DeskLoanOut:
    actor = acting(request)
    hub = _hub(actor, hub_id)
    if not Copy.objects.filter(pk=wish.copy_id, hub=hub).exists():
        raise Refused("not_found", model="copy", id=wish.copy_id)
    reader = reader_said(actor, wish.said, wish.reader)
    return _loan(lend(copy=wish.copy_id, reader=reader.person.pk, by=actor.person))


@router.post("/lending/hubs/{int:hub_id}/take-back", response=TakenBackOut, auth=schedulers)
def post_take_back(request: HttpRequest, hub_id: int, given: TakeBackIn) -> TakenBackOut:
    """Any hub's book, lent to anybody."""
    actor = acting(request)
    hub = _hub(actor, hub_id)
    loan = take_back(copy=given.copy_id, hub=hub.pk, by=actor.person, damaged=given.damaged)
    kept = Hold.objects.filter(copy=given.copy_id, state__in=Hold.HAS_COPY)
    kept_for = kept.select_related("title", "copy", "reader", "hub", "session__program").first()
    return TakenBackOut(
        loan=_loan(loan),
        kept_for=_hold(kept_for) if kept_for else None,
        hub=place_out(kept_for.hub if kept_for else hub),
    )


@router.get("/lending/hubs/{int:hub_id}/loans", response=DeskLoansOut, auth=schedulers)
def get_loans(request: HttpRequest, hub_id: int, late: bool = False, skip: int = 0) -> DeskLoansOut:
    """What is out, what is due first, first."""
    page = loans_out(_hub(acting(request), hub_id), late=late, skip=skip)
    return DeskLoansOut(loans=[_loan(one) for one in page.loans], total=page.total)


@router.get("/lending/hubs/{int:hub_id}/holds", response=list[DeskHoldOut], auth=schedulers)
def get_holds(request: HttpRequest, hub_id: int) -> list[DeskHoldOut]:
    """The set-aside shelf, and what is being brought."""
    return [_hold(one) for one in holds_at(_hub(acting(request), hub_id))]


@router.post("/lending/hubs/{int:hub_id}/credit", response={204: None}, auth=schedulers)
def post_credit(request: HttpRequest, hub_id: int, wish: CreditIn) -> None:
    """The child brought this book for the shelf."""
    actor = acting(request)
    hub = _hub(actor, hub_id)
    if not Copy.objects.filter(pk=wish.copy_id, hub=hub).exists():
        raise Refused("not_found", model="copy", id=wish.copy_id)
    child = reader_said(actor, wish.said, wish.child)
    credit(copy=wish.copy_id, child=child.person.pk, by=actor.person)


@router.post("/lending/loans/{int:loan_id}/lose", response=DeskLoanOut, auth=schedulers)
def post_lose(request: HttpRequest, loan_id: int) -> DeskLoanOut:
    """It does not come back; nobody is blamed."""
    actor = acting(request)
    row = fetch(actor, "manage", Loan.objects.all(), loan_id)
    return _loan(lose(loan=row.pk, by=actor.person))


@router.post("/lending/holds/{int:hold_id}/arrive", response={204: None}, auth=schedulers)
def post_arrive(request: HttpRequest, hold_id: int) -> None:
    actor = acting(request)
    arrive(hold=fetch(actor, "manage", Hold.objects.all(), hold_id).pk, by=actor.person)


@router.post("/lending/holds/{int:hold_id}/miss", response={204: None}, auth=schedulers)
def post_miss(request: HttpRequest, hold_id: int, found: MissIn) -> None:
    """What was to be set aside is damaged or can't be found: whoever waits goes on waiting, first in line."""
    actor = acting(request)
    row = fetch(actor, "manage", Hold.objects.all(), hold_id)
    miss(hold=row.pk, damaged=found.damaged, by=actor.person)


def _loan(row: Loan) -> DeskLoanOut:
    return DeskLoanOut(
        id=row.pk,
        book=book_out(row.copy.title),
        sticker=row.copy.sticker or "",
        reader=row.reader.name,
        due_on=row.due_on,
        late=is_late(row),
        told_late=row.told_late,
    )


def _hold(row: Hold) -> DeskHoldOut:
    return DeskHoldOut(
        id=row.pk,
        book=book_out(row.title),
        sticker=(row.copy.sticker or "") if row.copy else "",
        reader=row.reader.name,
        state=Hold.State(row.state),
        session=occasion_out(row.session),
        fetch_by=row.fetch_by,
    )


def _copy(row: Copy) -> DeskCopyOut:
    out, kept = row.out, row.kept  # type: ignore[attr-defined]
    for one in [*out, *kept]:
        one.copy = row
        one.title = row.title
    return DeskCopyOut(
        id=row.pk,
        book=book_out(row.title),
        sticker=row.sticker or "",
        state=Copy.State(row.state),
        hub=place_out(row.hub),
        loan=_loan(out[0]) if out else None,
        kept_for=_hold(kept[0]) if kept else None,
    )
