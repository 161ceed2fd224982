"""A volunteer's own words on their record, and staff's for who phones: what may be corrected, and how it must look."""

from __future__ import annotations

import re
from typing import Any, TypedDict

from django.conf import settings
from django.db import IntegrityError, transaction

from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from hub.sealed import keyed_hash
from hub.workbook.times import as_windows
from programs.kinds import all_kinds
from volunteers.availability import ByDay, checked
from volunteers.models import Volunteer
from volunteers.persons import lock, other, tell

MOST_SESSIONS = 42
MOST_MINUTES = 7 * 24 * 60
OFFICIAL_NO = re.compile(r"[0-9A-Z]{6,24}")


class Corrections(TypedDict, total=False):
    """What is not named stays."""

    availability: ByDay
    max_sessions: int | None
    max_minutes: int | None
    preferred_kinds: list[str]
    home: Hub | None
    language: str
    official_no: str


@transaction.atomic
def correct_profile(*, volunteer: Volunteer, said: Corrections, by: Person) -> Volunteer:
    """Refused: times_wrong, limit_out_of_range, unknown_kind, unknown_language, official_no_wrong,
    official_no_taken."""
    values: dict[str, Any] = dict(_checked(said))
    lock(volunteer)
    language = values.pop("language", None)
    if "official_no" in values:
        number = values["official_no"]
        values["official_no_key"] = keyed_hash("official no", number) if number else ""
    if "availability" in values:
        # In place of what a workbook's words said.
        windows = [(day, start, end) for day, start, end in values["availability"]]
        values["availability_text"] = as_windows(windows)[:400]
    changed = [name for name, value in values.items() if getattr(volunteer, name) != value]
    for name in changed:
        setattr(volunteer, name, values[name])
    if changed:
        _save(volunteer, changed)
    if language is not None and volunteer.person.language != language:
        volunteer.person.language = language
        volunteer.person.save(update_fields=["language"])
        changed.append("language")
    if changed:
        append(
            action="volunteer.corrected",
            subject=volunteer,
            actor_id=by.pk,
            for_id=other(volunteer, by),
            fields=sorted(set(changed) & Corrections.__annotations__.keys()),
        )
        tell(volunteer)
    return volunteer


def _save(volunteer: Volunteer, changed: list[str]) -> None:
    try:
        with transaction.atomic():
            volunteer.save(update_fields=changed)
    except IntegrityError:
        # The one number that nobody else may have.
        raise Refused("official_no_taken") from None


def _checked(said: Corrections) -> Corrections:
    """The same, in the form in which it is kept."""
    found = said.copy()
    if "availability" in said:
        found["availability"] = checked(said["availability"])
    for most, limit in ((MOST_SESSIONS, said.get("max_sessions")), (MOST_MINUTES, said.get("max_minutes"))):
        if limit is not None and not 0 <= limit <= most:
            raise Refused("limit_out_of_range", most=most)
    if "preferred_kinds" in said:
        known = [kind.code for kind in all_kinds()]
        if not set(said["preferred_kinds"]) <= set(known):
            raise Refused("unknown_kind")
        found["preferred_kinds"] = [code for code in known if code in said["preferred_kinds"]]
    if said.get("language") and said["language"] not in dict(settings.LANGUAGES):
        raise Refused("unknown_language")
    if "official_no" in said:
        found["official_no"] = re.sub(r"[\s-]", "", said["official_no"]).upper()
        if found["official_no"] and not OFFICIAL_NO.fullmatch(found["official_no"]):
            raise Refused("official_no_wrong")
    return found
