"""Templates that the provider was not told of are named before anybody waits for a text."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hub.notify.checks import check_templates
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
