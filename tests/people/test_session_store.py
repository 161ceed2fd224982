"""Signed-in browsers: one that ran out, or was never there, is nobody's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from hub import clock
from hub.people.session_store import SessionStore

pytestmark = pytest.mark.django_db


def test_what_was_kept_is_found_until_it_runs_out() -> None:
    kept = SessionStore()
    kept["person"] = 3
    kept.save()
    key, row = kept.session_key, Session.objects.filter(session_key=kept.session_key)
    now = clock.now()
    for expires, found in ((dt.timedelta(seconds=30), {"person": 3}), (-dt.timedelta(seconds=1), {})):
        row.update(expire_date=now + expires)
        assert dict(SessionStore(key).items()) == found
    assert dict(SessionStore("k" * 32).items()) == {}


def test_a_key_that_is_not_ours_is_given_to_nobody() -> None:
    """Whoever brings a made-up key gets another when something is kept for them."""
    store = SessionStore("k" * 32)
    store["person"] = 3
    store.save()
    assert store.session_key != "k" * 32
