"""A desk's browser that opens the district's week, and scrolls through all of it."""

from __future__ import annotations

import statistics

from playwright.sync_api import sync_playwright

from tests.benchmarks.case import Desk, session_of
from tests.support.browser import FLAGS, SIZES, find_browser

# From the beginning of the navigation until bars are painted.
PAINTED = """() => new Promise(done => {
  const look = () => document.querySelector("[data-session]")
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
  look();
})"""
# Through the whole board at a hand's pace: how long each frame took.
SCROLLED = """() => new Promise(done => {
  const board = document.querySelector("[data-view]");
  const frames = [];
  let before = performance.now();
  const step = now => {
    frames.push(now - before);
    before = now;
    const top = board.scrollTop;
    board.scrollTop += 60;
    if (board.scrollTop > top) requestAnimationFrame(step);
    else done(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""


def open_board(wanted: Desk, port: int) -> dict[str, float]:
    """Milliseconds: until bars are shown (the median of some openings, files known, data not), frames of the scroll."""
    session_of(wanted.person)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        try:
            url = f"http://localhost:{port}"
            context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **SIZES["desktop"])
            context.add_cookies([{"name": "sessionid", "value": session_of(wanted.person), "url": url}])
            page = context.new_page()
            shown: list[float] = []
            for _ in range(wanted.times + 1):
                page.goto(f"{url}{wanted.path}", wait_until="commit")
                shown.append(page.evaluate(PAINTED))
            frames = sorted(page.evaluate(SCROLLED))
        finally:
            browser.close()
    return {
        "shown_ms": round(statistics.median(shown[1:]), 0),
        "frame_p50_ms": round(frames[len(frames) // 2], 1),
        "frame_p95_ms": round(frames[len(frames) * 95 // 100], 1),
        "frames": len(frames),
    }
