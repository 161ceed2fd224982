"""Finding books: by any part of name, authors or publisher, by pinyin or its initials, by ISBN, by class."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from heapq import nsmallest

from hub.access.actor import Actor
from hub.access.rules import visible
from hub.workbook.reading import plain
from programs.lending.isbn import check_digit_13
from programs.lending.library import Column, Entry, Library, library
from programs.lending.models import Title
from programs.lending.sounds import bare, spellings

PAGE = 24
WORDS = 5
LONGEST = 40
CLASS = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z.\-]*")
UNCLASSED = "-"
"""The shelf of what has no class."""

Ranks = dict[int, int]
"""Place in the library -> 0 is called so, 1 begins so, 2 holds it in its name, 3 elsewhere."""


@dataclass(frozen=True)
class Found:
    titles: list[Title]
    total: int


def find(*, query: str, by: Actor, hub: int | None = None, shelf: str = "", skip: int = 0) -> Found:
    """A page of the books that fit every word of the query, the best first, then the shorter name; without one the
    newest first."""
    books = library()
    words = query.split()[:WORDS]
    ranks = _fitting_all(books, words) if words else {}
    places: Collection[int] = ranks if words else books.newest
    if hub is not None:
        places = [place for place in places if hub in books.entries[place].hubs]
    if shelf:
        places = [place for place in places if on_shelf(books.entries[place], shelf)]
    order = _best(ranks, places, skip + PAGE, len(books.entries)) if words else list(places)[: skip + PAGE]
    page = [books.entries[place].title for place in order[skip:]]
    titles = visible(by, "view", Title.objects.all()).in_bulk(page)
    return Found([titles[pk] for pk in page if pk in titles], len(places))


def _best(ranks: Ranks, places: Collection[int], most: int, all_places: int) -> list[int]:
    """By rank, then as they stand: one number says both, which is the quickest to compare."""
    return [number % all_places for number in nsmallest(most, (ranks[place] * all_places + place for place in places))]


def on_shelf(entry: Entry, shelf: str) -> bool:
    return not entry.clc if shelf == UNCLASSED else entry.clc.startswith(shelf)


def _fitting_all(books: Library, words: list[str]) -> Ranks:
    """A book's rank is the sum of what it is to each word."""
    first, *rest = (_fitting(books, word[:LONGEST]) for word in words)
    for ranks in rest:
        first = {place: rank + ranks[place] for place, rank in first.items() if place in ranks}
    return first


def _fitting(books: Library, word: str) -> Ranks:
    found: Ranks = {}
    letters = bare(word)
    if letters:
        _add(found, books.words, letters)
        if letters.isascii() and not letters.isdigit():
            _add(found, books.initials, letters)
            for spelled in spellings(letters):
                _add(found, books.sounds, spelled)
    code = plain(word).upper()
    for digits in _as_isbn(code):
        _add_beginning(found, books.isbns, digits)
    if CLASS.fullmatch(code):
        _add_beginning(found, books.classes, code)
    return found


def _add(found: Ranks, column: Column, sought: str) -> None:
    """What most of the time goes into: no calls in it that can be spared."""
    texts, length = column.texts, len(sought)
    for place in column.holding(sought):
        text = texts[place]
        at = text.find(sought)
        rank = int(text[length] != "\n") if at == 0 else 2 if at < text.find("\n") else 3
        if found.get(place, 9) > rank:
            found[place] = rank


def _add_beginning(found: Ranks, column: Column, sought: str) -> None:
    for place in column.holding(sought):
        if column.texts[place].startswith(sought):
            rank = 0 if column.texts[place] == sought else 1
            found[place] = min(rank, found.get(place, rank))


def _as_isbn(code: str) -> list[str]:
    """A whole ISBN or how one begins; ten digits may be either."""
    digits = code.replace("-", "")
    if not re.fullmatch(r"[0-9]{3,13}|[0-9]{9}X", digits):
        return []
    if len(digits) == 10:
        core = f"978{digits[:9]}"
        return [digits, core + check_digit_13(core)]
    return [digits]
