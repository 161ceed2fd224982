"""The API's own description: what ninja leaves out of it, and one name for one thing.

The front end's client is generated from it, so a name that two things share would give one of them the other's type.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Choices
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

REFUSAL = {
    "type": "object",
    "title": "RefusalOut",
    "required": ["code", "facts"],
    "properties": {"code": {"type": "string"}, "facts": {"type": "object", "additionalProperties": True}},
}
# Why the status says so is in the code: every operation may refuse (hub.errors, hub.config.api.STATUS).
REFUSED = {
    "description": "Refused",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RefusalOut"}}},
}


class Document(OpenAPISchema):
    def responses(self, operation: Operation) -> dict[Any, Any]:
        return super().responses(operation) | {"4XX": REFUSED}

    def get_components(self) -> dict[str, Any]:
        self.schemas["RefusalOut"] = REFUSAL
        return super().get_components()

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, definition in definitions.items():
            known = self.schemas.setdefault(name, definition)
            if _gist(known) != _gist(definition):
                raise RuntimeError(f"two schemas are named {name}: give one of them another name")


class DescribedAPI(NinjaAPI):
    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        return Document(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


def name_choices() -> None:
    """`Booking.State` and `Assignment.State` are BookingState and AssignmentState in the document."""
    for model in apps.get_models():
        for value in vars(model).values():
            if isinstance(value, type) and issubclass(value, Choices):
                value.__qualname__ = f"{model.__name__}{value.__name__}"


def _gist(definition: dict[str, Any]) -> object:
    """What two descriptions of one thing share; sent and received they may differ in what is required."""
    return definition.get("enum") or sorted(definition.get("properties", {}))
