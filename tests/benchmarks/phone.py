"""A phone's browser that has never been here, and every byte it fetches to show a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.case import Request, Visit, get, session_of
from tests.support.browser import FLAGS, SIZES, find_browser


@dataclass
class Transferred:
    """Of the page that takes the most."""

    kilobytes: float = 0
    calls: list[Request] = field(default_factory=list)
    """What it asked of the API."""


def visit(wanted: Visit, port: int) -> Transferred:
    session_of(wanted.person)  # Remembered: Django asks no database while a browser is driven.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        try:
            pages = [transfer(browser, wanted, path, port) for path in wanted.paths]
        finally:
            browser.close()
    return max(pages, key=lambda page: page.kilobytes)


def transfer(browser: Browser, wanted: Visit, path: str, port: int) -> Transferred:
    url = f"http://localhost:{port}"
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **SIZES["phone"])
    context.add_cookies([{"name": "sessionid", "value": session_of(wanted.person), "url": url}])
    page = context.new_page()
    found = Transferred()

    def finished(event: dict[str, Any]) -> None:
        found.kilobytes += event["encodedDataLength"] / 1000

    def asked(event: dict[str, Any]) -> None:
        parts = urlsplit(event["request"]["url"])
        if parts.path.startswith("/api/") and event["request"]["method"] == "GET":
            found.calls.append(get(f"{parts.path}?{parts.query}", as_=wanted.person))

    network = context.new_cdp_session(page)
    network.on("Network.loadingFinished", finished)
    network.on("Network.requestWillBeSent", asked)
    network.send("Network.enable")
    page.goto(f"{url}{path}", wait_until="networkidle")
    landed = urlsplit(page.url).path
    context.close()
    if landed != path:
        raise RuntimeError(f"{path} led to {landed}")
    found.kilobytes = round(found.kilobytes, 1)
    return found
