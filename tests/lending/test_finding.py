"""What is found, in which order, by which words; held against a plain reading of the same rule."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.access.actor import Actor, load_actor
from hub.people.models import Person, Role
from programs.lending.copies import add_copies, mark_copy
from programs.lending.finding import PAGE, find
from programs.lending.library import write_sought
from programs.lending.sounds import bare, initials_of, sounds_of, spellings
from programs.lending.titles import About, add_title, edit_title
from tests.lending.factories import make_copy, make_title
from tests.support.clients import client_for
from tests.support.make import make_hub, make_person
from tests.support.queries import count_queries


@pytest.fixture
def reader(db: None) -> Actor:
    return load_actor(make_person(Role.GUARDIAN))


def shelve(name: str, **values: object) -> int:
    """A title with one copy, to be found."""
    title = make_title(name=name, **values)
    make_copy(title=title)
    write_sought([title])
    return title.pk


def names(query: str, by: Actor, **where: object) -> list[str]:
    return [title.name for title in find(query=query, by=by, **where).titles]  # type: ignore[arg-type]


PRINCE = "小王子"


@pytest.mark.parametrize(
    "query",
    [
        *("小王子", "王", "王子", "《小王子》", "圣埃克苏", "人民文学", "小王子 马振骋"),
        *("xwz", "XWZ", "wz", "xiaowangzi", "xiaow", "wangzi", "xiao wang zi"),
        *("9787020042494", "978-7-02", "7-02-004249-X", "９７８７０２００４２", "I565.88", "i565"),
    ],
)
def test_one_book_by_many_words(query: str, reader: Actor) -> None:
    shelve(
        PRINCE,
        isbn="9787020042494",
        authors="圣埃克苏佩里 著；马振骋 译",
        publisher="人民文学出版社",
        clc_code="I565.88",
    )
    shelve("大熊猫的一天", authors="李明", publisher="重庆出版社", clc_code="Q95-49")
    assert names(query, reader) == [PRINCE]


@pytest.mark.parametrize("query", ["王小子", "aowang", "ngzi", "zwx", "9787020042495", "I56X", "，", "小王子 李明"])
def test_what_does_not_fit_is_not_found(query: str, reader: Actor) -> None:
    shelve(PRINCE, isbn="9787020042494", clc_code="I565.88")
    shelve("大熊猫的一天", authors="李明")
    assert names(query, reader) == []


def test_what_is_called_so_comes_first_then_what_begins_so(reader: Actor) -> None:
    shelve("外婆和月亮")
    shelve("夜晚", authors="月亮工作室")
    shelve("月亮船")
    shelve("月亮")
    shelve("月亮忘记了")
    in_order = ["月亮", "月亮船", "月亮忘记了", "外婆和月亮", "夜晚"]
    assert names("月亮", reader) == in_order
    assert names("yueliang", reader) == in_order
    assert names("yl", reader) == in_order


def test_without_words_the_newest_first_and_page_by_page(reader: Actor) -> None:
    for number in range(PAGE + 2):
        shelve(f"第{number}本")
    first, second = (find(query="", by=reader, skip=skip) for skip in (0, PAGE))
    assert [one.name for one in [*first.titles, *second.titles]] == [f"第{n}本" for n in reversed(range(PAGE + 2))]
    assert (first.total, second.total, len(second.titles)) == (PAGE + 2, PAGE + 2, 2)


def test_at_one_hub_and_on_one_shelf(reader: Actor) -> None:
    here, there = make_hub(), make_hub()
    for name, hub, clc in (("山", here, "I287.5"), ("水", there, "I287.7"), ("火", here, "G624"), ("风", here, "")):
        title = make_title(name=name, clc_code=clc)
        make_copy(title=title, hub=hub)
        write_sought([title])
    assert names("", reader, hub=here.pk) == ["风", "火", "山"]
    assert names("", reader, shelf="I") == ["水", "山"]
    assert names("", reader, hub=here.pk, shelf="I") == ["山"]
    assert names("", reader, shelf="-") == ["风"]


def test_what_changes_is_found_as_it_is_now(reader: Actor) -> None:
    staff, hub = make_person(Role.ADMINISTRATOR), make_hub()
    title = add_title(about=About(name="小网子"), by=staff)
    assert names("小", reader) == []  # no copy yet
    copy = add_copies(title=title.pk, hub=hub, by=staff)[0]
    assert names("小网子", reader) == ["小网子"]
    edit_title(title=title.pk, about=About(name=PRINCE), by=staff)
    assert (names("小网子", reader), names("xwz", reader)) == ([], [PRINCE])
    mark_copy(copy=copy.pk, state="lost", by=staff)
    assert names(PRINCE, reader) == []
    mark_copy(copy=copy.pk, state="on_shelf", by=staff)
    assert names(PRINCE, reader) == [PRINCE]


def test_a_page_takes_as_many_queries_for_thirty_books_as_for_one(db: None) -> None:
    client: Client = client_for(make_person(Role.GUARDIAN))
    shelve("山的故事")
    address = "/api/books?q=山"
    client.get(address)
    for_one = count_queries(lambda: client.get(address))
    for number in range(30):
        shelve(f"山的故事{number}")
    assert client.get(address).json()["total"] == 31
    assert count_queries(lambda: client.get(address)) == for_one


CHARACTERS = "小王子大月亮的an1 ·"
SOME = st.text(CHARACTERS, min_size=1, max_size=6)


@pytest.mark.django_db
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SOME.filter(bare), min_size=1, max_size=6), SOME)
def test_found_are_exactly_those_that_hold_every_word(books: list[str], query: str) -> None:
    from django.db import transaction

    def holds(name: str, word: str) -> bool:
        letters = bare(word)
        if not letters:
            return False
        spoken = letters.isascii() and not letters.isdigit()
        return letters in bare(name) or (
            spoken and (letters in initials_of(name) or any(way in sounds_of(name) for way in spellings(letters)))
        )

    with transaction.atomic():
        for name in books:
            shelve(name, isbn="")
        found = names(query, Actor(Person(), ()))
        words = query.split()
        assert sorted(found) == sorted(name for name in books if all(holds(name, word) for word in words))
        transaction.set_rollback(True)
