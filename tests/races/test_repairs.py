"""Two coordinators repair at the same moment: nobody is promised twice, and a way is taken as a whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from hub.live.models import Event
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.planning.repairs import apply_repair
from scheduling.sessions.models import Claim, Need, Session
from scheduling.signups.models import Assignment
from scheduling.signups.rearranging import read_stands
from scheduling.signups.signups import assign_by_hand
from tests.planning.factories import make_helper, make_open_need
from tests.support.make import make_hub, make_person
from volunteers.models import Volunteer

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def outcome(result: object) -> str:
    return result.code if isinstance(result, Refused) else type(result).__name__


def way(need: Need, *, freed: list[tuple[Need, Volunteer]], taken: list[tuple[Need, Volunteer]]) -> partial[object]:
    """Taking a way as its coordinator saw it."""
    touched = {place[0].session_id for place in (*freed, *taken)}
    return partial(
        apply_repair,
        session=need.session,
        freed=[(one.pk, who.pk) for one, who in freed],
        taken=[(one.pk, who.pk) for one, who in taken],
        seen=read_stands(Session.objects.filter(pk__in=touched)),
        by=make_person(Role.COORDINATOR, hub=need.session.hub),
    )


def test_two_ways_that_want_the_same_person(at_once: AtOnce) -> None:
    """Each moves somebody over and wants the same neighbor for the place left."""
    for _ in range(5):
        hub = make_hub()
        neighbor = make_helper()
        calls, sessions = [], []
        for _ in range(2):
            short, left = make_open_need(hub=hub), make_open_need(hub=hub)
            mover = make_helper()
            assign_by_hand(need=left.pk, person=mover.person_id, by=make_person())
            calls.append(way(short, freed=[(left, mover)], taken=[(short, mover), (left, neighbor)]))
            sessions.append((short, left, mover))
        Message.objects.all().delete()

        results = at_once(calls)

        assert Counter(map(outcome, results)) == {"Rearranged": 1, "clash": 1}
        won = [outcome(one) for one in results].index("Rearranged")
        (short, left, mover), (lost_short, lost_left, stays) = sessions[won], sessions[1 - won]
        active = Assignment.objects.filter(session__hub=hub, state__in=Assignment.ACTIVE)
        assert set(active.values_list("need", "volunteer")) == {
            (short.pk, mover.pk),
            (left.pk, neighbor.pk),
            (lost_left.pk, stays.pk),
        }
        assert not Assignment.objects.filter(need=lost_short).exists()
        assert Claim.objects.filter(session__hub=hub).count() == 3
        assert Counter(Message.objects.values_list("to_id", flat=True)) == {mover.person_id: 1, neighbor.person_id: 1}
        seqs = Event.objects.filter(topic__name=f"hub:{hub.pk}").order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, len(seqs) + 1))


def test_two_ways_for_the_same_gap(at_once: AtOnce) -> None:
    """There is room for both, but one is enough: the second is told that it came too late."""
    for _ in range(5):
        need = make_open_need(hub=make_hub(), target=3)
        calls = [way(need, freed=[], taken=[(need, make_helper())]) for _ in range(2)]
        assert Counter(map(outcome, at_once(calls))) == {"Rearranged": 1, "outdated": 1}
        assert Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE).count() == 1


def test_ways_that_cross_do_not_wait_for_each_other_in_a_ring(at_once: AtOnce) -> None:
    """Each takes a person out of the session that the other fills."""
    for _ in range(5):
        hub = make_hub()
        one, two = make_open_need(hub=hub), make_open_need(hub=hub, start=14 * 60)
        first, second = make_helper(), make_helper()
        assign_by_hand(need=one.pk, person=first.person_id, by=make_person())
        assign_by_hand(need=two.pk, person=second.person_id, by=make_person())
        calls = [
            way(two, freed=[(one, first)], taken=[(two, first)]),
            way(one, freed=[(two, second)], taken=[(one, second)]),
        ]
        assert Counter(map(outcome, at_once(calls))) == {"Rearranged": 1, "outdated": 1}
