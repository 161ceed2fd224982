"""Logs give no key away."""

import logging

import pytest
from django.conf import settings

from hub.config.api import api
from hub.operations.logs import KEYS, NoTokens


def test_every_log_line_passes_the_filter() -> None:
    assert all(handler["filters"] == ["no_tokens"] for handler in settings.LOGGING["handlers"].values())
    assert any(isinstance(one, NoTokens) for handler in logging.getLogger().handlers for one in handler.filters)


def test_a_refused_answer_does_not_write_its_token_down(caplog: pytest.LogCaptureFixture) -> None:
    """Django names the path of what it refuses."""
    caplog.handler.addFilter(NoTokens())
    logging.getLogger("django.security.csrf").warning("Forbidden (%s): %s", "no cookie", "/api/answers/Abc234XYZ9")
    logging.getLogger("django.request").error("Internal Server Error: %s", "/calendar/s3-cr_et.ics")
    logging.getLogger("django.request").error("Internal Server Error: %s", "/api/asked/Abc234XYZ9")
    caplog.handler.removeFilter(caplog.handler.filters[-1])
    assert [one.getMessage() for one in caplog.records] == [
        "Forbidden (no cookie): /api/answers/...",
        "Internal Server Error: /calendar/....ics",
        "Internal Server Error: /api/asked/...",
    ]


def test_no_address_of_the_api_that_is_a_key_is_forgotten() -> None:
    paths = [path for path in api.get_openapi_schema()["paths"] if "{token}" in path]
    assert paths
    assert [path for path in paths if "Abc234XYZ9" in KEYS.sub(r"\1\2...", path.replace("{token}", "Abc234XYZ9"))] == []
