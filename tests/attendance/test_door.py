"""The code at the door: what opens, and that nothing else does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import clock
from hub.errors import Refused
from hub.people.models import Role
from scheduling.attendance.devices import revoke
from scheduling.attendance.door import AHEAD, GRACE, PERIOD, door_address, open_door, sign, window_at
from tests.attendance.factories import NINE, at, make_device
from tests.support.make import make_hub, make_person

pytestmark = pytest.mark.django_db
AtTime = Callable[[dt.datetime], None]


def refusal(token: str) -> str:
    with pytest.raises(Refused) as refused:
        open_door(token)
    return refused.value.code


def token_of(hub: int, *, device: int = 0, moment: dt.datetime | None = None) -> str:
    return sign(hub_id=hub, device_id=device, window=window_at(moment or clock.now()))


def test_it_opens_for_its_hub_while_it_is_fresh(at_time: AtTime) -> None:
    address = door_address(7, at(NINE))
    token = address.rpartition("/in/")[2]
    for seconds, opens in {
        -PERIOD * AHEAD: True,
        0: True,
        PERIOD * GRACE: True,
        PERIOD * GRACE + PERIOD - 1: True,
    }.items():
        at_time(at(NINE) + dt.timedelta(seconds=seconds))
        assert (open_door(token) == 7) is opens
    for seconds in (-PERIOD * AHEAD - 1, PERIOD * (GRACE + 1), 3600, 86400):
        at_time(at(NINE) + dt.timedelta(seconds=seconds))
        assert refusal(token) == "qr_old"


def test_the_next_screen_shows_another() -> None:
    assert token_of(7, moment=at(NINE)) != token_of(7, moment=at(NINE) + dt.timedelta(seconds=PERIOD))


FRESH = st.tuples(st.integers(1, 10**6), st.just(0))


@settings(deadline=None)
@given(FRESH, st.integers(0, 200), st.characters(codec="utf-8"))
def test_no_changed_character_opens(who: tuple[int, int], place: int, other: str) -> None:
    token = token_of(who[0])
    place %= len(token)
    changed = token[:place] + other + token[place + 1 :]
    if changed != token:
        assert refusal(changed) == "qr_unknown"
    for cut in (token[:place], token + other):
        assert refusal(cut) == "qr_unknown"


@settings(deadline=None)
@given(FRESH, st.integers(1, 10**6), st.integers(0, 9))
def test_no_other_hub_or_device_is_opened_by_it(who: tuple[int, int], hub: int, device: int) -> None:
    token, other = token_of(who[0]), token_of(hub, device=device)
    if (hub, device) != who:
        for number in range(3):
            mixed = token.split(".")
            mixed[number] = other.split(".")[number]
            if mixed != token.split("."):
                assert refusal(".".join(mixed)) == "qr_unknown"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_else_is_typed_is_unknown(text: str) -> None:
    assert refusal(text) == "qr_unknown"


def test_a_tablets_own_code_opens_its_hub_until_it_is_revoked() -> None:
    device, _ = make_device()
    assert open_door(token_of(device.hub_id, device=device.pk)) == device.hub_id
    assert refusal(token_of(make_hub().pk, device=device.pk)) == "qr_unknown"
    revoke(device=device, by=make_person(Role.ADMINISTRATOR))
    assert refusal(token_of(device.hub_id, device=device.pk)) == "qr_unknown"
