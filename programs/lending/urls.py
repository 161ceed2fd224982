"""Covers lie outside the API: pictures that a browser keeps for good, since their name says what is in them."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe

from programs.lending.covers import FOLDER


@require_safe
def cover(request: HttpRequest, name: str) -> FileResponse:
    try:
        file = default_storage.open(f"{FOLDER}/{name}")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


urlpatterns: list[URLPattern] = [re_path(r"^covers/(?P<name>[0-9a-f]{32}\.jpg)$", cover, name="cover")]
