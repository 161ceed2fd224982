"""The door, the tablet and staff at the same moment."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub import clock
from hub.errors import Refused
from hub.people.models import Role
from scheduling.attendance import attendance
from scheduling.attendance.closing import close_session
from scheduling.attendance.devices import offer_pairing, pair
from scheduling.attendance.models import Attendance, AttendanceEvent
from scheduling.attendance.visits import pass_door
from scheduling.sessions.models import Session
from scheduling.signups.signups import release_place
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_device, make_place, seen, tell
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_person
from volunteers.hours.models import ServiceRecord

AtOnce = Callable[..., list[object]]
AtTime = Callable[[dt.datetime], None]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_code_opened_many_times_signs_in_once(at_once: AtOnce, at_time: AtTime) -> None:
    place = make_place()
    me = place.volunteer
    at_time(at(NINE))
    visit = partial(pass_door, volunteer=me, hub=place.session.hub_id, by=me.person)
    results = at_once([visit] * 8)
    assert Counter(stop.done for stops in results for stop in stops) == {"in": 1, "": 7}  # type: ignore[attr-defined]
    assert AttendanceEvent.objects.count() == 1


def test_a_tablet_that_sends_twice_beside_staff_and_phones(at_once: AtOnce, at_time: AtTime) -> None:
    """Everybody is in and out once, nobody waits for another in a ring, and hours are entered once."""
    places = [make_place()]
    places += [take(places[0].need, make_regular()) for _ in range(5)]
    hub, by = places[0].session.hub, make_person(Role.COORDINATOR)
    tablets = [make_device(hub=hub)[0] for _ in range(2)]
    morning = [seen(place.volunteer, minute, 1) for place in places for minute in (NINE - 1, HALF_PAST_TEN)]
    at_time(at(HALF_PAST_TEN + 1))
    results = at_once(
        [
            *(partial(tell, tablets[0], *some) for some in (morning, morning[::-1], morning[3:9])),
            partial(tell, tablets[1], *(seen(place.volunteer, NINE, 1) for place in reversed(places))),
            *(partial(attendance.sign_in, assignment=place.pk, by=by, at=at(NINE)) for place in places[:3]),
            *(partial(pass_door, volunteer=one.volunteer, hub=hub.pk, by=one.volunteer.person) for one in places[3:]),
            *[partial(close_session, session=places[0].session_id, by=by)] * 2,
        ]
    )
    assert [one for one in results if isinstance(one, Exception)] == []
    rows = Attendance.objects.filter(assignment__in=places)
    assert set(rows.values_list("signed_in_at", flat=True)) == {at(NINE - 1)}
    assert rows.filter(signed_out_at__gte=at(HALF_PAST_TEN)).count() == len(places)
    assert AttendanceEvent.objects.filter(device=tablets[0]).count() == len(morning)
    assert ServiceRecord.objects.count() == len(places)


def test_a_place_taken_back_as_the_tablet_tells_counts_only_what_came_before(at_once: AtOnce) -> None:
    for _ in range(5):
        place = make_place()
        device, _ = make_device(hub=place.session.hub)
        session = place.session
        Session.objects.filter(pk=session.pk).update(
            starts_at=clock.now() + dt.timedelta(minutes=9), ends_at=clock.now() + dt.timedelta(minutes=99)
        )
        scan = seen(place.volunteer, 0, at=clock.now())
        by = make_person(Role.COORDINATOR)
        results = at_once([partial(tell, device, scan), partial(release_place, assignment=place.pk, by=by)])
        assert [one for one in results if isinstance(one, Exception)] == []
        place.refresh_from_db()
        assert (place.state, AttendanceEvent.objects.get(device=device).volunteer) == ("released", place.volunteer)
        assert not Attendance.objects.filter(assignment=place, changed_at__gt=place.changed_at).exists()


def test_a_pairing_code_typed_into_two_tablets_pairs_one(at_once: AtOnce) -> None:
    _, code = offer_pairing(hub=make_hub(), name="门口", by=make_person(Role.COORDINATOR))
    results = at_once([partial(pair, code=code)] * 4)
    assert sorted(one.code for one in results if isinstance(one, Refused)) == ["code_wrong"] * 3
