"""Nothing about people is forgotten: every field that may hold something about somebody is answered for."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.utils.translation import override

from hub.people.my_data import all_parts
from hub.sealed import EncryptedField

OURS = ("hub.", "programs", "volunteers", "scheduling")
SAYS_SOMETHING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.DateField,  # and DateTimeField, which is one
    EncryptedField,
)
OF_THE_ROW = (
    "created_at changed_at at received_at recorded_at set_at sent_at said_at asked_at made_at issued_at uploaded_at"
    " answered_at decided_at entered_at approved_at allowed_at revoked_at closed_at erased_at expires_at not_before"
    " answer_by date_joined confirmed_at refused_at"
)
"""Moments that tell when a row was written, settled or ends, and nothing of anybody's life: they go or stay with it."""
PEOPLE = {"people.Person", "people.User", "people.Child", "volunteers.Volunteer"}

# Fields that hold nothing about a person, and why. Who adds one here has thought about it.
NOBODYS = {
    # The deeds of an installation: ids and codes alone (hub.journal.append).
    "journal.Chain": "digest",
    "journal.Entry": "actor_id for_id action subject facts digest",
    # Ids and a kind (hub.live.publish).
    "live.Topic": "name",
    "live.Event": "kind ids",
    # Codes, and how sending went.
    "notify.Message": "template asks channel error group_id",
    "notify.Reply": "provider_id outcome",
    # A group's robot, set by staff: who did is in the journal, too.
    "notify.GroupRobot": "hub_id address set_by_id",
    # Places, programs and organizations.
    "places.District": "name code",
    "places.Hub": "name subdistrict community address opening_text opening",
    "places.Room": "name equipment",
    "places.Kit": "name",
    "places.Agency": "name",
    "programs.Program": "name kind description equipment",
    # A hub's calendar for everybody, its lobby's screen.
    "calendars.OpenCalendar": "since",
    "board.Wall": "token_hash seen_at",
    # Whoever of the staff has a session open this minute: gone in the next.
    "board.Onlooker": "person seen_at",
    "volunteers.Skill": "name",
    # Of an agency and a hub.
    "residency.LaggingTold": "month",
    # Answers for a family of which it does not say which.
    "files.FaceLink": "token_hash face",
    # Books: who borrows one stands elsewhere.
    "lending.Title": "isbn name subtitle authors publisher clc_code cip_number summary cover identity",
    "lending.Sought": "words initials sounds hubs",
    "lending.Copy": "sticker",
    "lending.Sticker": "code",
    # An agency's contact at a site, in office: changed where the agency is.
    "places.Residency": "contact_name contact_phone starts_on ends_on",
    # What happens, and what staff say of it; it tells of no one.
    "scheduling_sessions.Session": "code note cancel_reason week starts_at ends_at",
    "scheduling_sessions.Need": "role",
    # Decided by staff, in office; the reason is of a room, and shown to everybody.
    "scheduling_sessions.Override": "code by reason",
    "scheduling_sessions.Closure": "by reason starts_at ends_at lifted_at",
    "scheduling_sessions.RosterSettings": "weights",
    # People stand in a snapshot and in a plan by number.
    "planning.Run": "week snapshot index progress result error published started_at finished_at published_at"
    " heartbeat_at policy restored",
    "planning.Publication": "sessions roster figures",
    "planning.Policy": "usual name sentence goals",
    # A tablet at a door, set up by staff.
    "attendance.Device": "name code_hash code_expires_at token_hash paired_by paired_at last_seen_at",
    "attendance.Attendance": "doubts hours_entered_at",
    # Settings, and what a file for the official platform holds, by column.
    "hours.Export": "columns",
    "hours.ExportColumns": "columns",
    "hours.HoursSettings": "star_hours valid_from",
    "hours.ServiceRecord": "due_on silent_until",
    "programs.AdultRatio": "valid_from",
    "places.MarkedDay": "day instead_of",
    # What repeats, by which rule, and a site's week: who is on duty stands in it by number.
    "series.Term": "name first_day last_day",
    "series.Series": "rule first_day until note needs published_at removed_at undo",
    "series.Occurrence": "day given gone",
    "series.WeekTemplate": "name rows",
    "series.Laid": "week",
    # What is asked and looked for, and how far it came.
    "rounds.Round": "week started_at reminded_at",
    "cutoffs.CutOff": "started_at next_look",
    "callouts.CallOut": "started_at ended_at next_look",
    # A month's files: of which month, in which language, under which name.
    "files.MonthFile": "month language name heartbeat_at finished_at",
    # Which place, room or person a calendar is of: by id.
    "calendars.Feed": "scope_id",
    # Nobody has one: people sign in by a code.
    "people.User": "password",
    # Sheets by name, counts by sheet.
    "workbook.Upload": "kind outcome",
    "workbook.Baseline": "sheet",
}


def may_tell(field: models.Field) -> bool:
    """Words of any kind, or a person."""
    if field.primary_key or field.choices or field.name in OF_THE_ROW.split():
        return False
    if field.is_relation:
        return field.related_model is not None and field.related_model._meta.label in PEOPLE
    return isinstance(field, SAYS_SOMETHING) or field.name.endswith("_id")


def telling_fields() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
        for field in model._meta.local_fields
        if may_tell(field)
    }


def named(stated: dict[str, str]) -> set[str]:
    return {f"{model}.{field}" for model, fields in stated.items() for field in fields.split()}


def answered_for() -> set[str]:
    return {name for part in all_parts() for name in named(dict(part.fields))}


def test_every_field_that_may_tell_of_somebody_is_answered_for() -> None:
    forgotten = telling_fields() - answered_for() - named(NOBODYS)
    assert forgotten == set(), "state them in a my_data.Part of the app, or in NOBODYS with the reason"


def test_what_is_stated_exists() -> None:
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
    }
    assert (answered_for() | named(NOBODYS)) - known == set()
    assert answered_for() & named(NOBODYS) == set()


def test_positions_and_words() -> None:
    parts = all_parts()
    assert len({part.position for part in parts}) == len(parts)
    from django.utils.translation import gettext

    for language in ("zh-hans", "en"):
        with override(language):
            asked = {f"my_data.{part.name}" for part in parts}
            asked |= {f"my_data.column.{column}" for part in parts for column in part.columns}
            assert {word for word in asked if gettext(word) == word} == set()
