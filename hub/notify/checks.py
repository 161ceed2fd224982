"""Before anybody waits for a message that can't go out: templates that the provider has not been told of, hours that
nobody can read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.translation import gettext as _

from hub.notify.channels import names_in_use
from hub.notify.quiet import read_hours
from hub.notify.templates import TEXTS


def unmapped() -> list[str]:
    """Templates without a provider's id, where texts go out; none where none do."""
    if "sms" not in names_in_use() or not settings.SMS["URL"]:
        return []
    return [code for code in TEXTS if not settings.SMS["TEMPLATES"].get(code)]


def unknown() -> list[str]:
    """Ids given to templates that are not ours: a slip of the pen."""
    return [code for code in settings.SMS["TEMPLATES"] if code not in TEXTS]


@register
def check_wechat(**kwargs: Any) -> list[CheckMessage]:
    """Each template's id and fields, of templates that are ours."""
    wrong = [
        code
        for code, told in settings.WECHAT["TEMPLATES"].items()
        if code not in TEXTS or not (isinstance(told, dict) and told.get("id") and isinstance(told.get("data"), dict))
    ]
    if not wrong:
        return []
    return [Error(_("check.wechat_templates") % {"codes": ", ".join(sorted(wrong))}, id="notify.E002")]


@register
def check_templates(**kwargs: Any) -> list[CheckMessage]:
    """Told when a worker starts and by `manage.py check`; `manage.py check_messages` has the list with the words."""
    found: list[CheckMessage] = []
    if missing := unmapped():
        found.append(Warning(f"SMS_TEMPLATES names no id for: {', '.join(missing)}", id="notify.W001"))
    if slips := unknown():
        found.append(Warning(f"SMS_TEMPLATES names templates that do not exist: {', '.join(slips)}", id="notify.W002"))
    return found


@register("start")
def check_quiet_hours(**kwargs: Any) -> list[CheckMessage]:
    """Found when messages are due, it would hold back all of them: nothing starts with it."""
    try:
        read_hours(settings.QUIET_HOURS)
    except ValueError:
        return [Error(_("check.quiet_hours") % {"value": settings.QUIET_HOURS}, id="notify.E001")]
    return []
