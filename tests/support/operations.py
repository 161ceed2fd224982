"""Every operation of the API, found by walking the routers: what the access tests go through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

import hub.config.urls  # noqa: F401  (binds the routers)
from hub.config.api import api

# What stands in for a part of an address that is no number.
ANYTHING: dict[str, str] = {"day": "2026-03-09", "month": "2026-03-01"}
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    """As declared, without its converters: `/api/sessions/{session_id}`."""
    gate: Any
    """Its one Allow or Open."""
    gates: int

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{([^}]+)}", self.path)

    def url(self, **ids: object) -> str:
        """With ids filled in; 1 where none is given."""
        return re.sub(r"{([^}]+)}", lambda match: str(ids.get(match[1], ANYTHING.get(match[1], 1))), self.path)

    def call(self, client: Client, *, body: Any = None, query: str = "", **ids: object) -> Any:
        url = self.url(**ids) + (f"?{query.lstrip('?')}" if query else "")
        if self.method in ("GET", "HEAD", "DELETE") and body is None:
            return client.generic(self.method, url)
        return client.generic(self.method, url, _json(body or {}), content_type="application/json")


def _json(body: Any) -> str:
    from django.core.serializers.json import DjangoJSONEncoder

    return DjangoJSONEncoder().encode(body)


def walk() -> Iterator[Operation]:
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                callbacks = list(operation.auth_callbacks)
                for method in operation.methods:
                    address = re.sub(r"{\w+:(\w+)}", r"{\1}", re.sub("/+", "/", f"/api/{router.prefix}/{path}"))
                    yield Operation(method, address, callbacks[0] if callbacks else None, len(callbacks))


def shared_addresses() -> set[str]:
    """Addresses that two routers declare. Only the first one's methods would ever be found."""
    addresses = [f"{router.prefix}/{path}" for router in api._get_bound_routers() for path in router.path_operations]
    return {address for address in addresses if addresses.count(address) > 1}
