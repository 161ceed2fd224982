"""What a page says, by the id of the text: a journey then breaks when the page does, not when its wording does."""

from __future__ import annotations

import functools
import json
import re

from tests.support.server import ROOT

SOURCES = ROOT / "frontend" / "src"
CHINESE, ENGLISH = "zh-Hans", "en"
PLACE = re.compile(r"{(\w+)}")
PLURAL = re.compile(r"{(\w+), plural, ((?:(?:=\d+|\w+) {[^{}]*} ?)+)}")


@functools.cache
def catalog(language: str = CHINESE) -> dict[str, str]:
    """Every text of the front end. Ids are unique in all of it."""
    texts: dict[str, str] = {}
    for path in sorted(SOURCES.rglob(f"locales/{language}.json")):
        texts |= json.loads(path.read_text(encoding="utf-8"))
    return texts


def say(text_id: str, language: str = CHINESE, **values: object) -> str:
    """The sentence with its values; every place in it must be given."""
    sentence = PLURAL.sub(lambda found: _by_number(found, int(str(values[found[1]]))), catalog(language)[text_id])
    return PLACE.sub(lambda place: str(values[place[1]]), sentence)


def _by_number(found: re.Match[str], number: int) -> str:
    arms = dict(re.findall(r"(=\d+|\w+) {([^{}]*)}", found[2]))
    names = [f"={number}", *(["one"] if number == 1 else []), "other"]
    return str(next(arms[name] for name in names if name in arms)).replace("#", str(number))


def like(text_id: str, language: str = CHINESE, **values: object) -> re.Pattern[str]:
    """The sentence as a whole, anything standing where no value is given."""
    assert ", plural," not in catalog(language)[text_id], f"{text_id} is worded by number: say it in another way"
    parts = PLACE.split(catalog(language)[text_id])
    given = [
        re.escape(part) if index % 2 == 0 else re.escape(str(values[part])) if part in values else "[^]*?"
        for index, part in enumerate(parts)
    ]
    # Read by the browser, where [^] is any character.
    return re.compile(rf"^\s*{''.join(given)}\s*$".replace(r"\ ", " ").replace("[^]*?", r"[\s\S]*?"))
