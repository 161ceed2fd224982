"""A group's robot (WeCom and whatever else apprise knows): NOTIFY_GROUP_URLS. For messages to nobody in particular."""

from __future__ import annotations

from django.conf import settings

from hub.notify.channels import Letter, NotSent
from hub.notify.recipients import Recipient


class Group:
    repeatable = False

    def reaches(self, recipient: Recipient) -> bool:
        return recipient == Recipient() and bool(settings.NOTIFY_GROUP_URLS)

    def send(self, letter: Letter) -> None:
        from apprise import Apprise

        robots = Apprise()
        for url in settings.NOTIFY_GROUP_URLS:
            robots.add(url)
        if not robots.notify(body=letter.text):
            raise NotSent("robot_refused")


channel = Group()
