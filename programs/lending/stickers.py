"""Stickers: codes printed ahead, one for a book each, never the same twice."""

from __future__ import annotations

import secrets

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from programs.lending.copies import add_copies, read_sticker
from programs.lending.covers import put_cover
from programs.lending.isbn import read_isbn
from programs.lending.models import Copy, Sticker, StickerSheet, Title
from programs.lending.titles import About, add_title

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 7
"""And a check letter: who types a letter wrong does not open another book."""
A_PAGE = 24
MOST = 100 * A_PAGE


@transaction.atomic
def print_stickers(*, hub: Hub, count: int, by: Person) -> StickerSheet:
    """Codes for new stickers. Refused: too_many_stickers."""
    if not 1 <= count <= MOST:
        raise Refused("too_many_stickers", most=MOST)
    sheet = StickerSheet.objects.create(hub=hub, created_at=clock.now())
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {_draw() for _ in range(count - len(codes))}
        codes |= drawn - set(Sticker.objects.filter(code__in=drawn).values_list("code", flat=True))
    # Drawn elsewhere in the same moment: once in a million sheets, and then this one is asked for again.
    Sticker.objects.bulk_create((Sticker(sheet=sheet, code=code) for code in sorted(codes)), batch_size=500)
    append(action="stickers.printed", subject=sheet, actor_id=by.pk, hub_id=hub.pk, count=count)
    return sheet


@transaction.atomic
def stick(*, code: str, about: About, title: int | None = None, photo: bytes | None = None, by: Person) -> Copy:
    """A new sticker is on a book: of a known title, or of one that is now named. It can be lent at once.

    Refused: not_found, sticker_taken, what `add_title` and `put_cover` refuse.
    """
    sticker = Sticker.objects.select_for_update(of=("self",)).select_related("sheet__hub").filter(code=code).first()
    if sticker is None:
        raise Refused("not_found", model="sticker", id=code)
    taken = Copy.objects.filter(sticker=sticker.code).first()
    if taken:
        raise Refused("sticker_taken", title=taken.title_id)
    known = _known(title, about)
    book = known or add_title(about=about, by=by).pk
    if photo:
        put_cover(title=book, photo=photo, only_first=known is not None, by=by)
    return add_copies(title=book, hub=sticker.sheet.hub, sticker=sticker.code, by=by)[0]


def _known(title: int | None, about: About) -> int | None:
    if title is None and about.isbn.strip():
        return Title.objects.filter(isbn=read_isbn(about.isbn)).values_list("pk", flat=True).first()
    return title


def find_sticker(code: str) -> Sticker | None:
    return Sticker.objects.select_related("sheet__hub").filter(code=read_sticker(code)).first()


def _draw() -> str:
    core = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return core + check_letter(core)


def check_letter(core: str) -> str:
    """Weights below a prime number of letters: one wrong letter is noticed, and two that changed places."""
    return LETTERS[sum(LETTERS.index(one) * (place + 2) for place, one in enumerate(core)) % len(LETTERS)]
