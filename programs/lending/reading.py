"""Books as pages read them."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from hub.access.actor import Actor
from hub.access.rules import fetch, may, visible
from hub.errors import Refused
from hub.places.models import Hub
from programs.lending.copies import read_sticker
from programs.lending.finding import PAGE, find
from programs.lending.models import Copy, Sticker, StickerSheet, Title
from programs.lending.schemas import (
    BookCopies,
    BookCopy,
    BookDesk,
    BookOut,
    Books,
    BookShelves,
    ShelfOut,
    StickerOut,
    StickerSheetOut,
    book_out,
    book_row,
    copy_out,
    house,
)
from programs.lending.shelves import houses, shelves, stock_of
from programs.lending.stickers import find_sticker

FARTHEST = 100_000
COPIES_A_PAGE = 50
SHEETS = 20


def books(*, query: str, by: Actor, hub: int | None, shelf: str, skip: int) -> Books:
    found = find(query=query, by=by, hub=hub, shelf=shelf, skip=min(max(skip, 0), FARTHEST))
    stock = stock_of(found.titles)
    if hub is not None:
        stock = {title: {hub: places[hub]} for title, places in stock.items() if hub in places}
    return Books(
        total=found.total, page=PAGE, rows=[book_row(title, stock.get(title.pk, {})) for title in found.titles]
    )


def all_shelves(*, by: Actor, hub: int | None) -> BookShelves:
    there = visible(by, "view", Hub.objects.filter(pk__in=houses())).order_by("pk")
    return BookShelves(
        shelves=[ShelfOut(**vars(one)) for one in shelves(hub=hub)],
        houses=[house(one) for one in there],
    )


def book(title: Title, by: Actor | None) -> BookOut:
    places = stock_of([title]).get(title.pk, {})
    editable = by is not None and may(by, "edit", title)
    return book_out(title, places, Hub.objects.in_bulk(list(places)), editable=editable)


def copies(
    *, by: Actor, title: int | None = None, hub: int | None = None, state: str = "", skip: int = 0
) -> BookCopies:
    """Of a title, or of a hub, those in one state; the newest first."""
    rows = visible(by, "view", Copy.objects.select_related("title", "hub")).order_by("-pk")
    if title is not None:
        rows = rows.filter(title=title)
    if hub is not None:
        rows = rows.filter(hub=hub)
    rows = rows.filter(state=state) if state else rows.exclude(state=Copy.State.WITHDRAWN)
    page = list(rows[skip : skip + COPIES_A_PAGE + 1])
    return BookCopies(rows=_managed(page[:COPIES_A_PAGE], by), more=len(page) > COPIES_A_PAGE)


def _managed(rows: list[Copy], by: Actor) -> list[BookCopy]:
    mine = set(visible(by, "manage", Copy.objects.filter(pk__in=[one.pk for one in rows])).values_list("pk", flat=True))
    return [copy_out(one, manageable=one.pk in mine) for one in rows]


def desk(*, by: Actor, hub: int | None) -> BookDesk:
    kept = visible(by, "keep_books", Hub.objects.filter(kind=Hub.Kind.HUB)).order_by("pk")
    here = visible(by, "view", Copy.objects.filter(hub__in=kept if hub is None else kept.filter(pk=hub)))
    states = Copy.State
    figures = here.aggregate(
        titles=Count("title", distinct=True, filter=~Q(state__in=Copy.GONE)),
        copies=Count("pk", filter=~Q(state__in=Copy.GONE)),
        **{
            one: Count("pk", filter=Q(state=one))
            for one in (states.ON_SHELF, states.LENT, states.SET_ASIDE, states.DAMAGED, states.LOST)
        },
    )
    return BookDesk(hubs=[house(one) for one in kept], **figures)


def sheets(*, by: Actor) -> list[StickerSheetOut]:
    worn = Copy.objects.filter(sticker=OuterRef("code")).values("sticker")
    stickers = Sticker.objects.annotate(on=Subquery(worn)).filter(sheet=OuterRef("pk")).order_by().values("sheet")
    rows = visible(by, "print", StickerSheet.objects.select_related("hub")).order_by("-pk")
    rows = rows.annotate(
        count=Coalesce(Subquery(stickers.annotate(n=Count("pk")).values("n")), 0),
        worn=Coalesce(Subquery(stickers.annotate(n=Count("on")).values("n")), 0),
    )
    return [
        StickerSheetOut(id=one.pk, hub=one.hub.name, created_at=one.created_at, stickers=one.count, worn=one.worn)
        for one in rows[:SHEETS]
    ]


def sticker(code: str, by: Actor | None) -> StickerOut:
    """For everybody the title; for who looks after books there, what can be done. Refused: not_found."""
    code = read_sticker(code)
    worn = Copy.objects.select_related("title", "hub").filter(sticker=code).first()
    if worn:
        held = copy_out(worn, manageable=True) if by and may(by, "manage", worn) else None
        return StickerOut(code=code, hub=worn.hub.name, book=book(worn.title, by), held=held, takeable=False)
    printed = find_sticker(code)
    if printed is None:
        raise Refused("not_found", model="sticker")
    hub = printed.sheet.hub
    return StickerOut(
        code=code, hub=hub.name, book=None, held=None, takeable=by is not None and may(by, "keep_books", hub)
    )


def sheet(sheet_id: int, by: Actor) -> StickerSheet:
    return fetch(by, "print", StickerSheet.objects.select_related("hub"), sheet_id)
