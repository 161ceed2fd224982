"""The week's board: the sites and rooms an actor looks after, and what happens in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.live.read import heads
from hub.places.models import Hub, Residency
from scheduling.board.rows import Row, board_rows
from scheduling.sessions.models import Session


def scope(actor: Actor) -> QuerySet[Hub]:
    """The sites whose board is theirs: a coordinator's own, those where an agency resides or has sessions, else all."""
    if actor.sees_district:
        return Hub.objects.all()
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    working = Session.objects.filter(program__agency__in=actor.agency_ids).values("hub")
    return Hub.objects.filter(Q(pk__in=actor.hub_ids) | Q(pk__in=residing) | Q(pk__in=working))


def sites(actor: Actor) -> list[dict[str, Any]]:
    """The sites of the actor's board with their rooms, canteens and meal points after their hub. One query."""
    found: dict[int, dict[str, Any]] = {}
    columns = ("pk", "name", "kind", "parent_id", "rooms__pk", "rooms__name", "rooms__capacity")
    rows = scope(actor).order_by("pk", "rooms__pk").values_list(*columns)
    for pk, name, kind, parent, room, room_name, capacity in rows:
        site = found.setdefault(pk, {"id": pk, "name": name, "kind": kind, "parent": parent, "rooms": []})
        if room:
            site["rooms"].append({"id": room, "name": room_name, "capacity": capacity})
    return sorted(found.values(), key=lambda site: (site["parent"] or site["id"], bool(site["parent"]), site["id"]))


def topics_of(actor: Actor, shown: list[dict[str, Any]]) -> dict[str, int]:
    """What to listen to while these sites are shown, and where each topic stands."""
    topics = [*(f"hub:{site['id']}" for site in shown), *(f"team:{pk}" for pk in sorted(actor.agency_ids))]
    at = heads(topics)
    return {topic: at.get(topic, 0) for topic in topics}


def week_board(*, actor: Actor, week: dt.date, hub_id: int | None = None) -> dict[str, Any]:
    """Everything a board of one week shows, for one site or all. Refused("not_found") for a site that is not theirs.

    `heads` are read first: what is shown is at least as new, so a listener who starts from there misses nothing.
    """
    found = sites(actor)
    shown = [site for site in found if hub_id in (None, site["id"])]
    if hub_id and not shown:
        raise Refused("not_found", model="hub", id=hub_id)
    at = topics_of(actor, shown)
    sessions = visible(actor, "view", Session.objects.filter(week=week))
    if hub_id:
        sessions = sessions.filter(hub=hub_id)
    return {
        "week": week,
        "today": clock.today(),
        "heads": at,
        "sites": found,
        "sessions": board_rows(sessions, actor=actor),
    }


def rows_of(*, actor: Actor, ids: Collection[int]) -> list[Row]:
    """The named sessions as they are now, as far as the actor sees them: what a board fetches after an event."""
    return board_rows(visible(actor, "view", Session.objects.filter(pk__in=ids)), actor=actor)


def day_board(*, actor: Actor, day: dt.date) -> dict[str, Any]:
    """One local day of the actor's own work: an agency's sessions for its social workers, a site's for its coordinator.

    Also those they are on duty at, wherever these are.
    """
    mine = Q(duty_worker=actor.person) | Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids)
    first, last = clock.at(day), clock.at(day, clock.MINUTES_A_DAY)
    sessions = visible(actor, "view", Session.objects.filter(starts_at__lt=last, ends_at__gt=first))
    found = sites(actor)
    at = topics_of(actor, found)
    return {
        "day": day,
        "heads": at,
        "sites": found,
        "sessions": board_rows(sessions if actor.sees_district else sessions.filter(mine), actor=actor),
    }
