"""The family's side: our books, waiting for one, borrowing one that is in hand."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub.access.actor import Actor
from hub.access.operations import Allow, acting, guardians
from hub.access.rules import fetch, visible
from hub.live.read import heads
from hub.people.models import Role
from programs.lending.circulation import desk_api, figures, renewals_api
from programs.lending.circulation.family import judged, latest_steps, my_books, title_for, with_places
from programs.lending.circulation.holds import cancel_hold, place_hold
from programs.lending.circulation.loans import lend, renew, why_not_lend
from programs.lending.circulation.models import Hold, Loan
from programs.lending.circulation.readers import own_reader, own_readers
from programs.lending.circulation.scanning import copy_by_sticker
from programs.lending.circulation.schemas import (
    BookHoldIn,
    BookHoldOut,
    BorrowIn,
    LoanOut,
    MyBooksOut,
    ScannedCopyOut,
    SnailOfOut,
    TitleForMeOut,
    copy_here_out,
    hold_out,
    loan_out,
    reader_books_out,
    reader_out,
    snail_out,
    step_out,
    title_for_me_out,
)
from programs.lending.circulation.snail import snails_of
from programs.lending.models import Title

router = Router()
router.add_router("", desk_api.router)
router.add_router("", renewals_api.router)
router.add_router("", figures.router)
borrowers = Allow(Role.GUARDIAN, Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR)


@router.get("/lending/mine", response=MyBooksOut, auth=guardians)
def get_mine(request: HttpRequest) -> MyBooksOut:
    """What each reader of the family has and waits for."""
    actor = acting(request)
    topic = f"person:{actor.person.pk}"
    head = heads([topic]).get(topic, 0)
    return MyBooksOut(head=head, readers=[reader_books_out(one) for one in my_books(actor)])


@router.get("/lending/snails", response=list[SnailOfOut], auth=guardians)
def get_snails(request: HttpRequest) -> list[SnailOfOut]:
    """Of one's own children alone."""
    children = [one for one in own_readers(acting(request)) if one.child]
    ids = [one.person.pk for one in children]
    snails, steps = snails_of(ids), latest_steps(ids)
    return [
        SnailOfOut(
            **reader_out(one).dict(),
            snail=snail_out(snails[one.person.pk]),
            steps=[step_out(step) for step in steps[one.person.pk]],
        )
        for one in children
    ]


@router.get("/lending/titles/{int:title_id}", response=TitleForMeOut, auth=guardians)
def get_title_for_me(request: HttpRequest, title_id: int) -> TitleForMeOut:
    actor = acting(request)
    return title_for_me_out(title_for(actor, fetch(actor, "view", Title.objects.all(), title_id)))


@router.post("/lending/titles/{int:title_id}/holds", response=BookHoldOut, auth=guardians)
def post_hold(request: HttpRequest, title_id: int, wish: BookHoldIn) -> BookHoldOut:
    """预借: a place in the hub's line, or set aside at once."""
    actor = acting(request)
    title = fetch(actor, "view", Title.objects.all(), title_id)
    reader = own_reader(actor, wish.reader)
    row = place_hold(
        title=title.pk, hub=wish.hub, reader=reader.person.pk, with_session=wish.with_session, by=actor.person
    )
    return _hold(row)


@router.post("/lending/holds/{int:hold_id}/cancel", response=BookHoldOut, auth=borrowers)
def post_cancel(request: HttpRequest, hold_id: int) -> BookHoldOut:
    actor = acting(request)
    return _hold(cancel_hold(hold=_own_or_managed(actor, Hold, hold_id), by=actor.person))


@router.post("/lending/loans/{int:loan_id}/renew", response=LoanOut, auth=borrowers)
def post_renew(request: HttpRequest, loan_id: int) -> LoanOut:
    actor = acting(request)
    row = renew(loan=_own_or_managed(actor, Loan, loan_id), by=actor.person)
    return loan_out(judged(Loan.objects.filter(pk=row.pk))[0])


@router.get("/lending/stickers/{code}", response=ScannedCopyOut, auth=guardians)
def get_copy_here(request: HttpRequest, code: str) -> ScannedCopyOut:
    """The book in hand: may I take it along?"""
    copy = copy_by_sticker(code)
    readers = own_readers(acting(request))
    families = {one.family for one in readers}
    out, kept = copy.out, copy.kept  # type: ignore[attr-defined]
    mine = any(loan.family_id in families for loan in out)
    refused = why_not_lend(copy, kept[0] if kept else None, families=families)
    return copy_here_out(copy, refused=refused, mine=mine, readers=readers)


@router.post("/lending/stickers/{code}/borrow", response=LoanOut, auth=guardians)
def post_borrow(request: HttpRequest, code: str, wish: BorrowIn) -> LoanOut:
    """Self-service: who has scanned the sticker has the book in hand."""
    actor = acting(request)
    reader = own_reader(actor, wish.reader)
    row = lend(copy=copy_by_sticker(code).pk, reader=reader.person.pk, by=actor.person)
    return loan_out(judged(Loan.objects.filter(pk=row.pk))[0])


def _own_or_managed(actor: Actor, model: type[Hold] | type[Loan], pk: int) -> int:
    if not visible(actor, "own", model._default_manager.filter(pk=pk)).exists():
        fetch(actor, "manage", model._default_manager.all(), pk)
    return pk


def _hold(row: Hold) -> BookHoldOut:
    return hold_out(with_places(Hold.objects.filter(pk=row.pk))[0])
