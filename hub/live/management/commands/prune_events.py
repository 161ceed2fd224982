"""manage.py prune_events: forget live events older than a week (or --days)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub import clock
from hub.live.prune import KEPT_DAYS, prune


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT_DAYS)

    def handle(self, *args: Any, **options: Any) -> None:
        print(prune(before=clock.now() - dt.timedelta(days=options["days"])))
