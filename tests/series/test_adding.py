"""A series is shown, then saved just as it was shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Role
from hub.places.models import MarkedDay
from scheduling.series.models import Occurrence, Series, Term
from scheduling.series.outcome import Outcome
from scheduling.series.series import add_series, draft_series, publish_series, remove_draft, restore_draft
from scheduling.sessions.models import Claim, Need, Session
from tests.series.factories import READER, TUESDAY, add, make_wish, sessions_of
from tests.sessions.factories import added
from tests.support.make import make_hub, make_person, make_program, make_room

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def shown(outcome: Outcome) -> list[tuple[str, str, list[str]]]:
    return [(f"{row.day:%m-%d}", row.what, [one.code for one in row.reasons]) for row in outcome.rows]


def preview(**values: Any) -> Outcome:
    return add_series(program=make_program(), wish=make_wish(**values), seen="", by=make_person())


def test_a_preview_writes_nothing() -> None:
    room = make_room()
    outcome = preview(room=room)
    assert shown(outcome) == [(f"{TUESDAY + WEEK * number:%m-%d}", "added", []) for number in range(6)]
    assert (outcome.saved, outcome.series) == (False, None)
    left = [model.objects.count() for model in (Series, Occurrence, Session, Claim, Event)]
    assert left == [0, 0, 0, 0, 0]
    assert not Entry.objects.filter(action__startswith="se").exists()


def test_what_was_seen_is_saved() -> None:
    room, worker = make_room(), make_person(Role.SOCIAL_WORKER)
    series = add(make_wish(room=room, duty_worker=worker, note="带书"))
    sessions = sessions_of(series)
    assert [one.starts_at for one in sessions] == [clock.at(TUESDAY + WEEK * number, 16 * 60) for number in range(6)]
    assert {(one.room, one.places, one.duty_worker, one.note) for one in sessions} == {(room, 12, worker, "带书")}
    assert list(Need.objects.values_list("role", "min", "target")) == [("领读员", 1, 2)] * 6
    assert list(series.occurrences.order_by("day").values_list("uid", flat=True)) == [one.uid for one in sessions]
    assert Claim.objects.filter(resource=f"room:{room.pk}").count() == 6
    assert series.published_at is not None


def test_what_changed_since_it_was_seen_is_shown_anew() -> None:
    room, program, by = make_room(name="书屋"), make_program(), make_person()
    wish = make_wish(room=room)
    first = add_series(program=program, wish=wish, seen="", by=by)
    other = added(room=room, day=TUESDAY + WEEK, start=17 * 60)
    second = add_series(program=program, wish=wish, seen=first.seen, by=by)
    assert (second.saved, Series.objects.count()) == (False, 0)
    assert shown(second)[1] == ("03-09", "not_held", ["clash"])
    assert second.rows[1].reasons[0].facts["title"] == other.program.name
    third = add_series(program=program, wish=wish, seen=second.seen, by=by)
    assert third.saved
    assert [one.day for one in Occurrence.objects.order_by("day")] == [
        row.day for row in second.rows if row.what == "added"
    ]


def test_holidays_and_days_made_up_for_are_said() -> None:
    off, worked = TUESDAY + WEEK * 2, TUESDAY + WEEK * 2 + dt.timedelta(days=4)
    MarkedDay.objects.create(day=off, works=False)
    MarkedDay.objects.create(day=TUESDAY + WEEK * 3, works=False)
    MarkedDay.objects.create(day=worked, works=True, instead_of=off)
    outcome = preview()
    assert shown(outcome)[2:4] == [("03-16", "added", ["makeup"]), ("03-23", "not_held", ["holiday_skipped"])]
    assert outcome.rows[2].starts_at == clock.at(worked, 16 * 60)


def test_within_a_term() -> None:
    hub = make_hub()
    term = Term.objects.create(name="春季学期", hub=hub, first_day=TUESDAY + WEEK, last_day=TUESDAY + WEEK * 3)
    outcome = preview(term=term, hub=hub)
    assert shown(outcome) == [
        ("03-02", "not_held", ["outside_term"]),
        ("03-09", "added", []),
        ("03-16", "added", []),
        ("03-23", "added", []),
    ]


def test_days_that_are_over_are_not_made_up() -> None:
    today = clock.today()
    weeks = [today + WEEK * number for number in (-2, -1, 1)]
    rule = f"FREQ=WEEKLY;BYDAY={['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][today.weekday()]}"
    outcome = preview(first_day=weeks[0], rule=rule, count=4, start=0, minutes=1, holidays="keep", makeup=False)
    assert [row.day for row in outcome.rows] == [weeks[2]]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"minutes": 0}, "impossible_time"),
        ({"rule": "FREQ=SOMETIMES"}, "rule_unreadable"),
        ({"count": None}, "rule_endless"),
        ({"needs": [READER, READER]}, "role_twice"),
        ({"first_day": dt.date(1999, 1, 1)}, "day_out_of_range"),
    ],
)
def test_what_no_series_is(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        preview(**wrong)
    assert refused.value.code == code


def test_rooms_and_terms_of_another_site_are_refused() -> None:
    term = Term.objects.create(name="秋", hub=make_hub(), first_day=TUESDAY, last_day=TUESDAY)
    found = []
    for wrong in ({"room": make_room(), "hub": make_hub()}, {"term": term}, {"duty_worker": make_person()}):
        with pytest.raises(Refused) as refused:
            preview(**wrong)
        found.append(refused.value.code)
    assert found == ["room_elsewhere", "term_elsewhere", "not_a_social_worker"]


def test_a_draft_has_no_sessions_until_it_is_published() -> None:
    by = make_person()
    draft = draft_series(program=make_program(), wish=make_wish(), by=by)
    assert Session.objects.count() == 0
    seen = publish_series(series_id=draft.pk, revision=1, seen="", by=by)
    assert (seen.saved, Session.objects.count()) == (False, 0)
    assert publish_series(series_id=draft.pk, revision=1, seen=seen.seen, by=by).saved
    assert Session.objects.count() == 6
    with pytest.raises(Refused) as refused:
        publish_series(series_id=draft.pk, revision=1, seen=seen.seen, by=by)
    assert refused.value.code == "series_published"


def test_a_draft_thrown_away_is_had_back_within_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    by = make_person()
    draft = draft_series(program=make_program(), wish=make_wish(), by=by)
    remove_draft(series_id=draft.pk, revision=1, by=by)
    restore_draft(series_id=draft.pk, by=by)
    remove_draft(series_id=draft.pk, revision=3, by=by)
    later = clock.now() + dt.timedelta(minutes=11)
    monkeypatch.setattr("hub.clock.now", lambda: later)
    with pytest.raises(Refused) as refused:
        restore_draft(series_id=draft.pk, by=by)
    assert refused.value.code == "undo_over"


def test_a_published_series_is_no_draft() -> None:
    series = add()
    with pytest.raises(Refused) as refused:
        remove_draft(series_id=series.pk, revision=1, by=make_person())
    assert refused.value.code == "series_published"
