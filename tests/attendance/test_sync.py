"""A tablet that was offline: told once, in any order, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import clock
from hub.errors import Refused
from hub.people.models import Role
from scheduling.attendance.cards import card_of
from scheduling.attendance.devices import find_device, offer_pairing, pair, revoke
from scheduling.attendance.models import Attendance, AttendanceEvent, Device
from scheduling.attendance.sync import Sent, take_in
from scheduling.sessions.sessions import move_session
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_device, make_place, seen, tell
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_person, make_session
from tests.support.queries import count_queries
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db
AtTime = Callable[[dt.datetime], None]
EVENING = HALF_PAST_TEN + 8 * 60


def state() -> list[tuple[object, ...]]:
    rows = Attendance.objects.order_by("assignment")
    return list(rows.values_list("assignment", "signed_in_at", "signed_out_at", "how", "how_out", "missed"))


def test_the_morning_arrives_in_the_evening_once(at_time: AtTime) -> None:
    place = make_place()
    device, _ = make_device(hub=place.session.hub)
    morning = [seen(place.volunteer, NINE - 2, 1), seen(place.volunteer, HALF_PAST_TEN + 1, 2)]
    at_time(at(EVENING))
    assert [tell(device, *morning), tell(device, *morning), tell(device, *reversed(morning))] == [2, 0, 0]
    assert state() == [(place.pk, at(NINE - 2), at(HALF_PAST_TEN + 1), "device", "device", False)]
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.source) == (90, "card")
    assert (AttendanceEvent.objects.count(), Attendance.objects.get().device) == (2, device)


def test_a_clock_that_is_off_is_put_right_within_bounds(at_time: AtTime) -> None:
    place = make_place()
    device, _ = make_device(hub=place.session.hub)
    at_time(at(EVENING))
    slow = dt.timedelta(hours=3)
    take_in(device=device, sent=[seen(place.volunteer, NINE - 180)], device_now=clock.now() - slow)
    assert state()[0][1] == at(NINE)
    device.refresh_from_db()
    assert device.skew_seconds == slow.total_seconds()
    lost_its_time = dt.datetime(1970, 1, 1, 8, tzinfo=dt.UTC)
    for sent, says in [
        (seen(place.volunteer, HALF_PAST_TEN, 2, at=lost_its_time), lost_its_time + slow),
        (seen(place.volunteer, EVENING + 1, 3), clock.now()),
        (seen(place.volunteer, HALF_PAST_TEN - 15 * 24 * 60, 4), clock.now()),
    ]:
        take_in(device=device, sent=[sent], device_now=says)
    assert [event.doubt for event in AttendanceEvent.objects.order_by("counter")] == ["", *["clock_off"] * 3]
    assert state() == [(place.pk, at(NINE), None, "device", "", False)]


def test_what_fits_nowhere_is_kept(at_time: AtTime) -> None:
    hub = make_hub()
    device, _ = make_device(hub=hub)
    stranger = make_regular()
    forged = seen(stranger, NINE)
    forged = replace(forged, card=forged.card[:-1] + ("0" if forged.card[-1] != "0" else "1"))
    typed = replace(seen(stranger, NINE, 2), card=card_of(stranger).number)
    at_time(at(EVENING))
    tell(device, forged, typed, replace(seen(stranger, NINE, 3), card="????"))
    kept = AttendanceEvent.objects.order_by("counter").values_list("volunteer", "typed", "doubt")
    assert list(kept) == [(stranger.pk, False, "bad_card"), (stranger.pk, True, ""), (None, False, "unknown_card")]
    assert state() == []


def test_who_is_seen_first_and_signs_up_then_is_there(at_time: AtTime) -> None:
    place = make_place()
    device, _ = make_device(hub=place.session.hub)
    walk_in = make_regular()
    at_time(at(NINE - 20))
    tell(device, seen(walk_in, NINE - 20))
    assert state() == []
    at_time(at(NINE - 15))
    theirs = take(place.need, walk_in)
    assert state() == [(theirs.pk, at(NINE - 20), None, "device", "", False)]


def test_who_was_seen_for_a_session_that_moves_is_awaited_again(at_time: AtTime) -> None:
    place = make_place()
    session = place.session
    device, _ = make_device(hub=session.hub)
    at_time(at(NINE - 20))
    tell(device, seen(place.volunteer, NINE - 20))
    move_session(
        session_id=session.pk,
        revision=session.revision,
        hub=session.hub,
        room=None,
        starts_at=session.starts_at + dt.timedelta(hours=5),
        ends_at=session.ends_at + dt.timedelta(hours=5),
        by=make_person(),
    )
    assert state() == [(place.pk, None, None, "", "", False)]


def test_a_tablet_speaks_for_its_own_hub(at_time: AtTime) -> None:
    place = make_place()
    device, _ = make_device()
    at_time(at(EVENING))
    tell(device, seen(place.volunteer, NINE))
    assert state() == []


@pytest.mark.parametrize("first", [0, 1])
def test_in_at_one_door_and_out_at_the_other_whichever_tells_first(at_time: AtTime, first: int) -> None:
    place = make_place()
    tablets = [make_device(hub=place.session.hub)[0] for _ in range(2)]
    # Held up at both on the way in, a minute apart: it is one coming.
    seen_by = [
        [seen(place.volunteer, NINE - 2)],
        [seen(place.volunteer, NINE - 1), seen(place.volunteer, HALF_PAST_TEN + 1, 2)],
    ]
    at_time(at(EVENING))
    for tablet in (first, 1 - first):
        tell(tablets[tablet], *seen_by[tablet])
    assert state() == [(place.pk, at(NINE - 2), at(HALF_PAST_TEN + 1), "device", "device", False)]
    assert ServiceRecord.objects.get().minutes == 90


SCANS = st.lists(st.tuples(st.integers(0, 2), st.integers(500, 780), st.integers(0, 1)), min_size=1, max_size=8)
"""Who, when, at which of two tablets."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(SCANS, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_come_to_the_same(
    at_time: AtTime, scans: list[tuple[int, int, int]], chance: random.Random
) -> None:
    at_time(at(0))
    first = make_place()
    hub = first.session.hub
    people = [first.volunteer, make_regular(), make_regular()]
    for volunteer in people[1:]:
        take(first.need, volunteer)
    second = make_need(session=make_session(hub=hub, start=HALF_PAST_TEN + 15), target=3)
    for volunteer in people[:2]:
        take(second, volunteer)
    at_time(at(EVENING))
    tablets = [make_device(hub=hub)[0] for _ in range(2)]
    sent = [(tablet, seen(people[who], minute, number)) for number, (who, minute, tablet) in enumerate(scans, 1)]

    def after(batches: Sequence[Sequence[tuple[int, Sent]]]) -> list[tuple[object, ...]]:
        Attendance.objects.all().delete()
        AttendanceEvent.objects.all().delete()
        for batch in batches:
            for number, device in enumerate(tablets):
                tell(device, *(one for tablet, one in batch if tablet == number))
        return state()

    straight = after([sent])
    chopped = [chance.choices(sent, k=chance.randint(1, len(sent))) for _ in range(3)] + [[one] for one in sent]
    chance.shuffle(chopped)
    assert after(chopped) == straight
    assert AttendanceEvent.objects.count() == len(sent)


