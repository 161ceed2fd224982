"""A round: started with one tap, the silent reminded once, closed when the plan is to be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish_each
from hub.notify.outbox import Draft, queue_all
from hub.people.models import Person
from hub.places.models import Hub
from volunteers.models import Volunteer
from volunteers.rounds.links import make_links
from volunteers.rounds.models import Asked, Round

MOST_WEEKS_AHEAD = 6
Answer = Asked.Answer


def next_week() -> dt.date:
    return clock.monday_of(clock.today()) + dt.timedelta(weeks=1)


@transaction.atomic
def start_round(*, week: dt.date, hub: Hub | None, by: Person) -> Round:
    """Ask everyone active about the week: around a hub, or in the whole district. Who was asked about it already is not
    asked twice. Started again is once, and opens a closed round again. Refused: round_week_wrong, nobody_to_ask."""
    first = next_week()
    if week != clock.monday_of(week) or not first <= week <= first + dt.timedelta(weeks=MOST_WEEKS_AHEAD - 1):
        raise Refused("round_week_wrong")
    found, is_new = Round.objects.get_or_create(
        week=week, hub=hub, defaults={"started_by": by, "started_at": clock.now()}
    )
    found = _lock(found)
    if not is_new:
        if found.closed_at:
            found.closed_at = None
            found.save(update_fields=["closed_at"])
            _record("round.reopened", found, by)
        return found
    people = _around(hub).exclude(asked__week=week).order_by("pk").values_list("pk", flat=True)
    # Another round may be asking the same people at this moment: who comes second leaves them to it.
    Asked.objects.bulk_create(
        [Asked(round=found, volunteer_id=pk, week=week) for pk in people], ignore_conflicts=True, batch_size=500
    )
    rows = list(found.asked.order_by("pk"))
    if not rows:
        raise Refused("nobody_to_ask")
    _message(found, rows, "round_asked")
    _record("round.started", found, by, asked=rows)
    return found


@transaction.atomic
def remind_silent(*, round_: Round, by: Person) -> Round:
    """One message more to whoever has not answered. Refused: round_over, reminded_already."""
    found = _lock(round_)
    need_open(found)
    if found.reminded_at:
        raise Refused("reminded_already")
    found.reminded_at = clock.now()
    found.save(update_fields=["reminded_at"])
    silent = list(found.asked.filter(answer=Answer.SILENT).order_by("pk"))
    _message(found, silent, "round_reminded")
    _record("round.reminded", found, by)
    return found


@transaction.atomic
def close_round(*, round_: Round, by: Person) -> Round:
    """No more answers by link; of the silent, what they say in general holds. Again is harmless."""
    found = _lock(round_)
    if found.closed_at is None:
        found.closed_at = clock.now()
        found.save(update_fields=["closed_at"])
        _record("round.closed", found, by)
    return found


def is_over(round_: Round) -> bool:
    return round_.closed_at is not None or round_.week < clock.monday_of(clock.today())


def need_open(round_: Round) -> None:
    if is_over(round_):
        raise Refused("round_over")


def _around(hub: Hub | None) -> QuerySet[Volunteer]:
    """Who lives by a hub or one of its canteens and meal points, or comes there every week."""
    active = Volunteer.objects.filter(active=True)
    if hub is None:
        return active
    sites = Hub.objects.filter(Q(pk=hub.pk) | Q(parent=hub)).values("pk")
    return active.filter(Q(home__in=sites) | Q(standing_shifts__hub__in=sites)).distinct()


def _lock(round_: Round) -> Round:
    return Round.objects.select_for_update(no_key=True).get(pk=round_.pk)


def _message(round_: Round, asked: Sequence[Asked], template: str) -> None:
    """A message each, with a link of its own: four statements for any number."""
    links = make_links(asked)
    people = dict(Volunteer.objects.filter(pk__in=[one.volunteer_id for one in asked]).values_list("pk", "person_id"))
    queue_all(
        Draft(
            to_id=people[one.volunteer_id],
            template=template,
            dedupe_key=f"{template}:{one.pk}",
            variables={"week": round_.week.isoformat()},
            link=links[one.pk],
        )
        for one in asked
    )


def _record(action: str, round_: Round, by: Person, asked: Collection[Asked] = ()) -> None:
    append(action=action, subject=round_, actor_id=by.pk, hub_id=round_.hub_id or 0, week=round_.week.isoformat())
    people = Volunteer.objects.filter(asked__in=asked).values_list("person_id", flat=True) if asked else []
    topics = [f"round:{round_.pk}", *(f"person:{person}" for person in people)]
    publish_each((topic, action, {"round": [round_.pk]}) for topic in topics)
