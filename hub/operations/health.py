"""Whether the parts that serve are up: what a load balancer or a monitor asks. No login, so no names and no secrets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Case, Count, F, Min, When
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from hub import clock

LATE_SECONDS = 60
"""A message that waits longer than this means that no worker works. A solve may wait for the one before it."""


class Part(TypedDict, total=False):
    ok: bool
    kind: str
    waiting: int
    oldest_seconds: int


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    parts = {"database": check(look_at_database), "channel_layer": check(look_at_channel_layer)}
    if parts["database"]["ok"]:
        parts |= {"worker": check(lambda: look_at_queue("default")), "solver": check(lambda: look_at_queue("solver"))}
    parts["database"].setdefault("kind", connection.vendor)
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def check(look: Callable[[], Part]) -> Part:
    from redis import RedisError

    try:
        return look()
    except (DatabaseError, RedisError, OSError):
        return {"ok": False}


def look_at_database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "kind": connection.vendor}


def look_at_channel_layer() -> Part:
    if not settings.REDIS_URL:
        return {"ok": True, "kind": "memory"}
    from redis import Redis

    with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as redis:
        redis.ping()
    return {"ok": True, "kind": "redis"}


def look_at_queue(queue: str) -> Part:
    """A queue whose oldest ready task is young has a worker; an empty one needs none."""
    ready = DBTaskResult.objects.ready().filter(queue_name=queue).order_by()
    # A task put off until later has its turn from then on; one for at once carries a date far ahead.
    due = Case(When(run_after__lte=clock.now(), then=F("run_after")), default=F("enqueued_at"))
    waiting = ready.aggregate(count=Count("id"), oldest=Min(due))
    oldest = int((clock.now() - waiting["oldest"]).total_seconds()) if waiting["oldest"] else 0
    return {
        "ok": queue == "solver" or oldest < LATE_SECONDS,
        "waiting": waiting["count"],
        "oldest_seconds": oldest,
    }
