"""A group's robot (WeCom and whatever else apprise knows): NOTIFY_GROUP_URLS. For messages to nobody in particular."""

from __future__ import annotations

from django.conf import settings

from hub.notify.channels import Letter, NotSent
from hub.notify.recipients import Recipient


class Group:
    repeatable = False

    def reaches(self, recipient: Recipient, template: str) -> bool:
        return recipient.district and bool(settings.NOTIFY_GROUP_URLS) and not settings.DEMO

    def send(self, letter: Letter) -> None:
        from apprise import Apprise

        heard = []
        for url in settings.NOTIFY_GROUP_URLS:
            robot = Apprise()
            heard.append(robot.add(url) and bool(robot.notify(body=letter.text)))
        if not any(heard):
            raise NotSent("robot_refused")
        if not all(heard):
            raise RuntimeError("some groups heard it and some did not: to repeat it would tell the first twice")


channel = Group()
