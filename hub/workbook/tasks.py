"""What the worker does for uploads: a file nobody confirmed within its hour is forgotten."""

from __future__ import annotations

from django_tasks import task

from hub import clock
from hub.workbook.models import Upload


def drop_expired() -> int:
    """Forget the files whose hour is over; how many."""
    over = Upload.objects.filter(state=Upload.State.PREVIEW, expires_at__lte=clock.now())
    return over.update(content=None, state=Upload.State.EXPIRED)


@task()
def forget_expired() -> None:
    drop_expired()
