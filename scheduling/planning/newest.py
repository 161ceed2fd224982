"""The few things that were last asked for, kept by a key that says all they follow from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class _Kept(Generic[T]):
    """Reckoned once: who asks for the same meanwhile waits for it, and nobody else does."""

    def __init__(self) -> None:
        self._door = Lock()
        self._found: T | None = None

    def of(self, make: Callable[[], T]) -> T:
        with self._door:
            if self._found is None:
                self._found = make()
            return self._found


class Newest(Generic[T]):
    def __init__(self, most: int) -> None:
        self._most, self._door = most, Lock()
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._door:
            kept = self._kept.pop(key, None) or _Kept()
            self._kept[key] = kept
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept.of(make)