def test_it_takes_as_many_queries_for_one_as_for_thirty(at_time: AtTime) -> None:
    first = make_place()
    hub = first.session.hub
    device, _ = make_device(hub=hub)
    need = make_need(session=first.session, target=40)
    crowd = [take(need).volunteer for _ in range(31)]
    at_time(at(NINE))
    # The journal has an entry for each, before and after.
    few = count_queries(partial(tell, device, seen(crowd[0], NINE - 5)))
    many = count_queries(partial(tell, device, *(seen(one, NINE - 5, 9) for one in crowd[1:])))
    assert many - few <= 29
    assert Attendance.objects.filter(signed_in_at=at(NINE - 5)).count() == 31


def test_a_code_pairs_once_and_for_a_while(at_time: AtTime) -> None:
    hub, by = make_hub(), make_person(Role.COORDINATOR)
    at_time(at(0))
    _, code = offer_pairing(hub=hub, name=" 前台 ", by=by)
    device, token = pair(code=code)
    assert (device.name, find_device(token)) == ("前台", device)
    for wrong in (code, "", "00000000"):
        with pytest.raises(Refused, match="code_wrong"):
            pair(code=wrong)
    _, late = offer_pairing(hub=hub, name="后门", by=by)
    at_time(at(16))
    with pytest.raises(Refused, match="code_wrong"):
        pair(code=late)
    with pytest.raises(Refused, match="device_name_missing"):
        offer_pairing(hub=hub, name="  ", by=by)


def test_a_revoked_tablet_is_told_so() -> None:
    device, token = make_device()
    revoke(device=device, by=make_person(Role.COORDINATOR))
    with pytest.raises(Refused, match="device_revoked"):
        find_device(token)
    with pytest.raises(Refused, match="device_unknown"):
        find_device("")
    assert Device.objects.get().token_hash not in ("", token)
