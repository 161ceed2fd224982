"""Answers of plain data, which mostly did not change since they were last asked for."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control


def fresh(request: HttpRequest, data: Any) -> HttpResponse:
    """Plain data as JSON, past the schema (which would copy all of it); 304 when the client has just this."""
    body = orjson.dumps(data)
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    response = (
        HttpResponseNotModified()
        if request.headers.get("If-None-Match") == tag
        else HttpResponse(body, content_type="application/json")
    )
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response
