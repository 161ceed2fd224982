"""What commands print is in the terminal's language when that is one of ours, else in the installation's."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation

P = ParamSpec("P")
R = TypeVar("R")


def terminal_language() -> str:
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return next((code for code, _ in settings.LANGUAGES if code[:2] == wanted[:2].lower()), settings.LANGUAGE_CODE)


def in_terminal_language(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override(terminal_language()):
            return function(*args, **kwargs)

    return wrapped
