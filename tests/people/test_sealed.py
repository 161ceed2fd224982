"""Personal data at rest: what the database sees, what opens it, and what no longer does."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from hub.people.models import Child, Person, phone_key
from hub.sealed import keyed_hash, mask_name, mask_phone, seal, unseal
from tests.support.make import make_child, make_person


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def stored(table: str, column: str, pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_database_sees_no_phone_and_no_birth_date() -> None:
    person = make_person(phone="13812345678", birth_date=dt.date(1958, 3, 9))
    for column, plain in [("phone", b"13812345678"), ("birth_date", b"1958-03-09")]:
        raw = stored("people_person", column, person.pk)
        assert plain not in raw.encode()
        assert plain not in base64.b64decode(raw)
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.phone, fresh.birth_date) == ("13812345678", dt.date(1958, 3, 9))


@pytest.mark.django_db
def test_a_care_note_is_sealed() -> None:
    child = make_child(care_note="对花生过敏")
    assert "花生".encode() not in base64.b64decode(stored("people_child", "care_note", child.pk))
    assert Child.objects.get(pk=child.pk).care_note == "对花生过敏"


@pytest.mark.django_db
def test_the_same_phone_is_stored_differently_and_found_by_its_hash() -> None:
    first, second = make_person(phone="13812345678", name="甲"), make_person(phone="13812345678", name="乙")
    assert stored("people_person", "phone", first.pk) != stored("people_person", "phone", second.pk)
    found = Person.objects.filter(phone_key=phone_key("13812345678")).order_by("pk")
    assert list(found) == [first, second]


@pytest.mark.django_db
def test_nothing_stays_nothing() -> None:
    person = make_person(phone="", birth_date=None)
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.phone, fresh.phone_key, fresh.birth_date) == ("", "", None)


@pytest.mark.django_db
def test_a_value_altered_in_the_database_does_not_open() -> None:
    person = make_person(phone="13812345678")
    raw = bytearray(base64.b64decode(stored("people_person", "phone", person.pk)))
    raw[-1] ^= 1
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET phone = %s WHERE id = %s", [base64.b64encode(bytes(raw)).decode(), person.pk]
        )
    with pytest.raises(InvalidTag):
        Person.objects.get(pk=person.pk)


@pytest.mark.django_db
def test_a_value_moved_to_another_column_does_not_open() -> None:
    child = make_child(care_note="对花生过敏")
    raw = stored("people_child", "care_note", child.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET phone = %s WHERE id = %s", [raw, child.person_id])
    with pytest.raises(InvalidTag):
        Person.objects.get(pk=child.person_id)


@pytest.mark.parametrize("altered", [0, 5, 12, 20, -1])
def test_one_flipped_bit_anywhere_is_noticed(altered: int) -> None:
    sealed = bytearray(seal("张三".encode(), label="x"))
    sealed[altered] ^= 1
    with pytest.raises(InvalidTag):
        unseal(bytes(sealed), label="x")


def test_keys_rotate(settings: Any) -> None:
    old, new = new_key(), new_key()
    settings.FIELD_KEYS = [old]
    before = seal(b"13812345678", label="x")
    settings.FIELD_KEYS = [new, old]
    after = seal(b"13812345678", label="x")
    assert (unseal(before, label="x"), unseal(after, label="x")) == (b"13812345678", b"13812345678")
    settings.FIELD_KEYS = [new]
    assert unseal(after, label="x") == b"13812345678"
    with pytest.raises(InvalidTag):
        unseal(before, label="x")


def test_a_hash_depends_on_its_key_and_on_where_a_part_ends(settings: Any) -> None:
    first = keyed_hash("phone", "13812345678")
    assert keyed_hash("ab", "c") != keyed_hash("a", "bc")
    settings.LOOKUP_KEY = "another"
    assert keyed_hash("phone", "13812345678") != first


def test_masks() -> None:
    assert [mask_phone(phone) for phone in ["13812345678", "199000000001", "12", ""]] == [
        "138****5678",
        "199****0001",
        "****",
        "****",
    ]
    assert [mask_name(name) for name in ["张建国", "张", ""]] == ["张*", "张*", ""]
