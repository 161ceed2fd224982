"""What is kept of what was last asked for."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from scheduling.planning.newest import Newest


def test_who_asks_at_the_same_moment_waits_instead_of_reckoning_too() -> None:
    newest: Newest[object] = Newest(2)
    made: list[object] = []
    together = Barrier(4)

    def make() -> object:
        one = object()
        made.append(one)
        time.sleep(0.05)  # long enough for the others to come, too
        return one

    def ask() -> object:
        together.wait()
        return newest.of("a", make)

    with ThreadPoolExecutor(4) as pool:
        found = {id(one.result()) for one in [pool.submit(ask) for _ in range(4)]}
    assert (len(made), found) == (1, {id(made[0])})


def test_the_oldest_makes_room() -> None:
    newest: Newest[str] = Newest(2)
    made: list[str] = []

    def ask(key: str) -> None:
        newest.of(key, lambda: made.append(key) or key)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "b"]
