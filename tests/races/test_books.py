"""Books added by several at once: one ISBN is one title, one sticker one copy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.errors import Refused
from programs.lending.library import library
from programs.lending.models import Catalog, Copy, Title
from programs.lending.stickers import print_stickers, stick
from programs.lending.titles import About, add_title
from tests.support.make import make_hub, make_person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AtOnce = Callable[..., list[object]]


def codes(results: list[object]) -> list[str]:
    return sorted(one.code if isinstance(one, Refused) else "done" for one in results)


def test_one_isbn_added_by_many_is_one_title(at_once: AtOnce) -> None:
    staff, about = make_person(), About(name="小王子", isbn="9787020042494")
    results = at_once([lambda: add_title(about=about, by=staff)] * 5)
    assert codes(results) == ["done", *["isbn_known"] * 4]
    assert Title.objects.count() == 1


def test_one_sticker_scanned_by_many_is_on_one_book(at_once: AtOnce) -> None:
    staff = make_person()
    code = print_stickers(hub=make_hub(), count=1, by=staff).stickers.get().code
    results = at_once([lambda n=n: stick(code=code, about=About(name=f"书{n}"), by=staff) for n in range(5)])
    assert codes(results) == ["done", *["sticker_taken"] * 4]
    assert (Copy.objects.count(), Title.objects.count()) == (1, 1)


def test_what_many_add_at_once_is_all_found(at_once: AtOnce) -> None:
    """Each reads the library after its own commit; none ever misses a version."""
    staff = make_person()

    def add_and_look(number: int) -> bool:
        title = add_title(about=About(name=f"书{number}"), by=staff)
        return title.pk in library().known

    results = at_once([lambda n=n: add_and_look(n) for n in range(8)])
    assert results == [True] * 8
    assert set(library().known) == set(Title.objects.values_list("pk", flat=True))
    assert Catalog.objects.get().version == 8
