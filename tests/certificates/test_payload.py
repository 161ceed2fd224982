"""What the code holds: signed, and nothing in it can be changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from volunteers.certificates.payload import Claims, NotOurs, key_id, name_hash, read_keys, sign, verify, write_keys

KEY, OTHER = Ed25519PrivateKey.from_private_bytes(b"k" * 32), Ed25519PrivateKey.from_private_bytes(b"o" * 32)
KEYS = {key_id(key.public_key()): key.public_key() for key in (KEY, OTHER)}
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
CLAIMS = st.builds(
    Claims,
    number=st.text("23456789ABC", min_size=10, max_size=10),
    volunteer_no=st.just("QZ000042"),
    masked_name=st.sampled_from(["陈*", "欧*", "O*"]),
    name_hash=st.text("0123456789abcdef", min_size=16, max_size=16),
    minutes=st.integers(1, 10**6),
    first_day=DAYS,
    last_day=DAYS,
    issued_on=DAYS,
    issuer=st.text(max_size=20).filter(lambda text: not any("\ud800" <= one <= "\udfff" for one in text)),
)
EXAMPLE = Claims(
    number="7F3K9QXABC",
    volunteer_no="QZ000042",
    masked_name="陈*",
    name_hash=name_hash("7F3K9QXABC", "陈淑珍"),
    minutes=7530,
    first_day=dt.date(2026, 1, 3),
    last_day=dt.date(2026, 11, 28),
    issued_on=dt.date(2026, 12, 1),
    issuer="綦江区",
)


@given(claims=CLAIMS)
def test_what_was_signed_is_what_is_read(claims: Claims) -> None:
    assert verify(sign(claims, KEY), KEYS) == claims


@given(claims=CLAIMS, data=st.data())
def test_any_changed_letter_fails(claims: Claims, data: st.DataObject) -> None:
    payload = sign(claims, KEY)
    place = data.draw(st.integers(0, len(payload) - 1))
    letter = data.draw(st.characters(codec="ascii").filter(lambda one: one != payload[place]))
    with pytest.raises(NotOurs):
        verify(payload[:place] + letter + payload[place + 1 :], KEYS)


@given(claims=CLAIMS, end=st.integers(1, 60), more=st.text("Aa0-_=", min_size=1, max_size=4))
def test_shortened_and_lengthened_fail(claims: Claims, end: int, more: str) -> None:
    payload = sign(claims, KEY)
    for altered in (payload[:-end], payload + more, payload[end:]):
        with pytest.raises(NotOurs):
            verify(altered, KEYS)


@given(text=st.text(max_size=400))
def test_garbage_is_not_ours(text: str) -> None:
    with pytest.raises(NotOurs):
        verify(text, KEYS)


def test_another_key_is_not_ours() -> None:
    with pytest.raises(NotOurs):
        verify(sign(EXAMPLE, KEY), {key_id(OTHER.public_key()): OTHER.public_key()})
    # Not even under the right key's name.
    with pytest.raises(NotOurs):
        verify(sign(EXAMPLE, KEY), {key_id(KEY.public_key()): OTHER.public_key()})


def test_it_is_short_enough_for_a_code_and_holds_no_name() -> None:
    payload = sign(EXAMPLE, KEY)
    assert len(payload) < 300
    assert "淑珍" not in str(dataclasses.astuple(EXAMPLE))


def test_spaces_in_a_name_do_not_matter() -> None:
    assert name_hash("7F3K9QXABC", " 陈 淑珍 ") == EXAMPLE.name_hash
    assert name_hash("7F3K9QXABD", "陈淑珍") != EXAMPLE.name_hash


def test_keys_out_of_use_still_verify_from_the_published_file() -> None:
    pem = write_keys([KEY.public_key(), OTHER.public_key()])
    assert verify(sign(EXAMPLE, OTHER), read_keys(pem)) == EXAMPLE
    for wrong in (b"", b"-----BEGIN PUBLIC KEY-----\nxxx\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(ValueError):
            read_keys(wrong)


def run(*arguments: object) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify_certificate", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_needs_the_key_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database fixture: a query would fail."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    file, other = tmp_path / "keys.pem", tmp_path / "other.pem"
    file.write_bytes(write_keys([KEY.public_key()]))
    other.write_bytes(write_keys([OTHER.public_key()]))
    payload = sign(EXAMPLE, KEY)
    code, text = run(payload, "--public-key", file)
    assert (code, text.split(":")[0], "7530 minutes" in text) == (0, "Genuine", True)
    assert run(f"https://hub.example/verify/{payload}", "--public-key", file)[0] == 0
    assert run(payload, "--public-key", file, "--name", "陈淑珍")[1].splitlines()[1] == "The name fits."
    assert run(payload, "--public-key", file, "--name", "陈光明")[0] == 1
    assert run(payload, "--public-key", other)[0] == 1
    assert run(payload.replace(payload[80], "-" if payload[80] != "-" else "_", 1), "--public-key", file)[0] == 1
    with pytest.raises(CommandError):
        run(payload, "--public-key", os.devnull)
