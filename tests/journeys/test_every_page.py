"""Every page, for each role that has it; what roles share, once in each look: no axe fault, no console error, no
sideways scrolling, every word worded."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Response

from tests.support.browser import axe_faults, screenshot, wait_until_quiet
from tests.support.pages import (
    ROLES,
    addresses_of,
    link_path,
    open_pages,
    pages_of,
    strings_in,
    texts_of,
    untranslated,
    unworded,
)
from tests.support.server import Server
from tests.support.texts import say

NOBODY = "nobody"
ON_PAPER = {"/b/:code", "/w/:token"}
"""A sticker's code stands on paper alone: test_books reads one there and walks its page. A lobby screen's address is
shown once: test_wall opens it."""
AT_WORK = {"administrator": "desktop", "social_worker": "phone"}
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def addresses(page: Page, role: str, name: str = "") -> list[str]:
    if name != AT_WORK.get(role, name):
        # A coordinator's pages with more or fewer rows: walked whole as the role works, else where they differ.
        theirs = set(addresses_of(page, "coordinator"))
        return ["/today", *(path for path in addresses_of(page, role) if path not in theirs)]
    if role != NOBODY:
        return [*addresses_of(page, role), *(["/messages"] if role == "coordinator" else [])]
    doors = [(path, path.partition(":token")[0]) for path in open_pages()]
    return [
        path.replace(":token", link_path(page, door)) if ":token" in path else path
        for path, door in doors
        if path not in ON_PAPER
    ]


def visit(page: Page, address: str) -> None:
    """Open the page and wait until it has said what it has to say."""
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.get_by_role("status", name=say("ui.loading")).or_(
        page.get_by_role("status", name=say("ui.loading", "en"))
    ).first.wait_for(state="detached")
    wait_until_quiet(page)


def faults_of(page: Page) -> list[str]:
    faults = axe_faults(page)
    faults += [f"not worded: {text}" for text in unworded(texts_of(page))]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        faults.append(f"scrolls sideways by {wide} px")
    return faults


def data_in(answer: Response) -> list[str]:
    """What people wrote, as the API gave it out; an answer that nobody waited for any more holds nothing shown."""
    if "/api/" not in answer.url or "json" not in answer.headers.get("content-type", ""):
        return []
    try:
        return strings_in(json.loads(answer.body()))
    except Error:
        return []


def look_at(page: Page, role: str, sign_in: SignIn, name: str) -> dict[str, list[str]]:
    if role != NOBODY:
        sign_in(page, role)
    found = {}
    for address in addresses(page, role, name):
        visit(page, address)
        if faults := faults_of(page):
            found[address] = faults
        screenshot(page, f"{name}-{role}{'-answer' if address.startswith('/a/') else address.replace('/', '-')}")
    return found


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_every_page_is_clean(open_page: Open, sign_in: SignIn, role: str, size: str) -> None:
    assert look_at(open_page(size), role, sign_in, size) == {}


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_every_page_speaks_english(open_page: Open, sign_in: SignIn, role: str) -> None:
    page = open_page("phone", language="en")
    answers: list[Response] = []
    if role != NOBODY:
        sign_in(page, role)
    paths = addresses(page, role)
    page.on("response", lambda answer: answers.append(answer))
    found: dict[str, Any] = {}
    data: list[str] = []
    for address in paths:
        visit(page, address)
        data += [text for answer in answers for text in data_in(answer)]
        answers.clear()
        texts = texts_of(page)
        faults = [f"not worded: {text}" for text in unworded(texts)]
        faults += [f"Chinese: {run}" for run in untranslated(texts, data)]
        if address in (paths[0], paths[-1]):
            faults += axe_faults(page)
        if faults:
            found[address] = faults
        screenshot(page, f"english-{role}{'-answer' if address.startswith('/a/') else address.replace('/', '-')}")
    assert found == {}


@pytest.mark.parametrize("role", ["volunteer", "guardian", "social_worker", "coordinator", "administrator"])
def test_elders_read_it_large(open_page: Open, sign_in: SignIn, role: str) -> None:
    page = open_page("phone")
    page.goto("/sign-in")
    page.get_by_role("button", name=say("ui.elder_on"), exact=True).click()
    page.get_by_role("button", name=say("ui.elder_off"), exact=True).wait_for()
    assert look_at(page, role, sign_in, "elder") == {}
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"


@pytest.mark.parametrize(("role", "size"), [("guardian", "phone"), ("regulator", "desktop")])
def test_at_night_it_is_dark(open_page: Open, sign_in: SignIn, role: str, size: str) -> None:
    page = open_page(size, color_scheme="dark")
    assert look_at(page, role, sign_in, "dark") == {}


def test_every_role_has_pages(demo: Server) -> None:
    assert {role: bool(pages_of(role)) for role in ROLES} == dict.fromkeys(ROLES, True)
