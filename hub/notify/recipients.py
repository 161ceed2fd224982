"""Whom a message goes to. Who they are is the people's app's to say: it registers its directory here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from hub.notify.models import GroupRobot, Message, WeChatFollower


@dataclass(frozen=True)
class Recipient:
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    invented: bool = False
    """A number of somebody made up, in a demo: nothing ever dials it."""
    wechat: str = ""
    """Their openid with our official account."""
    robot: str = ""
    """The address of a group's robot."""
    district: bool = False
    """For nobody in particular: the district's groups hear it."""


Directory = Callable[[Collection[int], Collection[str]], tuple[dict[int, Recipient], dict[str, Recipient]]]
"""(ids of persons, phone numbers) -> who they are, by id and by number."""

Residents = Callable[[str], list[int]]
"""A number as a provider writes it -> the persons behind it; none for one that nobody here has."""

_directory: list[Directory] = []
_residents: list[Residents] = []


def use_directory(directory: Directory, behind: Residents) -> None:
    _directory[:] = [directory]
    _residents[:] = [behind]


def people_behind(phone: str) -> list[int]:
    return _residents[0](phone) if _residents else []


def recipients_of(messages: Collection[Message]) -> dict[int, Recipient]:
    """Message id -> recipient; none for whom nobody knows any more."""
    groups = _robots_of(messages) | {one.pk: Recipient(district=True) for one in messages if _is_for_nobody(one)}
    phones = {one.pk: one.phone for one in messages if one.phone}
    ids = {one.to_id for one in messages if one.to_id is not None}
    if not _directory:
        return groups | {pk: Recipient(phone=phone) for pk, phone in phones.items()}
    people, numbers = _directory[0](ids, set(phones.values()))
    following = dict(WeChatFollower.objects.filter(person_id__in=ids).values_list("person_id", "openid"))
    people |= {pk: replace(people[pk], wechat=openid) for pk, openid in following.items() if pk in people}
    found = {one.pk: people[one.to_id] for one in messages if one.to_id in people}
    return groups | found | {pk: numbers.get(phone, Recipient(phone=phone)) for pk, phone in phones.items()}


def _is_for_nobody(message: Message) -> bool:
    return message.to_id is None and message.group_id is None and not message.phone


def _robots_of(messages: Collection[Message]) -> dict[int, Recipient]:
    hubs = {one.group_id for one in messages if one.group_id is not None}
    if not hubs:
        return {}
    known = {robot.hub_id: robot.address for robot in GroupRobot.objects.filter(hub_id__in=hubs)}
    return {one.pk: Recipient(robot=known[one.group_id]) for one in messages if one.group_id in known}
