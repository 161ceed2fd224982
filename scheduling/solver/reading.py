"""A cursor over parsed JSON that knows its own path, so that every fault names the place in the file."""

import math
from typing import Any

LARGEST = 10**9
"""No number in a problem may exceed this; what they come to together is judged in limits.py."""


class ProblemError(Exception):
    """The document is not a roster/1 problem: `path` says where, `code` what, `message` in words."""

    def __init__(self, path: str, code: str, message: str) -> None:
        self.path, self.code, self.message = path, code, message
        super().__init__(f"{path}: {message}" if path else message)


class Reader:
    """`within` is the path to where the value stands, or the reader it was taken from; paths are written out only for
    faults, since a district's problem has a million values."""

    __slots__ = ("_key", "_value", "_within")

    def __init__(self, value: Any, within: "str | Reader" = "", key: str | int = "") -> None:
        self._value, self._within, self._key = value, within, key

    @property
    def path(self) -> str:
        if isinstance(self._within, str):
            return self._within
        return self._within._at(self._key)

    def fault(self, code: str, message: str) -> ProblemError:
        return ProblemError(self.path, code, message)

    def object(self, *, required: tuple[str, ...], optional: tuple[str, ...]) -> "Reader":
        """This very reader, once it is sure to be an object with these keys (and `x_` ones) alone."""
        if not isinstance(self._value, dict):
            raise self.fault("not_object", f"must be an object, not {_name(self._value)}")
        for key in self._value:
            if key not in required and key not in optional and not key.startswith("x_"):
                raise ProblemError(self._at(key), "unknown_key", "is not a key of this format")
        for key in required:
            if key not in self._value:
                raise ProblemError(self._at(key), "missing", "is missing")
        return self

    def has(self, key: str) -> bool:
        return key in self._value

    def value(self, key: str, default: Any) -> Any:
        return self._value.get(key, default)

    def __getitem__(self, key: str) -> "Reader":
        return Reader(self._value[key], self, key)

    def items(self, key: str | None = None) -> list["Reader"]:
        """The elements of this list, or of the list under `key` (none when the key is absent)."""
        if key is not None:
            return self[key].items() if self.has(key) else []
        if not isinstance(self._value, list | tuple):
            raise self.fault("not_list", f"must be a list, not {_name(self._value)}")
        return [Reader(value, self, i) for i, value in enumerate(self._value)]

    def row(self, length: int) -> list["Reader"]:
        cells = self.items()
        if len(cells) != length:
            raise self.fault("wrong_length", f"must have {length} elements but has {len(cells)}")
        return cells

    def integers(self, length: int) -> tuple[int, ...]:
        """A row of whole numbers; far the most are sound, and are read without a reader for each."""
        cells = self._value
        if type(cells) is list and len(cells) == length and all(type(it) is int and abs(it) <= LARGEST for it in cells):
            return tuple(cells)
        return tuple(cell.integer() for cell in self.row(length))

    def texts(self) -> list[str]:
        cells = self._value
        if type(cells) is list and all(type(it) is str for it in cells):
            return cells
        return [cell.text() for cell in self.items()]

    def pairs(self) -> list[tuple[str, "Reader"]]:
        """The entries of an object whose keys are data."""
        if not isinstance(self._value, dict):
            raise self.fault("not_object", f"must be an object, not {_name(self._value)}")
        return [(key, self[key]) for key in self._value]

    def integer(self, low: int = -LARGEST, high: int = LARGEST) -> int:
        value = self._value
        if type(value) is int and low <= value <= high:
            return value
        if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault("not_integer", f"must be a whole number, not {_name(value)}")
        if low <= value <= high:
            return value
        if value < 0 <= low:
            raise self.fault("negative", f"must not be negative, but is {value}")
        raise self.fault("out_of_range", f"must be between {low} and {high}, but is {value}")

    def number(self, low: float) -> float:
        value = self._value
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            raise self.fault("not_number", f"must be a number, not {_name(value)}")
        if value < low:
            raise self.fault("negative", f"must not be below {low}, but is {value}")
        if value > LARGEST:
            raise self.fault("out_of_range", f"must not exceed {LARGEST}")
        return value

    def index(self, length: int, of: str) -> int:
        value = self.integer()
        if not 0 <= value < length:
            raise self.fault("no_such", f"there is no {of} {value}; there are {length}, counted from 0")
        return value

    def text(self) -> str:
        if not isinstance(self._value, str):
            raise self.fault("not_text", f"must be text, not {_name(self._value)}")
        return self._value

    def boolean(self) -> bool:
        if not isinstance(self._value, bool):
            raise self.fault("not_boolean", f"must be true or false, not {_name(self._value)}")
        return self._value

    def _at(self, key: str | int) -> str:
        if isinstance(key, int):
            return f"{self.path}[{key}]"
        shown = key if len(key) <= 60 else key[:57] + "..."
        return f"{self.path}.{shown}" if self.path else shown


def _name(value: Any) -> str:
    if value is None:
        return "null"
    names = {
        bool: "a boolean",
        int: "a whole number",
        float: "a fraction",
        str: "text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), type(value).__name__)
