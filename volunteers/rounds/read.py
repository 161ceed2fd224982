"""How a round stands, and who said what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from hub import clock
from volunteers.rounds.models import Asked, Round

PAGE = 50
Answer = Asked.Answer


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Each with how many said what."""
    counted = {str(value): Count("asked", filter=Q(asked__answer=value)) for value in Answer}
    return rounds.select_related("hub").annotate(**counted)


def people_in(round_: Round, *, answers: Iterable[str], skip: int) -> list[Asked]:
    """A page and one more: the silent in their order, those who answered newest first. Six queries for any number."""
    rows = round_.asked.filter(answer__in=list(answers)).select_related("volunteer__person", "recorded_by")
    return list(_with_times(rows).order_by("-answered_at", "pk")[skip : skip + PAGE + 1])


def open_questions(person_id: int) -> list[Asked]:
    """What somebody is asked, or may still answer differently."""
    this_week = clock.monday_of(clock.today())
    rows = Asked.objects.filter(volunteer__person=person_id, round__closed_at=None, week__gt=this_week)
    return list(_with_times(rows.select_related("round", "volunteer__person")).order_by("week"))


def _with_times(rows: QuerySet[Asked]) -> QuerySet[Asked]:
    """With what the volunteers' times are worked out from."""
    return rows.prefetch_related("volunteer__own_weeks", "volunteer__absences", "volunteer__extra_times")
