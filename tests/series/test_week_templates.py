"""A week saved, and laid over others: what is there stays, twice changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from hub import clock
from hub.errors import Refused
from hub.places.models import MarkedDay
from scheduling.series.models import WeekTemplate
from scheduling.series.outcome import Outcome
from scheduling.series.week_templates import lay_template, remove_template, save_template
from scheduling.sessions.models import Session
from scheduling.sessions.needs import NeedWish
from scheduling.sessions.sessions import cancel_session
from tests.sessions.factories import added, moved
from tests.support.make import MONDAY, make_hub, make_person, make_room

pytestmark = pytest.mark.django_db
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
THERE = dt.date(2027, 3, 1)
"""A Monday."""


def lay(template: int, week: dt.date = THERE) -> Outcome:
    by = make_person()
    shown = lay_template(template_id=template, week=week, seen="", by=by)
    return lay_template(template_id=template, week=week, seen=shown.seen, by=by)


def told(outcome: Outcome) -> list[tuple[str, list[str]]]:
    return [(row.what, [one.code for one in row.reasons]) for row in outcome.rows]


def make_template() -> tuple[int, list[Session]]:
    room = make_room()
    needs = (NeedWish(role="领读员", min=1, target=2),)
    sessions = [added(room=room, day=MONDAY + DAY * number, needs=needs, places=6, note="带书") for number in (0, 3)]
    return save_template(hub=room.hub, week=MONDAY, name="平常", by=make_person()).pk, sessions


def test_laid_over_another_week() -> None:
    template, sessions = make_template()
    outcome = lay(template)
    assert told(outcome) == [("added", []), ("added", [])]
    new = list(Session.objects.filter(week=THERE).order_by("starts_at"))
    assert [(one.program, one.room, one.places, one.note) for one in new] == [
        (one.program, one.room, 6, "带书") for one in sessions
    ]
    assert [one.starts_at for one in new] == [clock.at(THERE, 540), clock.at(THERE + 3 * DAY, 540)]
    assert [list(one.needs.values_list("role", "target")) for one in new] == [[("领读员", 2)]] * 2


def test_twice_changes_nothing_even_where_one_was_moved() -> None:
    template, _ = make_template()
    lay(template)
    new = list(Session.objects.filter(week=THERE).order_by("starts_at"))
    moved(new[0], day=THERE + 5 * DAY, start=15 * 60)
    cancel_session(session_id=new[1].pk, revision=1, reason="停电", by=None)
    before = list(Session.objects.order_by("pk").values_list("pk", "starts_at", "state", "revision"))
    assert told(lay(template)) == [("kept", []), ("kept", [])]
    assert list(Session.objects.order_by("pk").values_list("pk", "starts_at", "state", "revision")) == before


def test_over_its_own_week_it_changes_nothing() -> None:
    template, _ = make_template()
    assert told(lay(template, MONDAY)) == [("kept", []), ("kept", [])]


def test_holidays_stay_free_and_what_clashes_is_left_out() -> None:
    template, sessions = make_template()
    MarkedDay.objects.create(day=THERE, works=False)
    added(room=sessions[0].room, day=THERE + 3 * DAY, start=9 * 60 + 30)
    assert told(lay(template)) == [("not_held", ["holiday_skipped"]), ("not_held", ["clash"])]


def test_a_preview_writes_nothing() -> None:
    template, _ = make_template()
    outcome = lay_template(template_id=template, week=THERE, seen="", by=make_person())
    assert (outcome.saved, [row.what for row in outcome.rows]) == (False, ["added", "added"])
    assert Session.objects.filter(week=THERE).count() == 0


def test_a_closed_groups_session_is_no_part_of_it() -> None:
    """Laid over another week it would be open to everybody."""
    template, sessions = make_template()
    Session.objects.filter(pk=sessions[0].pk).update(group_only=True)
    other = save_template(hub=sessions[0].hub, week=MONDAY, name="再存", by=make_person())
    assert [row["weekday"] for row in other.rows] == [3]
    assert template != other.pk


def test_what_no_template_is() -> None:
    _template, sessions = make_template()
    found = []
    for hub, name in ((sessions[0].hub, " "), (sessions[0].hub, "平常"), (make_hub(), "空")):
        with pytest.raises(Refused) as refused:
            save_template(hub=hub, week=MONDAY, name=name, by=make_person())
        found.append(refused.value.code)
    assert found == ["name_missing", "template_named_twice", "nothing_that_week"]


def test_removing_one_leaves_what_was_laid() -> None:
    template, _ = make_template()
    lay(template)
    remove_template(template=WeekTemplate.objects.get(pk=template), by=make_person())
    assert Session.objects.filter(week=THERE).count() == 2
