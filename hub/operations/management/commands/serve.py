"""`manage.py serve`: one command, one address. Migrates, loads the demo district into an empty database, then keeps the
web server, the worker and the solver's worker running until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hub.operations import dev
from hub.operations.children import Child
from hub.operations.data_lock import DataDirTaken, hold_data_dir
from hub.operations.first_run import setup_link
from hub.operations.state import database_is_empty, setup_is_open
from hub.operations.supervise import NeverAnswered, Supervisor, reserve_port
from hub.terminal import in_terminal_language


class Command(BaseCommand):
    help = "Serve web, worker and solver at one address until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dev", action="store_true")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        self.check(tags=["start"])
        host = os.environ.get("HOST") or "127.0.0.1"
        try:
            listener = reserve_port(host, settings.PORT)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            code = "serve.port_taken" if error.errno == errno.EADDRINUSE else "serve.port_not_allowed"
            self._give_up(_(code) % {"port": settings.PORT, "other": settings.PORT + 1})
        try:
            with listener, hold_data_dir():
                self._prepare_data()
                self._serve(host, listener, development=options["dev"])
        except KeyboardInterrupt:
            self._say(_("serve.stopped"))
            sys.exit(130)
        except DataDirTaken:
            self._give_up(_("serve.data_dir_taken") % {"folder": settings.DATA_DIR})

    def _prepare_data(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        unfinished = settings.DATA_DIR / "demo.unfinished"  # a load that was interrupted goes on from where it was
        if settings.DEMO and (database_is_empty() or unfinished.exists()):
            self._say(_("serve.loading_demo"))
            unfinished.touch()
            call_command("load_demo", "--force")
            unfinished.unlink()

    def _serve(self, host: str, listener: socket.socket, *, development: bool) -> None:
        children = [Child("web", listener=listener), Child("worker"), Child("solver")]
        page = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{settings.PORT}/"
        supervisor = Supervisor(children, page=page, restarted=self._tell_restart)
        try:
            with dev.reloading(supervisor) if development else dev.nothing():
                supervisor.run(ready=self._tell_ready)
        except NeverAnswered:
            self._give_up(_("serve.never_answered"))
        self._say(_("serve.stopped"))

    def _tell_ready(self) -> None:
        self._say(f"\n  http://localhost:{settings.PORT}\n")
        if settings.DEMO:
            self._say(_("serve.demo_hint"))
        elif setup_is_open():
            self._say(_("serve.setup_hint") % {"link": setup_link()})
        self._say(_("serve.stop_hint"))

    def _tell_restart(self, name: str, code: int) -> None:
        self._say(_("serve.restarted") % {"name": name, "code": code}, self.stderr)

    def _say(self, text: str, stream: Any = None) -> None:
        stream = stream or self.stdout
        stream.write(text)
        stream.flush()

    def _give_up(self, text: str) -> NoReturn:
        self._say(text, self.stderr)
        sys.exit(1)
