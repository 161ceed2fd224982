"""Every page of the front end as its registry names them, so that a new page is looked at without a word more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.support.texts import SOURCES, catalog

ROLES = ("volunteer", "guardian", "social_worker", "coordinator", "administrator", "regulator")
LINE = re.compile(r'\{\s*path: "([^"]+)",\s*room: "([^"]+)",\s*roles: (\[[^\]]*\]|"[^"]+")')
CJK = re.compile(r"[\u3400-\u9fff]+")

TEXTS_OF_PAGE = """() => {
  const found = [document.title];
  const foreign = (element) => element.closest("[lang]:not(html)");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: around, data } = walker.currentNode;
    if (data.trim() && !around.closest("script, style") && !foreign(around)) found.push(data);
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [alt], [title]")) {
    if (foreign(element)) continue;
    for (const name of ["aria-label", "placeholder", "alt", "title"]) {
      if (element.getAttribute(name)) found.push(element.getAttribute(name));
    }
  }
  return found;
}"""


@dataclass(frozen=True)
class Registered:
    path: str
    room: str
    roles: tuple[str, ...]
    """Empty where nobody needs to be signed in."""


def registry() -> list[Registered]:
    source = (SOURCES / "routes.tsx").read_text(encoding="utf-8")
    lines = LINE.findall(source)
    assert len(lines) == source.count('room: "'), "a line of the registry is written in a way not understood here"
    return [Registered(path, room, _roles(roles)) for path, room, roles in lines]


def _roles(written: str) -> tuple[str, ...]:
    named = tuple(re.findall(r'"([^"]+)"', written))
    return {("anyone",): (), ("signed-in",): ROLES}.get(named, named)


def pages_of(role: str) -> list[str]:
    return [page.path for page in registry() if role in page.roles]


def addresses_of(page: Page, role: str) -> list[str]:
    """Signed in as that role already: what an address names is taken from the demo."""
    found = {"/books/:id": str(page.request.get("/api/books").json()["rows"][0]["id"])}
    if "/series/:id" in pages_of(role):
        found["/series/:id"] = str(page.request.get("/api/series").json()[0]["id"])
    return [path.replace(":id", found[path]) if path in found else path for path in pages_of(role)]


def open_pages() -> list[str]:
    """Addresses that ask nobody to sign in."""
    return [page.path for page in registry() if not page.roles]


def texts_of(page: Page) -> list[str]:
    texts: list[str] = page.evaluate(TEXTS_OF_PAGE)
    return texts


def unworded(texts: list[str]) -> list[str]:
    """Ids that found no sentence, and places in sentences that got no value."""
    families = {text_id.partition(".")[0] for text_id in catalog()}
    leftover = re.compile(rf"\b(?:{'|'.join(sorted(families))})(?:\.[a-z_]+)+\b|\{{\w+[,}}]|\bundefined\b|\bNaN\b")
    return sorted({match[0] for text in texts for match in leftover.finditer(text)})


def untranslated(texts: list[str], data: list[str]) -> list[str]:
    """Chinese on an English page that is not what people wrote into the records (or a part of it)."""
    written = "\n".join(data)
    runs = {run for text in texts for run in CJK.findall(text)}
    return sorted(run for run in runs if run not in written)


def strings_in(value: object) -> list[str]:
    """Every string of an answer of the API that holds Chinese."""
    if isinstance(value, str):
        return [value] if CJK.search(value) else []
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings_in(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings_in(item)]
    return []


def link_path(page: Page, door: str, *, fits: Callable[[str], bool] = bool) -> str:
    """What follows `door` in the newest message of the demo whose link opens it, and `fits`: nobody signs in there."""
    before = ""
    while True:
        listed = page.request.get(f"/api/messages{before}").json()
        for message in listed["messages"]:
            found = str(message["link"]).partition(door)[2]
            if found and fits(found):
                return found
        assert listed["before"], f"no message of the demo links to {door}"
        before = f"?before={listed['before']}"
