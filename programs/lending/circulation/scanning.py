"""What a scanner read: a sticker, the address in a sticker's QR, or a book's ISBN."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from hub.errors import Refused
from programs.lending.circulation.models import Hold, Loan
from programs.lending.copies import read_sticker
from programs.lending.isbn import read_isbn
from programs.lending.models import Copy

MOST = 20


def copies_scanned(text: str) -> list[Copy]:
    """A sticker's one copy, or all of an ISBN's, those on no shelf any more left out: with who has each, or for whom it
    is set aside (`out`, `kept`)."""
    code = read_sticker(text)
    by_sticker = list(_known(Copy.objects.filter(sticker=code))) if code else []
    if by_sticker:
        return by_sticker
    try:
        isbn = read_isbn(text)
    except Refused:
        return []
    copies = _known(Copy.objects.filter(title__isbn=isbn).exclude(state=Copy.State.WITHDRAWN))
    return list(copies.order_by("pk")[:MOST])


def copy_by_sticker(code: str) -> Copy:
    """Refused("not_found")."""
    found = _known(Copy.objects.filter(sticker=read_sticker(code))).first()
    if found is None:
        raise Refused("not_found", model="copy")
    return found


def _known(copies: QuerySet[Copy]) -> QuerySet[Copy]:
    out = Loan.objects.filter(ended="").select_related("reader")
    kept = Hold.objects.filter(state__in=Hold.HAS_COPY).select_related("reader", "hub")
    return copies.select_related("title", "hub").prefetch_related(
        Prefetch("loans", out, to_attr="out"), Prefetch("holds", kept, to_attr="kept")
    )
