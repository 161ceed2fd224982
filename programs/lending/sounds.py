"""How a title is written and how it sounds, in the forms it is looked for: bare letters, pinyin, its initials."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.style import convert

LONGEST = 6
"""Letters of a syllable: `zhuang`."""
VOWELS = set("aeiouv")
READINGS = 8
"""Ways to part letters into syllables that are tried: `xian` is one or two."""


def bare(text: str) -> str:
    """Letters, digits and characters alone: 《哈利·波特》 is looked for as 哈利波特."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def _as_words(rest: str) -> Any:
    """What is no Chinese stays as it is, a word a syllable. (pypinyin takes a list as well, and doesn't say so.)"""
    return re.findall(r"[^\W_]+", rest)


@lru_cache(maxsize=10_000)
def _syllables(text: str) -> tuple[str, ...]:
    written = unicodedata.normalize("NFKC", text).casefold()
    found = lazy_pinyin(written, style=Style.NORMAL, errors=_as_words)
    return tuple(one for one in found if one.isalnum())


def sounds_of(text: str) -> str:
    """` xiao wang zi`"""
    return "".join(f" {one}" for one in _syllables(text))


def initials_of(text: str) -> str:
    """`xwz`"""
    return "".join(one[0] for one in _syllables(text))


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """All syllables, and all that one of them begins with."""
    readings = {one for many in set(PINYIN_DICT.values()) for one in many.split(",")}
    plain = {convert(one, Style.NORMAL, strict=False) for one in readings}
    whole = {one for one in plain if one.isascii() and VOWELS & set(one)}
    return frozenset(whole), frozenset(one[:end] for one in whole for end in range(1, len(one) + 1))


def spellings(letters: str) -> list[str]:
    """Letters as the syllables they may be, in the form of `sounds_of`; the last may be only begun: `xiaow` too."""
    whole, begun = _known()
    found: list[str] = []
    dead: set[int] = set()

    def part(start: int, before: str) -> None:
        known = len(found)
        if letters[start:] in begun:
            found.append(f"{before} {letters[start:]}")
        for end in range(min(start + LONGEST, len(letters) - 1), start, -1):
            if len(found) < READINGS and end not in dead and letters[start:end] in whole:
                part(end, f"{before} {letters[start:end]}")
        if len(found) == known:
            dead.add(start)

    if letters:
        part(0, "")
    return found[:READINGS]
