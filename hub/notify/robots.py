"""A hub's group robot (WeCom): news for those who work there, without anybody's name.

Its address is a key: whoever has it can write to the group. It is kept sealed and never shown again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.notify import outbox
from hub.notify.channels import NotSent
from hub.notify.models import GroupRobot
from hub.notify.posting import post
from hub.notify.signals import robot_set

KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")
TOO_MANY = 45009
"""WeCom's code: more than 20 a minute."""


@transaction.atomic
def set_robot(*, hub: int, address: str, by: int) -> GroupRobot:
    """Refused("not_a_robot") for what is no robot's address: nothing else is ever called."""
    address = address.strip()
    start = settings.ROBOT_ADDRESS
    if not address.startswith(start) or not KEY.fullmatch(address.removeprefix(start)):
        raise Refused("not_a_robot")
    robot, _ = GroupRobot.objects.update_or_create(
        hub_id=hub, defaults={"address": address, "set_by_id": by, "set_at": clock.now()}
    )
    append(action="robot.set", subject=robot, actor_id=by, hub_id=hub)
    robot_set.send(sender=GroupRobot, hub=hub)
    return robot


@transaction.atomic
def remove_robot(*, hub: int, by: int) -> None:
    """Again is harmless."""
    for robot in GroupRobot.objects.filter(hub_id=hub):
        append(action="robot.removed", subject=robot, actor_id=by, hub_id=hub)
        robot.delete()


def tell_group(*, hub: int, template: str, variables: Mapping[str, str], dedupe_key: str) -> None:
    """Queue news for a hub's group, where it has a robot. Names nobody."""
    if GroupRobot.objects.filter(hub_id=hub).exists():
        outbox.queue_all(
            [outbox.Draft(None, template=template, variables=variables, dedupe_key=dedupe_key, group_id=hub)]
        )


def try_robot(*, hub: int, text: str) -> None:
    """At once, so that whoever set it sees it work. Refused: not_found, demo_posts_nothing, robot_refused."""
    robot = GroupRobot.objects.filter(hub_id=hub).first()
    if robot is None:
        raise Refused("not_found", model="robot")
    if settings.DEMO:
        raise Refused("demo_posts_nothing")
    try:
        post_text(robot.address, text)
    except NotSent as failure:
        raise Refused("robot_refused", why=failure.code) from None
    except Exception:
        # Whatever stands behind the address, it answers like no robot.
        raise Refused("robot_refused", why="outcome_unknown") from None


def post_text(address: str, text: str) -> None:
    """Raises NotSent; anything else leaves open whether the group heard it."""
    answered = json.loads(post(address, {"msgtype": "text", "text": {"content": text}}))
    code = answered.get("errcode", 0)
    if code:
        raise NotSent("robot_busy" if code == TOO_MANY else "robot_refused", lasting=code != TOO_MANY)
