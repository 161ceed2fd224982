"""The catalog in memory: what every title is found by, held by each process and brought up to date before each search.

Looked through in Python, twenty thousand titles take a few milliseconds whatever is asked for. The database's own ways
were measured and left: looking through the same table took PostgreSQL ten times as long, and an index of letters and
sounds would hold more than a hundred rows for each title.
"""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import F

from programs.lending.models import Catalog, Copy, Sought, Title
from programs.lending.sounds import bare, initials_of, sounds_of

AT_ONCE = 1_000


class Entry(NamedTuple):
    title: int
    words: str
    initials: str
    sounds: str
    isbn: str
    clc: str
    hubs: frozenset[int]


class Library:
    """What there is a copy of at one version, the shortest names first: a column for each thing it is found by."""

    def __init__(self, origin: uuid.UUID | None, version: int, known: dict[int, Entry] | None = None) -> None:
        self.origin, self.version, self.known = origin, version, known or {}
        there = (one for one in self.known.values() if one.hubs)
        self.entries = sorted(there, key=lambda one: (one.words.index("\n"), one.title))
        self.newest = sorted(range(len(self.entries)), key=lambda place: -self.entries[place].title)
        self.words = Column(one.words for one in self.entries)
        self.initials = Column(one.initials for one in self.entries)
        self.sounds = Column(one.sounds for one in self.entries)
        self.isbns = Column(one.isbn for one in self.entries)
        self.classes = Column(one.clc for one in self.entries)


class Column:
    """One text of every entry, and all in one: what stands nowhere is known at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(texts)
        self.whole = "\0".join(self.texts)

    def holding(self, sought: str) -> list[int]:
        """The places of the entries whose text holds it."""
        if sought not in self.whole:
            return []
        return [place for place, text in enumerate(self.texts) if sought in text]


_held = Library(None, 0)
_turn = threading.Lock()


def library() -> Library:
    """As it is now: one query when nothing changed, else what changed is read."""
    global _held
    now = Catalog.objects.values_list("origin", "version").first() or (None, 0)
    if connection.in_atomic_block:
        # What this transaction has written may never be.
        return _load(Library(None, 0), *now)
    held = _held
    if (held.origin, held.version) != now:
        with _turn:
            if (_held.origin, _held.version) != now:
                _held = _load(_held, *now)
            held = _held
    return held


def _load(held: Library, origin: uuid.UUID | None, version: int) -> Library:
    if held.origin != origin or held.version > version:
        held = Library(origin, 0)
    # It may hold some of the next version already, which is then read twice.
    return Library(origin, version, held.known | {one.title: one for one in _read_after(held.version)})


def _read_after(version: int) -> Iterable[Entry]:
    rows = Sought.objects.filter(version__gt=version)
    columns = ("title", "words", "initials", "sounds", "title__isbn", "title__clc_code", "hubs")
    for title, words, initials, sounds, isbn, clc, hubs in rows.values_list(*columns).iterator():
        yield Entry(title, words, initials, sounds, isbn, clc, frozenset(hubs))


def write_sought(titles: Collection[Title]) -> None:
    """What these titles are found by, and where: anew. Belongs near the end of the rule that changed them: from here to
    its commit no other title changes."""
    if not titles:
        return
    version = _next_version()
    places: dict[int, set[int]] = defaultdict(set)
    here = Copy.objects.exclude(state__in=Copy.GONE).filter(title__in=[one.pk for one in titles])
    for title, hub in here.values_list("title_id", "hub_id"):
        places[title].add(hub)
    Sought.objects.bulk_create(
        [_sought(title, sorted(places[title.pk]), version) for title in titles],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["title"],
        update_fields=["words", "initials", "sounds", "hubs", "version"],
    )


def _next_version() -> int:
    catalog, _ = Catalog.objects.get_or_create(pk=1)
    Catalog.objects.filter(pk=1).update(version=F("version") + 1)
    catalog.refresh_from_db()
    return catalog.version


def _sought(title: Title, hubs: list[int], version: int) -> Sought:
    heard = (title.name, title.authors, title.subtitle)
    return Sought(
        title=title,
        words="".join(f"{bare(one)}\n" for one in (title.name, title.subtitle, title.authors, title.publisher)),
        initials="".join(f"{initials_of(one)}\n" for one in heard),
        sounds="".join(f"{sounds_of(one)}\n" for one in heard),
        hubs=hubs,
        version=version,
    )
