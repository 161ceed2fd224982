"""/api/walls: the screens in one's hubs' lobbies. /api/wall-links/{token}: what stands on one."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hub.access.guessing import by_token
from hub.access.operations import acting, anyone, planners
from hub.access.rules import fetch, visible
from hub.places.models import Hub
from scheduling.board.answers import fresh
from scheduling.board.models import Wall
from scheduling.board.schemas import Standing
from scheduling.board.walls import find_wall, note_seen, set_up_wall, shown_on, take_down_wall
from scheduling.closures.schemas import ClosedSpan

router = Router()


class WallOut(Schema):
    hub_id: int
    hub: str
    since: dt.datetime | None
    """None where no screen was set up."""
    seen_at: dt.datetime | None


class NewWall(WallOut):
    path: str
    """Of the screen's page. Shown this once."""


class WallSession(Schema):
    id: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    room: str
    state: Standing
    missing: int


class WallShown(Schema):
    hub: str
    day: dt.date
    closures: list[ClosedSpan]
    sessions: list[WallSession]


def wall_out(hub: Hub, wall: Wall | None) -> WallOut:
    return WallOut(
        hub_id=hub.pk, hub=hub.name, since=wall.created_at if wall else None, seen_at=wall.seen_at if wall else None
    )


@router.get("/walls", response=list[WallOut], auth=planners)
def get_walls(request: HttpRequest) -> list[WallOut]:
    walls = {wall.hub_id: wall for wall in Wall.objects.all()}
    hubs = visible(acting(request), "set_up_wall", Hub.objects.order_by("parent_id", "pk"))
    return [wall_out(hub, walls.get(hub.pk)) for hub in hubs]


@router.put("/hubs/{int:hub_id}/wall", response=NewWall, auth=planners)
def put_wall(request: HttpRequest, hub_id: int) -> NewWall:
    """An address for the screen; the one before it ends."""
    actor = acting(request)
    hub = fetch(actor, "set_up_wall", Hub.objects.all(), hub_id)
    wall, token = set_up_wall(hub=hub, by=actor.person)
    return NewWall(**wall_out(hub, wall).dict(), path=f"/w/{token}")


@router.delete("/hubs/{int:hub_id}/wall", response=WallOut, auth=planners)
def delete_wall(request: HttpRequest, hub_id: int) -> WallOut:
    actor = acting(request)
    hub = fetch(actor, "set_up_wall", Hub.objects.all(), hub_id)
    take_down_wall(hub=hub, by=actor.person)
    return wall_out(hub, None)


@router.get("/wall-links/{token}", response=WallShown, auth=anyone)
def get_wall(request: HttpRequest, token: str) -> HttpResponse:
    """What is left of the hub's day. A screen asks every few seconds, mostly to hear that nothing changed."""
    wall = by_token(request, token, find_wall)
    note_seen(wall)
    return fresh(request, shown_on(wall.hub))
