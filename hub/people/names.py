"""How people are called where the full name is too much."""

from __future__ import annotations


def given_name(name: str) -> str:
    """A child is called by the given name: 于秀英 is 秀英. A name of one character, or not in Chinese, stays."""
    return name[1:] if len(name) > 1 and not name.isascii() else name
