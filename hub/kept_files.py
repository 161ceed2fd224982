"""Files that rows promise, and those that no row does any more.

A file is stored before the row that promises it, so that no row promises what isn't there; a process that is killed
between the two leaves a file behind. Each app says which of its folder's files rows promise; a day later the others go.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

from django.core.files.storage import default_storage
from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(days=1)
LEFT_FOR = dt.timedelta(days=1)
"""Its row may still be on its way: far longer than any request or task takes."""
Names = Callable[[], set[str]]
_folders: dict[str, Names] = {}


def promised_in(folder: str) -> Callable[[Names], Names]:
    """The names, within the folder, that rows have. Where it is said is loaded with its app: the worker asks."""

    def say(names: Names) -> Names:
        _folders[folder] = names
        return names

    return say


@task
def sweep_files() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    keep_sweeping()
    return sum(sweep(folder) for folder in sorted(_folders))


def keep_sweeping() -> None:
    """Have it under way, from the transaction on that promises a file: once begun, it goes on."""
    run_by(sweep_files, clock.now() + EVERY)


def sweep(folder: str) -> int:
    """How many files went."""
    try:
        names = set(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return 0
    before = clock.now() - LEFT_FOR
    # Read after the folder: what has come since is in neither.
    loose = [f"{folder}/{name}" for name in sorted(names - _folders[folder]())]
    gone = 0
    for path in loose:
        # Somebody may take one away meanwhile.
        with contextlib.suppress(FileNotFoundError):
            if default_storage.get_modified_time(path) <= before:
                default_storage.delete(path)
                gone += 1
    return gone
