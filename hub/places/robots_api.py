"""/api/hubs/ID/robot: the group robot of a site, set and tried by who coordinates it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from hub.access.operations import acting, planners
from hub.access.rules import fetch, visible
from hub.notify.models import GroupRobot
from hub.notify.robots import remove_robot, set_robot, try_robot
from hub.places.models import Hub

router = Router()


class HubRobotOut(Schema):
    hub_id: int
    hub: str
    set_at: dt.datetime | None
    """None where there is no robot. Its address is shown to nobody."""


class RobotIn(Schema):
    address: str


def _hub(request: HttpRequest, hub_id: int) -> Hub:
    return fetch(acting(request), "set_robot", Hub.objects.all(), hub_id)


def _out(hub: Hub, robot: GroupRobot | None) -> HubRobotOut:
    return HubRobotOut(hub_id=hub.pk, hub=hub.name, set_at=robot.set_at if robot else None)


@router.get("/robots", response=list[HubRobotOut], auth=planners)
def get_robots(request: HttpRequest) -> list[HubRobotOut]:
    robots = {robot.hub_id: robot for robot in GroupRobot.objects.all()}
    hubs = visible(acting(request), "set_robot", Hub.objects.order_by("parent_id", "pk"))
    return [_out(hub, robots.get(hub.pk)) for hub in hubs]


@router.put("/hubs/{hub_id}/robot", response=HubRobotOut, auth=planners)
def put_robot(request: HttpRequest, hub_id: int, wish: RobotIn) -> HubRobotOut:
    hub = _hub(request, hub_id)
    return _out(hub, set_robot(hub=hub.pk, address=wish.address, by=acting(request).person.pk))


@router.delete("/hubs/{hub_id}/robot", response=HubRobotOut, auth=planners)
def delete_robot(request: HttpRequest, hub_id: int) -> HubRobotOut:
    hub = _hub(request, hub_id)
    remove_robot(hub=hub.pk, by=acting(request).person.pk)
    return _out(hub, None)


@router.post("/hubs/{hub_id}/robot/try", response={204: None}, auth=planners)
def post_robot_try(request: HttpRequest, hub_id: int) -> Status[None]:
    hub = _hub(request, hub_id)
    try_robot(hub=hub.pk, text=_("message.signature") + _("message.robot_tried") % {"hub": hub.name})
    return Status(204, None)
