"""What the API says of books."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Field, Schema

from hub.places.models import Hub
from programs.lending.covers import address_of
from programs.lending.models import Copy, Title
from programs.lending.shelves import Stock

Line = Annotated[str, Field(max_length=200)]
Short = Annotated[str, Field(max_length=100)]


class BookRow(Schema):
    """A title as a list has it."""

    id: int
    name: str
    subtitle: str
    authors: str
    cover: str
    isbn: str
    clc_code: str
    copies: int
    free: int


class Books(Schema):
    total: int
    page: int
    """Rows on a page."""
    rows: list[BookRow]


class ShelfOut(Schema):
    code: str
    titles: int


class BookHouse(Schema):
    id: int
    name: str
    address: str


class BookShelves(Schema):
    shelves: list[ShelfOut]
    houses: list[BookHouse]
    """Hubs that have books."""


class BookPlace(BookHouse):
    """Where a book is."""

    copies: int
    free: int


class BookOut(BookRow):
    publisher: str
    published_year: int | None
    cip_number: str
    summary: str
    places: list[BookPlace]
    editable: bool


class BookCopy(Schema):
    id: int
    title_id: int
    title: str
    hub_id: int
    hub: str
    sticker: str
    state: Copy.State
    manageable: bool


class BookCopies(Schema):
    rows: list[BookCopy]
    more: bool


class TitleIn(Schema):
    """What is said of a title."""

    name: Line
    subtitle: Line = ""
    authors: Line = ""
    publisher: Short = ""
    published_year: int | None = None
    isbn: Annotated[str, Field(max_length=40)] = ""
    clc_code: Annotated[str, Field(max_length=30)] = ""
    cip_number: Annotated[str, Field(max_length=60)] = ""
    summary: Annotated[str, Field(max_length=2000)] = ""


class CopiesIn(Schema):
    hub_id: int
    count: Annotated[int, Field(ge=1, le=50)] = 1
    sticker: Annotated[str, Field(max_length=200)] = ""


class NewBook(Schema):
    book: TitleIn
    copies: CopiesIn


class IsbnOut(Schema):
    isbn: str
    book: BookOut | None
    """The title that has it, where one does."""


class CopyMark(Schema):
    state: Copy.State


class BookDesk(Schema):
    """The books of one hub, in figures, and where one looks after books."""

    hubs: list[BookHouse]
    titles: int
    copies: int
    on_shelf: int
    lent: int
    set_aside: int
    damaged: int
    lost: int


class StickerSheetIn(Schema):
    hub_id: int
    count: Annotated[int, Field(ge=1)]


class StickerSheetOut(Schema):
    id: int
    hub: str
    created_at: dt.datetime
    stickers: int
    worn: int


class StickerOut(Schema):
    """What a scanned sticker opens."""

    code: str
    hub: str
    book: BookOut | None
    """None while it is on no book."""
    held: BookCopy | None
    """For staff."""
    takeable: bool
    """Whether who asks may put it on a book."""


def book_row(title: Title, places: dict[int, Stock]) -> BookRow:
    return BookRow(**_row(title, places))


def book_out(title: Title, places: dict[int, Stock], hubs: dict[int, Hub], *, editable: bool) -> BookOut:
    return BookOut(
        **_row(title, places),
        publisher=title.publisher,
        published_year=title.published_year,
        cip_number=title.cip_number,
        summary=title.summary,
        places=[BookPlace(**vars(house(hubs[hub])), **vars(stock)) for hub, stock in places.items()],
        editable=editable,
    )


def _row(title: Title, places: dict[int, Stock]) -> dict[str, Any]:
    return {
        "id": title.pk,
        "name": title.name,
        "subtitle": title.subtitle,
        "authors": title.authors,
        "cover": address_of(title),
        "isbn": title.isbn,
        "clc_code": title.clc_code,
        "copies": sum(one.copies for one in places.values()),
        "free": sum(one.free for one in places.values()),
    }


def house(hub: Hub) -> BookHouse:
    return BookHouse(id=hub.pk, name=hub.name, address=hub.address)


def copy_out(copy: Copy, *, manageable: bool) -> BookCopy:
    return BookCopy(
        id=copy.pk,
        title_id=copy.title_id,
        title=copy.title.name,
        hub_id=copy.hub_id,
        hub=copy.hub.name,
        sticker=copy.sticker or "",
        state=Copy.State(copy.state),
        manageable=manageable,
    )
