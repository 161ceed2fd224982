"""Titles: what is known of a book as it was published, written once for all hubs."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, fields

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.workbook.reading import plain
from programs.lending.isbn import read_isbn
from programs.lending.library import write_sought
from programs.lending.models import Title
from programs.lending.sounds import bare

CLC = re.compile(r"[A-KN-VXZ][A-Z]{0,2}(?:[0-9][0-9A-Z.\-=()/\"+:]*)?")
YEARS = range(1500, 2101)


@dataclass(frozen=True)
class About:
    """What is said of a title: the columns of Title that people write."""

    name: str = ""
    subtitle: str = ""
    authors: str = ""
    publisher: str = ""
    published_year: int | None = None
    isbn: str = ""
    clc_code: str = ""
    cip_number: str = ""
    summary: str = ""


FIELDS = tuple(one.name for one in fields(About))


def tidy(about: About) -> About:
    """In the form it is kept in.

    Refused: book_name_missing, year_impossible, clc_unreadable, what `read_isbn` refuses.
    """
    name = one_line(about.name)
    if not bare(name):
        raise Refused("book_name_missing")
    return About(
        name=name,
        subtitle=one_line(about.subtitle),
        authors=one_line(about.authors),
        publisher=one_line(about.publisher),
        published_year=read_year(about.published_year),
        isbn=read_isbn(about.isbn) if about.isbn.strip() else "",
        clc_code=read_clc(about.clc_code),
        cip_number=one_line(about.cip_number),
        summary=about.summary.strip(),
    )


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read_year(year: int | None) -> int | None:
    if year is not None and year not in YEARS:
        raise Refused("year_impossible", year=year)
    return year


def read_clc(text: str) -> str:
    code = "".join(plain(text).upper().split())
    if code and not CLC.fullmatch(code):
        raise Refused("clc_unreadable")
    return code


def identity_of(about: About | Title) -> str:
    """What tells apart books that have no ISBN."""
    parts = (bare(about.name), bare(about.authors), bare(about.publisher), str(about.published_year or ""))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@transaction.atomic
def add_title(*, about: About, by: Person) -> Title:
    """Refused: what `tidy` refuses, isbn_known (with the title that has it)."""
    said, now = tidy(about), clock.now()
    try:
        with transaction.atomic():
            title = Title.objects.create(**asdict(said), identity=identity_of(said), created_at=now, changed_at=now)
    except IntegrityError:
        raise Refused("isbn_known", title=Title.objects.get(isbn=said.isbn).pk) from None
    write_sought([title])
    append(action="title.added", subject=title, actor_id=by.pk)
    return title


@transaction.atomic
def edit_title(*, title: int, about: About, by: Person) -> Title:
    """Refused: not_found, what `tidy` refuses, isbn_known."""
    row = Title.objects.select_for_update(no_key=True).filter(pk=title).first()
    if row is None:
        raise Refused("not_found", model="title", id=title)
    said = tidy(about)
    changed = [name for name, value in asdict(said).items() if getattr(row, name) != value]
    if not changed:
        return row
    other = Title.objects.filter(isbn=said.isbn).exclude(pk=row.pk).first() if said.isbn else None
    if other:
        raise Refused("isbn_known", title=other.pk)
    for name in changed:
        setattr(row, name, getattr(said, name))
    row.identity, row.changed_at = identity_of(row), clock.now()
    row.save()
    write_sought([row])
    append(action="title.edited", subject=row, actor_id=by.pk, fields=changed)
    return row
