"""One API of all apps' routers: an app with an `api` module that holds `router` is mounted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import orjson
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import module_has_submodule
from ninja.errors import AuthenticationError, ValidationError
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
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


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


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent has the wrong form. Says where, never what: input may be personal data."""
    places = [{"place": ".".join(str(step) for step in one["loc"]), "code": one["type"]} for one in error.errors]
    return refusal(request, 422, "invalid", {"places": places})


name_choices()
for config in apps.get_app_configs():
    if config.module and module_has_submodule(config.module, "api"):
        api.add_router("", import_module(f"{config.name}.api").router, tags=[config.label])
