"""A shift made one's own by several taps at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.journal.models import Entry
from tests.support.make import make_session, make_volunteer
from volunteers.models import StandingShift, Volunteer
from volunteers.wishes import make_standing

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_taps_at_once_make_one(at_once: Callable[..., list[object]]) -> None:
    session, me = make_session(), make_volunteer()

    def tap() -> StandingShift:
        volunteer = Volunteer.objects.select_related("person").get(pk=me.pk)
        return make_standing(
            volunteer=volunteer,
            program=session.program,
            hub=session.hub,
            starts_at=session.starts_at,
            by=volunteer.person,
        )

    results = at_once([tap] * 8)
    assert results == [StandingShift.objects.get()] * 8
    assert Entry.objects.filter(action="standing_shift.made").count() == 1
