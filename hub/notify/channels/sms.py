"""Text messages through a provider's HTTP interface: an approved template's id and short variables.

SMS_URL is called with {"id", "phone", "template", "variables"} and `Authorization: Bearer SMS_TOKEN`. SMS_TEMPLATES
maps our templates to the provider's ids (JSON). The link's last part travels as the variable `code`: approved templates
hold the address themselves. Any 2xx answer means that it was taken. SMS_DEDUPES=1 says that the provider drops an id it
has seen: then, and only then, a message whose outcome is unknown is sent again.
"""

from __future__ import annotations

from django.conf import settings

from hub.notify.channels import Letter, NotSent
from hub.notify.posting import post
from hub.notify.recipients import Recipient

LONGEST_VARIABLE = 35


class Sms:
    @property
    def repeatable(self) -> bool:
        return bool(settings.SMS["DEDUPES"])

    def reaches(self, recipient: Recipient, template: str) -> bool:
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
        post(settings.SMS["URL"], body, {"Authorization": f"Bearer {settings.SMS['TOKEN']}"})


channel = Sms()
