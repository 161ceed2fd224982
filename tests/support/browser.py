"""Looking at a page as a person would: sizes, screenshots, accessibility."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.support.server import ROOT

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2},
    "tablet": {"viewport": {"width": 1024, "height": 768}, "has_touch": True},
    "desktop": {"viewport": DESKTOP},
}
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# What is fading in has the contrast of neither its beginning nor its end.
SETTLE = """() => Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect && one.effect.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished))"""
# Half a second without any request, as the browser's own "networkidle" has it, is long for a page walked 400 times.
COUNT_FETCHES = """(() => {
    const fetches = {flying: 0, since: 0};
    const fetch = window.fetch;
    window.fetch = (...call) => {
        fetches.flying += 1;
        return fetch(...call).finally(() => { fetches.flying -= 1; fetches.since = performance.now(); });
    };
    window.fetches = fetches;
})()"""
QUIET = "() => window.fetches.flying === 0 && performance.now() - window.fetches.since > 150"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_browser() -> str:
    named = os.environ.get("CHROMIUM", "")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


def axe_faults(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, one line per rule with the first places."""
    page.evaluate(SETTLE)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{fault['impact']} {fault['id']}: {fault['help']} at "
        + ", ".join(str(node["target"]) for node in fault["nodes"][:3])
        for fault in result["violations"]
    ]


def assert_axe_clean(page: Page) -> None:
    faults = axe_faults(page)
    assert faults == [], "\n".join(faults)


def tab_to(page: Page, target: Locator, *, most: int = 80) -> None:
    """By the Tab key alone."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by keyboard: {target}")


def screenshot(page: Page, name: str) -> None:
    """Kept when the environment says where (SCREENSHOTS), named after the page's size: `board-phone.png`."""
    if folder := os.environ.get("SCREENSHOTS"):
        size = "phone" if page.viewport_size and page.viewport_size["width"] <= PHONE["width"] else "desktop"
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}-{size}.png"))


def wait_until_quiet(page: Page) -> None:
    """Until no answer is waited for any more, and none was asked for since the last (see `COUNT_FETCHES`)."""
    page.wait_for_function(QUIET)
