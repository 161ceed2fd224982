"""`manage.py plan_week 2026-W51 [--hub NAME] --seconds N [--publish] [--json]`: plan here and now, without a worker."""

from __future__ import annotations

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub import clock
from hub.errors import Refused
from hub.places.models import Hub
from hub.terminal import in_terminal_language
from scheduling.planning import runs
from scheduling.planning.models import Run
from scheduling.planning.proposal import Proposal, totals
from scheduling.planning.publish import publish_run
from scheduling.planning.tasks import solve_claimed

EXITS = """exit codes:
  0  planned, and published where that was asked
  1  nothing to plan, already being planned, no plan found, or not publishable: the message says which
  2  asked wrongly: no such week or site"""


def _worded(refusal: Refused) -> str:
    key = f"plan_week.refused.{refusal.code}"
    sentence = _(key)
    return str(refusal) if sentence == key else sentence % refusal.facts


class Command(BaseCommand):
    help = "Plan a week of one hub (with the sites below it) or of all, and publish it if asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXITS
        parser.add_argument("week", metavar="2026-W51", help="or any day of the week")
        parser.add_argument("--hub", metavar="NAME", action="append", default=[], help="may be given several times")
        parser.add_argument("--seconds", type=int, default=30, help=f"to think, 1 to {runs.LONGEST} (default 30)")
        parser.add_argument("--publish", action="store_true", help="publish the plan if every row of it still holds")
        parser.add_argument("--json", action="store_true", help="the figures as one JSON object")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            week = clock.parse_week(options["week"])
        except ValueError:
            raise CommandError(_("plan_week.not_a_week") % {"text": options["week"]}, returncode=2) from None
        try:
            run = runs.request_run(
                week=week, hubs=self._hubs(options["hub"]), seconds=options["seconds"], by=None, enqueue=False
            )
            solve_claimed(run.pk)
            run.refresh_from_db()
            if run.state != Run.State.FINISHED:
                raise CommandError(_("plan_week.no_plan") % {"code": run.error or run.state})
            published = publish_run(run=run, by=None) if options["publish"] else None
        except Refused as refusal:
            raise CommandError(_worded(refusal)) from None
        self._report(run, published, as_json=options["json"])

    def _hubs(self, names: list[str]) -> list[Hub]:
        if not names:
            return list(Hub.objects.order_by("pk"))
        found = []
        for name in names:
            hub = Hub.objects.filter(name=name).first()
            if hub is None:
                raise CommandError(_("plan_week.no_such_hub") % {"name": name}, returncode=2)
            found += [hub, *hub.children.order_by("pk")]
        return list({hub.pk: hub for hub in found}.values())

    def _report(self, run: Run, published: dict[str, int] | None, *, as_json: bool) -> None:
        facts = {
            "run": run.pk,
            "week": run.week.isoformat(),
            "seconds": run.result["seconds"]["total"] if run.result else 0,
            "bound": run.bound,
            **totals(Proposal(run)),
            "published": published,
        }
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        self.stdout.write(_("plan_week.planned") % facts)
        if published:
            self.stdout.write(_("plan_week.published") % published)
