"""Messages of our official account in WeChat (模板消息), to those who asked for them: WECHAT_APP_ID, WECHAT_APP_SECRET,
WECHAT_TEMPLATES. Templates that have no id there go by the next channel.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html
"""

from __future__ import annotations

import json

from django.conf import settings

from hub.notify.channels import Letter, NotSent
from hub.notify.posting import post
from hub.notify.recipients import Recipient
from hub.notify.wechat import api, forget_token, no_longer_follows, token

LONGEST = {"thing": 20, "name": 10, "phrase": 5}
"""Characters that a field of this name may hold; WeChat refuses longer ones."""
OTHERWISE = 32
NOTHING = "-"
"""An empty value is refused, too."""
TOKEN_OVER = {40001, 40014, 42001}
NOT_FOLLOWING = {40003, 43004, 43101}
"""A wrong openid, one who follows no more, one who refused these messages."""
PASSING = {-1, 45009, 45047}
"""Busy, or too many for now."""


class WeChat:
    repeatable = False

    def reaches(self, recipient: Recipient, template: str) -> bool:
        return bool(recipient.wechat and settings.WECHAT["APP_ID"] and template in settings.WECHAT["TEMPLATES"])

    def send(self, letter: Letter) -> None:
        template = settings.WECHAT["TEMPLATES"][letter.template]
        body = {
            "touser": letter.recipient.wechat,
            "template_id": template["id"],
            "url": letter.link or settings.PUBLIC_URL,
            # Drops a second one with the same id for a while: beside our own care, not instead of it.
            "client_msg_id": str(letter.id),
            "data": {field: {"value": _fitting(field, letter, name)} for field, name in template["data"].items()},
        }
        address = api("/cgi-bin/message/template/send", access_token=token())
        code = json.loads(post(address, body)).get("errcode", 0)
        if code:
            raise _failure(code, letter)


def _fitting(field: str, letter: Letter, name: str) -> str:
    value = letter.variables.get(name, "") or NOTHING
    return value[: LONGEST.get(field.rstrip("0123456789"), OTHERWISE)]


def _failure(code: int, letter: Letter) -> NotSent:
    if code in TOKEN_OVER:
        forget_token()
        return NotSent("wechat_token")
    if code in NOT_FOLLOWING:
        # The next try goes another way.
        no_longer_follows(letter.recipient.wechat)
        return NotSent("wechat_not_following")
    return NotSent(f"wechat_{code}", lasting=code not in PASSING)


channel = WeChat()
