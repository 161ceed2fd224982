"""/api/books: finding books, for everybody who signed in; what a scanned sticker opens, for everybody."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router

from hub.access.actor import actor_of
from hub.access.operations import acting, anyone, signed_in
from hub.access.rules import fetch
from programs.lending import reading
from programs.lending.desk_api import router as desk_router
from programs.lending.models import Title
from programs.lending.schemas import BookOut, Books, BookShelves, StickerOut

router = Router()
router.add_router("", desk_router)

Query = Annotated[str, Field(max_length=200)]


@router.get("/books", response=Books, auth=signed_in)
def get_books(
    request: HttpRequest, q: Query = "", hub_id: int | None = None, shelf: Query = "", skip: int = 0
) -> Books:
    """By any part of name, author or publisher, pinyin or initials, ISBN or class; without words the newest."""
    return reading.books(query=q, by=acting(request), hub=hub_id, shelf=shelf, skip=skip)


@router.get("/books/shelves", response=BookShelves, auth=signed_in)
def get_shelves(request: HttpRequest, hub_id: int | None = None) -> BookShelves:
    return reading.all_shelves(by=acting(request), hub=hub_id)


@router.get("/books/{int:title_id}", response=BookOut, auth=signed_in)
def get_book(request: HttpRequest, title_id: int) -> BookOut:
    actor = acting(request)
    return reading.book(fetch(actor, "view", Title.objects.all(), title_id), actor)


@router.get("/stickers/{code}", response=StickerOut, auth=anyone)
def get_sticker(request: HttpRequest, code: str) -> StickerOut:
    """Whoever holds the book may read what it is called."""
    return reading.sticker(code, actor_of(request))
