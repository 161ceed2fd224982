"""Signed-in browsers, kept in the database. Every request reads one: by a statement that is made once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from hub.statement import Statement

LIVING = Session.objects.filter(expire_date__gt=Now()).values("session_data")
FIND = Statement(lambda key: LIVING.filter(session_key=key), "key")


class SessionStore(DatabaseStore):
    def load(self) -> dict[str, Any]:
        row = FIND.first(key=self.session_key)
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row["session_data"])
        return found
