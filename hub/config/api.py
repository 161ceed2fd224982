"""One API of all apps' routers: an app with an `api` module that holds `router` is mounted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import orjson
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import module_has_submodule
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from hub.config.document import DescribedAPI, name_choices
from hub.errors import Refused

STATUS = {
    "role_missing": 403,
    "not_allowed": 403,
    "csrf_failed": 403,
    "sign_in_first": 401,
    "not_found": 404,
    "invalid": 422,
    "too_large": 413,
    "too_many": 429,
}


class JSONRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class JSONParser(Parser):
    """No text holds a NUL: PostgreSQL can't store one, and nobody types one."""

    def parse_body(self, request: HttpRequest) -> Any:
        if b"\\u0000" in request.body:
            raise HttpError(400, "NUL")
        return orjson.loads(request.body)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        if any("\x00" in value for _, values in data.lists() for value in values if isinstance(value, str)):
            raise HttpError(400, "NUL")
        return super().parse_querydict(data, list_fields, request)


api = DescribedAPI(
    title="Renqi", version="1", urls_namespace="api", docs_url="/docs", renderer=JSONRenderer(), parser=JSONParser()
)


def refusal(request: HttpRequest, status: int, code: str, facts: dict[str, object]) -> HttpResponse:
    return api.create_response(request, {"code": code, "facts": facts}, status=status)


@api.exception_handler(Refused)
def on_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refusal(request, STATUS.get(error.code, 409), error.code, error.facts)


@api.exception_handler(AuthenticationError)
def on_unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refusal(request, 401, "sign_in_first", {})


@api.exception_handler(HttpError)
def on_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What was sent can't be read at all."""
    return refusal(request, error.status_code, "invalid", {})


def nothing_here(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """An address the API does not have."""
    return refusal(request, 404, "not_found", {})


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent has the wrong form. Says where, never what: input may be personal data."""
    places = [{"place": ".".join(str(step) for step in one["loc"]), "code": one["type"]} for one in error.errors]
    return refusal(request, 422, "invalid", {"places": places})


name_choices()
for config in apps.get_app_configs():
    if config.module and module_has_submodule(config.module, "api"):
        api.add_router("", import_module(f"{config.name}.api").router, tags=[config.label])
