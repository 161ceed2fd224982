"""Templates that the provider was not told of, and hours that nobody can read, are named before anybody waits."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from hub.notify.checks import check_quiet_hours, check_templates
from hub.notify.templates import TEXTS


@pytest.fixture
def texting(settings: Any) -> Any:
    settings.NOTIFY_CHANNELS = ["sms"]
    settings.SMS = settings.SMS | {"URL": "http://sms.example", "TEMPLATES": {code: code for code in TEXTS}}
    return settings


def test_all_named_is_well(texting: Any) -> None:
    out = StringIO()
    call_command("check_messages", stdout=out)
    assert check_templates() == []
    assert [line.split("\t")[0] for line in out.getvalue().splitlines()] == TEXTS


def test_what_has_no_id_and_what_is_misspelt_is_named(texting: Any) -> None:
    del texting.SMS["TEMPLATES"]["sign_in_code"]
    texting.SMS["TEMPLATES"]["sign_in_cod"] = "1"
    assert [(one.id, one.msg.split(": ")[1]) for one in check_templates()] == [
        ("notify.W001", "sign_in_code"),
        ("notify.W002", "sign_in_cod"),
    ]
    with pytest.raises(CommandError, match="sign_in_code, sign_in_cod"):
        call_command("check_messages", stdout=StringIO())


def test_where_no_texts_go_out_nothing_is_missing(settings: Any) -> None:
    settings.SMS = settings.SMS | {"URL": "", "TEMPLATES": {}}
    assert check_templates() == []


@pytest.mark.parametrize("typed", ["21-8", "21:00", "21:00-25:00", "9 pm-8 am", "21:00-08:00-09:00", "2100-0800"])
def test_hours_that_nobody_can_read_stop_the_start(typed: str, settings: Any) -> None:
    settings.QUIET_HOURS = typed
    assert [(one.id, typed in one.msg) for one in check_quiet_hours()] == [("notify.E001", True)]
    with pytest.raises(SystemCheckError, match=r"notify\.E001"):
        call_command("serve")


@pytest.mark.parametrize("typed", ["", " ", "21:00-08:00", "21:00 - 8:00"])
def test_hours_that_can_be_read(typed: str, settings: Any) -> None:
    settings.QUIET_HOURS = typed
    assert check_quiet_hours() == []
