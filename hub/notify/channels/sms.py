"""Text messages through a provider's HTTP interface: an approved template's id and short variables.

SMS_URL is called with {"id", "phone", "template", "variables"} and `Authorization: Bearer SMS_TOKEN`. SMS_TEMPLATES
maps our templates to the provider's ids (JSON). The link's last part travels as the variable `code`: approved templates
hold the address themselves. Any 2xx answer means that it was taken. SMS_DEDUPES=1 says that the provider drops an id it
has seen: then, and only then, a message whose outcome is unknown is sent again.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from hub.notify.channels import Letter, NotSent
from hub.notify.recipients import Recipient

LONGEST_VARIABLE = 35
PATIENCE = 10
LOST_BEHIND_A_GATEWAY = (502, 504)
"""The provider may have taken it; its answer got lost."""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """A redirected POST goes on as a GET without its body, and would count as sent."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_door = urllib.request.build_opener(_NoDetour)


class Sms:
    @property
    def repeatable(self) -> bool:
        return bool(settings.SMS["DEDUPES"])

    def reaches(self, recipient: Recipient) -> bool:
        return bool(recipient.phone) and not recipient.invented

    def send(self, letter: Letter) -> None:
        if letter.recipient.invented:
            raise NotSent("invented_number", lasting=True)
        template = settings.SMS["TEMPLATES"].get(letter.template)
        if not template or not settings.SMS["URL"]:
            raise NotSent("no_template", lasting=True)
        variables = {name: value[:LONGEST_VARIABLE] for name, value in letter.variables.items()}
        if letter.link:
            variables["code"] = letter.link.rsplit("/", 1)[-1]
        body = {"id": letter.id, "phone": letter.recipient.phone, "template": template, "variables": variables}
        request = urllib.request.Request(
            settings.SMS["URL"],
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS['TOKEN']}"},
        )
        try:
            with _door.open(request, timeout=PATIENCE):
                return
        except urllib.error.HTTPError as error:
            if error.code in LOST_BEHIND_A_GATEWAY:
                raise
            # Refused for good (a wrong number, a template not approved), or worth another try.
            raise NotSent(f"http_{error.code}", lasting=400 <= error.code < 500 and error.code != 429) from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise
            raise NotSent("unreachable") from None


channel = Sms()
