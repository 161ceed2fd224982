"""/device/worker.js: what serves the tablet's page without a network. A worker serves only addresses at or below its
own, so it can't lie with the other static files, and is told it may serve /device itself."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

WORKER = settings.BASE_DIR / "frontend" / "dist" / "device-worker.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    if not WORKER.exists():
        raise Http404
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/device"
    response["Cache-Control"] = "no-cache"
    return response
