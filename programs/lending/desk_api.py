"""/api/books, for who looks after them: adding titles and copies, covers, stickers, what is damaged or lost."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.pictures import bytes_of
from hub.places.models import Hub
from programs.lending import reading
from programs.lending.copies import add_copies, mark_copy
from programs.lending.covers import put_cover
from programs.lending.imports_api import router as imports_router
from programs.lending.isbn import read_isbn
from programs.lending.labels import write_labels
from programs.lending.models import Copy, Title
from programs.lending.schemas import (
    BookCopies,
    BookCopy,
    BookDesk,
    BookOut,
    CopiesIn,
    CopyMark,
    IsbnOut,
    NewBook,
    StickerOut,
    StickerSheetIn,
    StickerSheetOut,
    TitleIn,
    copy_out,
)
from programs.lending.stickers import find_sticker, print_stickers, stick
from programs.lending.titles import About, add_title, edit_title

router = Router()
router.add_router("", imports_router)


class StickForm(Schema):
    """What is typed when a new sticker is on a book."""

    name: Annotated[str, Field(max_length=200)] = ""
    authors: Annotated[str, Field(max_length=200)] = ""
    isbn: Annotated[str, Field(max_length=40)] = ""
    title_id: int | None = None


@router.get("/books/desk", response=BookDesk, auth=schedulers)
def get_desk(request: HttpRequest, hub_id: int | None = None) -> BookDesk:
    return reading.desk(by=acting(request), hub=hub_id)


@router.get("/books/isbn", response=IsbnOut, auth=schedulers)
def get_isbn(request: HttpRequest, isbn: Annotated[str, Field(max_length=60)]) -> IsbnOut:
    """An ISBN as it was typed or scanned, read; and the title that has it."""
    digits, actor = read_isbn(isbn), acting(request)
    known = Title.objects.filter(isbn=digits).first()
    return IsbnOut(isbn=digits, book=reading.book(known, actor) if known else None)


@router.post("/books/desk", response={201: BookOut}, auth=schedulers)
def post_book(request: HttpRequest, wish: NewBook) -> Status[BookOut]:
    actor = acting(request)
    hub = fetch(actor, "keep_books", Hub.objects.all(), wish.copies.hub_id)
    title = add_title(about=About(**wish.book.dict()), by=actor.person)
    add_copies(title=title.pk, hub=hub, count=wish.copies.count, sticker=wish.copies.sticker, by=actor.person)
    return Status(201, reading.book(title, actor))


@router.put("/books/{int:title_id}/about", response=BookOut, auth=schedulers)
def put_book(request: HttpRequest, title_id: int, wish: TitleIn) -> BookOut:
    actor = acting(request)
    row = fetch(actor, "edit", Title.objects.all(), title_id)
    return reading.book(edit_title(title=row.pk, about=About(**wish.dict()), by=actor.person), actor)


@router.post("/books/{int:title_id}/cover", response=BookOut, auth=schedulers)
def post_cover(request: HttpRequest, title_id: int, photo: File[UploadedFile]) -> BookOut:
    actor = acting(request)
    row = fetch(actor, "edit", Title.objects.all(), title_id)
    return reading.book(put_cover(title=row.pk, photo=bytes_of(photo), by=actor.person), actor)


@router.post("/books/{int:title_id}/copies", response={201: BookOut}, auth=schedulers)
def post_copies(request: HttpRequest, title_id: int, wish: CopiesIn) -> Status[BookOut]:
    actor = acting(request)
    row = fetch(actor, "edit", Title.objects.all(), title_id)
    hub = fetch(actor, "keep_books", Hub.objects.all(), wish.hub_id)
    add_copies(title=row.pk, hub=hub, count=wish.count, sticker=wish.sticker, by=actor.person)
    return Status(201, reading.book(row, actor))


@router.get("/copies", response=BookCopies, auth=schedulers)
def get_copies(
    request: HttpRequest,
    title_id: int | None = None,
    hub_id: int | None = None,
    state: Copy.State | None = None,
    skip: Annotated[int, Field(ge=0, le=reading.FARTHEST)] = 0,
) -> BookCopies:
    return reading.copies(by=acting(request), title=title_id, hub=hub_id, state=state or "", skip=skip)


@router.patch("/copies/{int:copy_id}", response=BookCopy, auth=schedulers)
def patch_copy(request: HttpRequest, copy_id: int, wish: CopyMark) -> BookCopy:
    actor = acting(request)
    row = fetch(actor, "manage", Copy.objects.select_related("title", "hub"), copy_id)
    row.state = mark_copy(copy=row.pk, state=wish.state, by=actor.person).state
    return copy_out(row, manageable=True)


@router.get("/sticker-sheets", response=list[StickerSheetOut], auth=schedulers)
def get_sheets(request: HttpRequest) -> list[StickerSheetOut]:
    return reading.sheets(by=acting(request))


@router.post("/sticker-sheets", response={201: StickerSheetOut}, auth=schedulers)
def post_sheet(request: HttpRequest, wish: StickerSheetIn) -> Status[StickerSheetOut]:
    actor = acting(request)
    hub = fetch(actor, "keep_books", Hub.objects.all(), wish.hub_id)
    made = print_stickers(hub=hub, count=wish.count, by=actor.person)
    return Status(
        201, StickerSheetOut(id=made.pk, hub=hub.name, created_at=made.created_at, stickers=wish.count, worn=0)
    )


@router.get("/sticker-sheets/{int:sheet_id}/file", auth=schedulers)
def get_labels(request: HttpRequest, sheet_id: int, language: Literal["zh-hans", "en"] = "zh-hans") -> HttpResponse:
    sheet = reading.sheet(sheet_id, acting(request))
    response = HttpResponse(write_labels(sheet, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="renqi-stickers-{sheet.pk}.pdf"'
    return response


@router.post("/stickers/{code}/book", response={201: StickerOut}, auth=schedulers)
def post_sticker(
    request: HttpRequest, code: str, wish: Form[StickForm], photo: File[UploadedFile | None] = None
) -> Status[StickerOut]:
    """A new sticker is on a book: its title, typed or known, and a photo of its cover. It can be lent at once."""
    actor = acting(request)
    printed = find_sticker(code)
    if printed is None:
        raise Refused("not_found", model="sticker")
    fetch(actor, "keep_books", Hub.objects.all(), printed.sheet.hub_id)
    about = About(name=wish.name, authors=wish.authors, isbn=wish.isbn)
    stick(
        code=printed.code,
        about=about,
        title=wish.title_id,
        photo=bytes_of(photo) if photo else None,
        by=actor.person,
    )
    return Status(201, reading.sticker(printed.code, actor))
