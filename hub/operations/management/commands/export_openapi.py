"""`manage.py export_openapi`: the API's description, from which the front end's client is generated."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.test import RequestFactory
from django.urls import resolve


class Command(BaseCommand):
    help = "Print the API's OpenAPI document."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path = "/api/openapi.json"
        answer = resolve(path).func(RequestFactory().get(path))
        text = json.dumps(json.loads(answer.content), ensure_ascii=False, indent=1)
        if options["out"]:
            options["out"].write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
