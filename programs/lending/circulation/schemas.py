"""What the API says of books on their way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema

from hub import clock
from hub.errors import Refused
from hub.places.models import Hub
from programs.lending.circulation.family import HubLine, MyHold, MyLoan, ReaderBooks, TitleForMe
from programs.lending.circulation.models import Hold, Loan, Step
from programs.lending.circulation.readers import Reader
from programs.lending.circulation.snail import Snail
from programs.lending.covers import address_of
from programs.lending.models import Copy, Title
from scheduling.sessions.models import Session


class BookBrief(Schema):
    id: int
    name: str
    authors: str
    clc_code: str
    cover: str


class BookSite(Schema):
    id: int
    name: str


class HandedOverAt(Schema):
    """The session at which a book is handed over."""

    id: int
    program: str
    starts_at: dt.datetime


class WhyNot(Schema):
    code: str
    facts: dict[str, Any]


class LoanOut(Schema):
    id: int
    book: BookBrief
    due_on: dt.date
    late: bool
    renewals: int
    not_renewable: WhyNot | None


class BookHoldOut(Schema):
    id: int
    reader: int
    book: BookBrief
    state: Hold.State
    hub: BookSite
    with_session: bool
    session: HandedOverAt | None
    fetch_by: dt.date | None
    ahead: int
    """How many wait before them."""


class SnailOut(Schema):
    points: int
    towns: int
    place: str
    to_next: int
    rounds: int


class ReaderOut(Schema):
    id: int
    name: str
    child: bool


class ReaderBooksOut(ReaderOut):
    loans: list[LoanOut]
    holds: list[BookHoldOut]
    snail: SnailOut | None
    """Children have one."""


class MyBooksOut(Schema):
    head: int
    """Where the person's live topic stood when this was read."""
    readers: list[ReaderBooksOut]


class HubLineOut(Schema):
    hub: BookSite
    copies: int
    on_shelf: int
    waiting: int


class TitleForMeOut(Schema):
    """What one may do about a title: borrow it where it stands, or wait for it."""

    hubs: list[HubLineOut]
    readers: list[ReaderOut]
    holds: list[BookHoldOut]
    """My readers' holds of this title."""


class BookHoldIn(Schema):
    hub: int
    reader: int
    with_session: bool = False


class StepOut(Schema):
    reason: Step.Reason
    book: str
    points: int
    at: dt.datetime


class SnailOfOut(ReaderOut):
    snail: SnailOut
    steps: list[StepOut]
    """The latest."""


class ScannedCopyOut(Schema):
    """A scanned copy, to whoever stands before the shelf with it."""

    id: int
    book: BookBrief
    hub: BookSite
    refused: WhyNot | None
    """Why it can't be borrowed now."""
    mine: bool
    """Lent to somebody of one's family."""
    readers: list[ReaderOut]


class BorrowIn(Schema):
    reader: int


class RenewalOut(Schema):
    book: str
    due_on: dt.date
    renewed: bool
    not_renewable: WhyNot | None


class RenewalsOut(Schema):
    loans: list[RenewalOut]


def book_out(title: Title) -> BookBrief:
    return BookBrief(
        id=title.pk, name=title.name, authors=title.authors, clc_code=title.clc_code, cover=address_of(title)
    )


def place_out(hub: Hub) -> BookSite:
    return BookSite(id=hub.pk, name=hub.name)


def refusal_out(refused: Refused | None) -> WhyNot | None:
    return WhyNot(code=refused.code, facts=refused.facts) if refused else None


def loan_out(mine: MyLoan) -> LoanOut:
    loan = mine.loan
    return LoanOut(
        id=loan.pk,
        book=book_out(loan.copy.title),
        due_on=loan.due_on,
        late=is_late(loan),
        renewals=loan.renewals,
        not_renewable=refusal_out(mine.not_renewable),
    )


def is_late(loan: Loan) -> bool:
    return loan.due_on < clock.today()


def hold_out(mine: MyHold) -> BookHoldOut:
    hold = mine.hold
    return BookHoldOut(
        id=hold.pk,
        reader=hold.reader_id,
        book=book_out(hold.title),
        state=Hold.State(hold.state),
        hub=place_out(hold.hub),
        with_session=hold.with_session,
        session=occasion_out(hold.session),
        fetch_by=hold.fetch_by,
        ahead=mine.ahead,
    )


def occasion_out(session: Session | None) -> HandedOverAt | None:
    if session is None:
        return None
    return HandedOverAt(id=session.pk, program=session.program.name, starts_at=session.starts_at)


def snail_out(snail: Snail) -> SnailOut:
    return SnailOut(
        points=snail.points, towns=snail.towns, place=snail.place, to_next=snail.to_next, rounds=snail.rounds
    )


def reader_out(reader: Reader) -> ReaderOut:
    return ReaderOut(id=reader.person.pk, name=reader.person.name, child=reader.child)


def reader_books_out(books: ReaderBooks) -> ReaderBooksOut:
    return ReaderBooksOut(
        **reader_out(books.reader).dict(),
        loans=[loan_out(one) for one in books.loans],
        holds=[hold_out(one) for one in books.holds],
        snail=snail_out(books.snail) if books.snail else None,
    )


def line_out(line: HubLine) -> HubLineOut:
    return HubLineOut(hub=place_out(line.hub), copies=line.copies, on_shelf=line.on_shelf, waiting=line.waiting)


def title_for_me_out(found: TitleForMe) -> TitleForMeOut:
    return TitleForMeOut(
        hubs=[line_out(one) for one in found.hubs],
        readers=[reader_out(one) for one in found.readers],
        holds=[hold_out(one) for one in found.holds],
    )


def step_out(step: Step) -> StepOut:
    return StepOut(reason=Step.Reason(step.reason), book=step.title.name, points=step.points, at=step.at)


def copy_here_out(copy: Copy, *, refused: Refused | None, mine: bool, readers: list[Reader]) -> ScannedCopyOut:
    return ScannedCopyOut(
        id=copy.pk,
        book=book_out(copy.title),
        hub=place_out(copy.hub),
        refused=refusal_out(refused),
        mine=mine,
        readers=[reader_out(one) for one in readers],
    )
