"""What a message says. The sentences are msgids `message.<template>` in the catalogs; here stands what fills them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_date, format_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock

LOCALES = {"zh-hans": "zh_Hans", "en": "en"}
DEFAULT = "zh-hans"


@dataclass(frozen=True)
class Template:
    good_for: dt.timedelta | None = None
    """After this long it is worse than nothing: not sent any more."""
    secret: bool = False
    """Shown to nobody but its reader."""
    urgent: bool = False
    """Goes out at night too: somebody waits for it."""
    link_says: str = "answer_here"
    """What the message says of its link."""
    by_robot: bool = False
    """For a group's robot: never a text message."""


TEMPLATES = {
    "sign_in_code": Template(good_for=dt.timedelta(minutes=10), secret=True, urgent=True),
    "shifts_added": Template(),
    "shifts_changed": Template(),
    "shifts_released": Template(),
    "standby_named": Template(),
    "standby_released": Template(),
    "session_moved": Template(),
    "session_cancelled": Template(),
    "session_moved_many": Template(),
    "session_cancelled_many": Template(),
    "booking_made": Template(),
    "booking_waits": Template(),
    "booking_part": Template(),
    "booking_many": Template(),
    "booking_offered": Template(),
    "booking_cancelled": Template(),
    "booking_series_left": Template(),
    "booking_reminder": Template(),
    "booking_move_proposed": Template(),
    "booking_uncovered": Template(),
    "booking_uncovered_alone": Template(),
    "booking_session_moved": Template(),
    "booking_session_clashes": Template(),
    "booking_session_clashes_many": Template(),
    "booking_session_cancelled": Template(),
    "booking_session_moved_many": Template(),
    "booking_session_cancelled_many": Template(),
    "incident_told": Template(),
    "ledger_lags": Template(link_says="see_ledger"),
    "ledger_lags_many": Template(link_says="see_ledger"),
    "faces_asked": Template(good_for=dt.timedelta(days=2), link_says="tap_face"),
    "child_arrived": Template(good_for=dt.timedelta(hours=3), urgent=True),
    "child_fetched": Template(good_for=dt.timedelta(hours=3), urgent=True),
    "child_went_alone": Template(good_for=dt.timedelta(hours=3), urgent=True),
    "child_left_unclear": Template(urgent=True),
    "child_waits": Template(good_for=dt.timedelta(hours=3), urgent=True),
    "callout_ask": Template(),
    "callout_filled": Template(),
    "callout_stopped": Template(),
    "callout_started": Template(),
    "callout_nobody_left": Template(),
    "shift_unanswered": Template(),
    "shift_passed_on": Template(),
    "cutoff_cancelled": Template(),
    "staff_stands_in": Template(),
    "staff_freed": Template(),
    "booking_merged": Template(),
    "swap_asked": Template(),
    "stand_in_asked": Template(),
    "swap_done": Template(),
    "stand_in_done": Template(),
    "swap_declined": Template(),
    "round_asked": Template(link_says="say_when"),
    "round_reminded": Template(link_says="say_when"),
    "consent_asked": Template(link_says="consent_here"),
    "family_asked": Template(link_says="consent_here"),
    "family_invited": Template(link_says="consent_here"),
    "proof_ends": Template(),
    "check_ends": Template(),
    "group_published": Template(by_robot=True),
    "group_tomorrow": Template(by_robot=True),
    "reply_yes": Template(urgent=True),
    "reply_no": Template(urgent=True),
    "reply_late": Template(urgent=True),
    "reply_unclear": Template(urgent=True),
    "hours_back_entered": Template(),
    "hours_corrected": Template(),
    "hours_answered": Template(),
    "hours_kept": Template(),
    "hours_turned_down": Template(),
    "place_offered": Template(),
    "request_approved": Template(),
    "request_refused": Template(),
    "party_asked": Template(),
    "party_waiting": Template(),
    "party_complete": Template(),
    "party_ended": Template(),
    "hold_ready": Template(),
    "hold_with_session": Template(),
    "hold_expired": Template(),
    "books_soon": Template(link_says="renew_here"),
    "books_late": Template(),
}
TEXTS = [code for code, template in TEMPLATES.items() if not template.by_robot]
"""What a provider of text messages has to know."""


def template_of(code: str) -> Template:
    """An app may queue what only a newer catalog words: it has no special manners."""
    return TEMPLATES.get(code, Template())


def language_of(wish: str) -> str:
    return "en" if wish.lower().startswith("en") else DEFAULT


def fill(variables: Mapping[str, str], language: str) -> dict[str, str]:
    """Variables as the reader's language says them: `starts_at` and `ends_at` become `when`, `until_at` `until`;
    `week` comes as its Monday, `day` as a date."""
    filled = {name: value for name, value in variables.items() if not name.endswith("_at")}
    if "starts_at" in variables:
        filled["when"] = _when(variables["starts_at"], variables.get("ends_at"), language)
    if "until_at" in variables:
        filled["until"] = _when(variables["until_at"], None, language)
    if "week" in variables:
        filled["week"] = _week(dt.date.fromisoformat(variables["week"]), language)
    if "day" in variables:
        filled["day"] = _date(dt.date.fromisoformat(variables["day"]), "message.date_format", language)
    return filled


def _week(monday: dt.date, language: str) -> str:
    sunday = monday + dt.timedelta(days=6)
    formats = ("message.week_from", "message.week_until")
    if monday.month != sunday.month:
        formats = ("message.date_format", "message.date_format")
    return "\u2014".join(_date(day, code, language) for day, code in zip((monday, sunday), formats, strict=True))


def _date(day: dt.date, code: str, language: str) -> str:
    with override(language):
        return format_date(day, _(code), locale=LOCALES[language])


def _when(start: str, end: str | None, language: str) -> str:
    first = clock.local(dt.datetime.fromisoformat(start))
    with override(language):
        day = format_datetime(first, _("message.day_format"), locale=LOCALES[language])
    until = f"-{clock.local(dt.datetime.fromisoformat(end)):%H:%M}" if end else ""
    return f"{day} {first:%H:%M}{until}"


def text_of(*, template: str, variables: Mapping[str, str], link: str, language: str, question: str = "") -> str:
    """The message as it reads on the phone; `question` is what a 1 or a 2 sent back answers."""
    with override(language):
        signature, sentence = _("message.signature"), _(f"message.{template}")
        if variables.get("added", "0") not in ("0", "1") and template == "shifts_added":
            sentence = _("message.shifts_added_many")
        # A value that was not given leaves a gap, never a code on somebody's phone.
        words = sentence % defaultdict(str, fill(variables, language))
        tail = " " + (_(f"message.{template_of(template).link_says}") % {"link": link}) if link else ""
        tail += " " + _(f"message.reply.{question}") if question else ""
    return f"{signature}{words}{tail}"
