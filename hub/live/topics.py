"""Who may listen to what. Topics: `hub:ID` (its sessions), `person:ID` (oneself), `run:ID` (a planning run).

Which kinds of topics there are comes from the apps: each registers a check by prefix.
"""

from __future__ import annotations

from collections.abc import Callable

ROLES_CHANGED = "roles.changed"
"""The kind, on a person's own topic, after which their sockets ask again what they may listen to."""

SIGN_IN_ENDED = "sign_in.ended"
"""The kind, on a person's own topic, after which their sockets ask whether their browser still acts for this person."""

Check = Callable[[int, int], bool]
"""(person id, id behind the topic's colon) -> may listen."""

_checks: dict[str, Check] = {}


def topic_check(prefix: str, check: Check) -> None:
    _checks[prefix] = check


def may_listen(person_id: int, topic: str) -> bool:
    prefix, _, number = topic.partition(":")
    check = _checks.get(prefix)
    return bool(check and number.isascii() and number.isdigit() and len(number) < 19 and check(person_id, int(number)))


topic_check("person", lambda person_id, number: person_id == number)
