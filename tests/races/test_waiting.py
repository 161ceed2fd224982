"""A crowd before few places and a line that ends: everybody has a place, a number in the line, or a plain no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from hub import clock
from hub.errors import Refused
from hub.live.models import Event
from scheduling.sessions.models import Claim, Need, RosterSettings
from scheduling.signups.models import Assignment
from scheduling.signups.parties import sign_up_together
from scheduling.signups.signups import accept, assign_by_hand, decline, sign_up
from scheduling.signups.waiting import pass_silent
from tests.signups.factories import make_regular, take
from tests.support.make import make_need, make_person, make_session
from volunteers.models import Volunteer

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
State = Assignment.State
SEATS, LINE, CROWD, LANES = 20, 50, 500, 50


def outcome(result: object) -> str:
    if isinstance(result, Refused):
        return result.code
    return result.state if isinstance(result, Assignment) else repr(result)


def wait_for(need: Need, volunteer: Volunteer) -> Assignment:
    return sign_up(need=need.pk, person=volunteer.person_id, by=volunteer.person, wait=True)


def in_lanes(at_once: AtOnce, calls: Sequence[Callable[[], object]]) -> list[object]:
    """As many connections as a server has; the rest stand in line."""

    def walk(lane: Sequence[Callable[[], object]]) -> list[object]:
        found: list[object] = []
        for call in lane:
            try:
                found.append(call())
            except Exception as error:
                found.append(error)
        return found

    lanes = [partial(walk, calls[lane::LANES]) for lane in range(LANES)]
    return [one for lane in at_once(lanes) for one in (lane if isinstance(lane, list) else [lane])]


def crowd() -> tuple[Need, list[Volunteer]]:
    RosterSettings.objects.create(most_waiting=LINE)
    return make_need(target=SEATS), [make_regular() for _ in range(CROWD)]


def line(need: Need) -> list[int]:
    waiting = Assignment.objects.filter(need=need, state=State.WAITING).order_by("pk")
    return list(waiting.values_list("pk", flat=True))


def test_five_hundred_for_twenty_seats_and_fifty_in_line(at_once: AtOnce) -> None:
    need, people = crowd()
    results = in_lanes(at_once, [partial(wait_for, need, one) for one in people])
    assert Counter(map(outcome, results)) == {
        "accepted": SEATS,
        "waiting": LINE,
        "waiting_full": CROWD - SEATS - LINE,
    }
    assert Assignment.objects.filter(need=need, state=State.ACCEPTED).count() == SEATS
    assert Claim.objects.filter(session=need.session).count() == SEATS
    # The line's order is the order in which everybody was told of it.
    told = Event.objects.filter(topic__name=f"hub:{need.session.hub_id}").order_by("seq").values_list("seq", "ids")
    assert [seq for seq, _ in told] == list(range(1, SEATS + LINE + 1))
    assert [ids["assignment"][0] for _, ids in told][SEATS:] == line(need)


def test_and_again_while_people_cancel(at_once: AtOnce) -> None:
    need, people = crowd()
    need.target = SEATS + 1
    need.save()
    placed = [take(need, one) for one in people[:SEATS]]
    calls = [partial(wait_for, need, one) for one in people[SEATS:]]
    for number, row in enumerate(placed):
        calls.insert(number * 20, partial(decline, assignment=row.pk, by=row.volunteer.person))
    results = Counter(map(outcome, in_lanes(at_once, calls)))
    assert set(results) <= {"accepted", "waiting", "declined", "waiting_full"}, results
    assert results["declined"] == SEATS
    rows = Counter(Assignment.objects.filter(need=need).values_list("state", flat=True))
    assert rows[State.ACCEPTED] + rows[State.OFFERED] <= need.target
    assert rows[State.ACCEPTED] + rows[State.OFFERED] == need.target or not rows[State.WAITING]
    offered = Assignment.objects.filter(need=need, state=State.OFFERED).order_by("pk").values_list("pk", flat=True)
    waiting = line(need)
    assert not waiting or not offered or max(offered) < min(waiting), "first come, first offered"


def test_the_last_moment_of_an_offer(at_once: AtOnce) -> None:
    """Yes, no, time running out, hands and other people's taps at once: one place, one holder."""
    for _ in range(3):
        need = make_need(target=1)
        first = take(need)
        mine, next_one = wait_for(need, make_regular()), wait_for(need, make_regular())
        decline(assignment=first.pk, by=None)
        Assignment.objects.filter(pk=mine.pk).update(answer_by=clock.now())
        staff, other = make_person(), make_regular()
        results = at_once(
            [
                partial(accept, assignment=mine.pk, by=mine.volunteer.person),
                partial(decline, assignment=mine.pk, by=mine.volunteer.person),
                partial(pass_silent, session=need.session_id),
                partial(pass_silent, session=need.session_id),
                partial(assign_by_hand, need=need.pk, person=other.person_id, by=staff),
                partial(take, need),
            ]
        )
        assert [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)] == []
        held = Assignment.objects.filter(need=need, state__in=Assignment.HOLDING)
        assert [row.pk for row in held] in ([mine.pk], [next_one.pk])


def test_parties_crosswise(at_once: AtOnce) -> None:
    """Two lead each other into two sessions at once: nobody waits in a ring, nobody is in two places."""
    for _ in range(3):
        one, other = make_regular(), make_regular()
        needs = [make_need(session=make_session(), target=2) for _ in range(2)]
        calls = [
            partial(sign_up_together, need=need.pk, person=me.person_id, companions=[they.pk], by=me.person)
            for need in needs
            for me, they in ((one, other), (other, one))
        ]
        results = at_once(calls)
        assert [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)] == []
        agreed = Assignment.objects.filter(state=State.AGREED, need__in=needs)
        assert len({row.volunteer_id for row in agreed}) == len(agreed)
        answers = [
            partial(accept, assignment=row.pk, by=row.volunteer.person)
            for row in Assignment.objects.filter(state=State.OFFERED, need__in=needs).select_related(
                "volunteer__person"
            )
        ]
        failed = [one for one in at_once(answers) if isinstance(one, Exception) and not isinstance(one, Refused)]
        assert failed == []
        busy = Assignment.objects.filter(state__in=Assignment.BUSY, need__in=needs)
        assert len({row.volunteer_id for row in busy}) == len(busy)
