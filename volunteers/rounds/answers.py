"""What somebody says about a week: as last week, these times, or not at all. It holds for that week alone.

Their own word stands over what staff wrote down for them, whichever came first.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from volunteers.availability import ByDay, by_day, checked, own_week, times_in, with_exceptions
from volunteers.models import OwnWeek, Volunteer
from volunteers.persons import lock, other
from volunteers.rounds.models import Asked
from volunteers.rounds.rounds import need_open

Answer = Asked.Answer


def last_weeks_times(volunteer: Volunteer, week: dt.date) -> ByDay:
    """The week's times if it is to be as the last one, with the dates that differ in this one."""
    return by_day(with_exceptions(volunteer, _last_weeks_word(volunteer, week), week).free)


def _last_weeks_word(volunteer: Volunteer, week: dt.date) -> ByDay:
    """What was said for it, or usually holds."""
    before = own_week(volunteer, week - dt.timedelta(weeks=1))
    word: ByDay = volunteer.availability if before is None else before.availability
    return word


def known_times(volunteer: Volunteer, week: dt.date) -> ByDay:
    """What holds for the week as far as is known: an answer begins from it."""
    return by_day(times_in(volunteer, week).free)


@transaction.atomic
def answer(*, asked: Asked, said: Asked.Answer, times: ByDay | None, by: Person) -> Asked:
    """`times` with TIMES alone. Refused: round_over, times_wrong, times_missing, answered_themselves."""
    volunteer = asked.volunteer
    windows = checked(times or [])
    if said == Answer.SILENT or (said == Answer.TIMES and not windows):
        raise Refused("times_missing")
    lock(volunteer)
    asked = Asked.objects.select_related("round", "volunteer__person").get(pk=asked.pk)
    need_open(asked.round)
    is_own = by.pk == volunteer.person_id
    if not is_own and asked.answer != Answer.SILENT and asked.recorded_by_id is None:
        raise Refused("answered_themselves")
    if said == Answer.SAME:
        windows = _last_weeks_word(volunteer, asked.week)
    elif said == Answer.AWAY:
        windows = []
    # As last week is said in general: the dates that differ in this one count all the same.
    said_at = None if said == Answer.SAME else clock.now()
    OwnWeek.objects.update_or_create(
        volunteer=volunteer, week=asked.week, defaults={"availability": windows, "said_at": said_at}
    )
    asked.answer, asked.answered_at = said, clock.now()
    asked.recorded_by = None if is_own else by
    asked.save(update_fields=["answer", "answered_at", "recorded_by"])
    append(
        action="round.answered",
        subject=asked,
        actor_id=by.pk,
        for_id=other(volunteer, by),
        hub_id=asked.round.hub_id or 0,
        answer=str(said),
    )
    _tell(asked, "round.answered")
    return asked


@transaction.atomic
def note_missed_call(*, asked: Asked, by: Person) -> Asked:
    """Called, and nobody took it. Refused: round_over."""
    lock(asked.volunteer)
    need_open(asked.round)
    asked.called_at = clock.now()
    asked.save(update_fields=["called_at"])
    append(action="round.called", subject=asked, actor_id=by.pk, for_id=asked.volunteer.person_id)
    _tell(asked, "round.called")
    return asked


def _tell(asked: Asked, kind: str) -> None:
    topics = [f"round:{asked.round_id}", f"person:{asked.volunteer.person_id}"]
    publish(topics, kind, round=[asked.round_id])
