"""Stand-ins who answer at the same moment: one place, one person, and everybody hears how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from hub.live.models import Event
from hub.notify.models import Message
from scheduling.callouts.answers import Outcome, record_call, say_no, say_yes
from scheduling.callouts.callouts import look, stop_call_out
from scheduling.callouts.models import Ask
from scheduling.callouts.swaps import accept_swap, propose_swap
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, decline, sign_up
from tests.callouts.factories import first_wave, helpers, sent, short_need, the_callout
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_person, make_session

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


NO_PLACE = ("callout_filled", "need_full", "not_short")
LOST = {0: "callout_filled", 2: "callout_filled", 3: "need_full", 4: "need_full"}
"""What each of those who want the place hears when another has it."""


def outcome(result: object) -> str:
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_two_say_yes_at_once_for_one_place(at_once: AtOnce) -> None:
    for _ in range(5):
        need, _place = short_need()
        helpers(3)
        asks = first_wave(need)
        Message.objects.update(state="sent")
        results = at_once([partial(say_yes, ask=one.pk, by=one.volunteer.person) for one in asks])
        assert Counter(map(outcome, results)) == {"Ask": 1, "callout_filled": 2}
        assert Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE).count() == 1
        assert Claim.objects.filter(session=need.session).count() == 1
        states = Counter(the_callout(need).asks.values_list("state", flat=True))
        assert states == {"yes": 1, "closed": 2}
        lost = [ask.volunteer.person_id for ask, one in zip(asks, results, strict=True) if isinstance(one, Refused)]
        assert sent("callout_filled") == sorted(lost)
        seqs = Event.objects.filter(topic__name=f"hub:{need.session.hub_id}").order_by("seq")
        assert list(seqs.values_list("seq", flat=True)) == list(range(1, seqs.count() + 1))
        Message.objects.all().delete()
        Assignment.objects.all().delete()
        Claim.objects.all().delete()


def test_a_stop_beside_a_yes(at_once: AtOnce) -> None:
    """Either they have the place and it is filled, or it was stopped and nobody has it."""
    for _ in range(5):
        need, _place = short_need()
        helpers(1)
        ask = first_wave(need)[0]
        callout = the_callout(need)
        results = at_once(
            [
                partial(say_yes, ask=ask.pk, by=ask.volunteer.person),
                partial(stop_call_out, callout=callout.pk, by=make_person()),
            ]
        )
        found = [outcome(one) for one in results]
        callout.refresh_from_db()
        ask.refresh_from_db()
        active = Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE).count()
        assert (found, callout.state, ask.state, active) in [
            (["Ask", "CallOut"], "filled", "yes", 1),
            (["callout_stopped", "CallOut"], "stopped", "closed", 0),
        ]
        Assignment.objects.all().delete()
        Claim.objects.all().delete()
        Ask.objects.all().delete()


def test_a_wave_is_asked_once_by_however_many_workers(at_once: AtOnce) -> None:
    for _ in range(3):
        need, _place = short_need()
        helpers(6)
        callout = the_callout(need)
        results = at_once([partial(look, callout.pk)] * 4)
        assert Counter(map(repr, results)) == {"True": 1, "False": 3}
        assert callout.asks.count() == 3
        assert len(sent("callout_ask")) == 3
        Message.objects.all().delete()
        Ask.objects.all().delete()
        Assignment.objects.all().delete()
        Claim.objects.all().delete()


def test_everybody_at_once(at_once: AtOnce) -> None:
    """A yes, a no, a call, a stranger's sign-up and a change of heart: one place goes to one person."""
    for _ in range(5):
        need, place = short_need()
        helpers(3)
        first, second, third = first_wave(need)
        stranger, staff = make_regular().person, make_person()
        results = at_once(
            [
                partial(say_yes, ask=first.pk, by=first.volunteer.person),
                partial(say_no, ask=second.pk, by=second.volunteer.person),
                partial(record_call, need=need.pk, volunteer=third.volunteer_id, outcome=Outcome.YES, by=staff),
                partial(sign_up, need=need.pk, person=stranger.pk, by=stranger),
                partial(accept, assignment=place.pk, by=place.volunteer.person),
                partial(look, the_callout(need).pk),
            ]
        )
        found = [outcome(one) for one in results]
        # Whether the search was closed by then, or only filled, is a matter of microseconds.
        lost = {n: code.replace("not_short", "callout_filled") for n, code in enumerate(found) if code in NO_PLACE}
        (won,) = set(LOST) - set(lost)
        assert lost == {n: code for n, code in LOST.items() if n != won}
        assert (found[1], found[5]) == ("Ask", "bool")
        active = Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE)
        assert active.count() == Claim.objects.filter(session=need.session).count() == 1
        assert Ask.objects.filter(callout__need=need, state="yes").count() == (won in (0, 2))
        for row in active:
            decline(assignment=row.pk, by=staff)
        Ask.objects.all().delete()
        Assignment.objects.all().delete()


def test_a_swap_beside_a_cancel(at_once: AtOnce) -> None:
    """One of the two gives the place back as the other agrees: both have changed places, or neither."""
    for _ in range(5):
        hub = make_hub()
        needs = [make_need(session=make_session(hub=hub, start=start), target=1) for start in (9 * 60, 14 * 60)]
        mine, yours = take(needs[0]), take(needs[1])
        me, them = mine.volunteer, yours.volunteer
        swap = propose_swap(mine=mine.pk, yours=yours.pk, by=me.person)
        results = at_once(
            [
                partial(accept_swap, swap=swap.pk, by=them.person),
                partial(decline, assignment=mine.pk, by=me.person),
            ]
        )
        found = [outcome(one) for one in results]
        active = Assignment.objects.filter(need__in=needs, state__in=Assignment.ACTIVE)
        held = set(active.values_list("need", "volunteer"))
        assert (found, held) in [
            (["Swap", "released"], {(needs[0].pk, them.pk), (needs[1].pk, me.pk)}),
            (["swap_over", "Assignment"], {(needs[1].pk, them.pk)}),
        ]
        assert Claim.objects.filter(session__hub=hub).count() == len(held)


def test_two_swaps_that_cross_do_not_wait_for_each_other_in_a_ring(at_once: AtOnce) -> None:
    """Each proposed to the other; both agree at the same moment."""
    for _ in range(5):
        hub = make_hub()
        needs = [make_need(session=make_session(hub=hub, start=start), target=1) for start in (9 * 60, 14 * 60)]
        mine, yours = take(needs[0]), take(needs[1])
        one = propose_swap(mine=mine.pk, yours=yours.pk, by=mine.volunteer.person)
        other = propose_swap(mine=yours.pk, yours=mine.pk, by=yours.volunteer.person)
        results = at_once(
            [
                partial(accept_swap, swap=one.pk, by=yours.volunteer.person),
                partial(accept_swap, swap=other.pk, by=mine.volunteer.person),
            ]
        )
        assert Counter(map(outcome, results)) == {"Swap": 1, "swap_over": 1}
        active = Assignment.objects.filter(need__in=needs, state__in=Assignment.ACTIVE)
        assert set(active.values_list("need", "volunteer")) == {
            (needs[0].pk, yours.volunteer_id),
            (needs[1].pk, mine.volunteer_id),
        }
