"""The browser harness: the real server in processes of its own, Chromium in front of it.

    def test_something(phone, sign_in):
        page = phone()                      # or desktop(); phone(language="en"), phone(user_agent=WECHAT)
        sign_in(page, "volunteer")          # one click of the demo
        page.goto("/")
        assert_axe_clean(page)              # from tests.support.browser
        screenshot(page, "volunteer-home")  # kept when SCREENSHOTS names a folder

An error on the page's console fails the test; `allow_console("409")` lets expected ones through.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.support import server as servers
from tests.support.browser import COUNT_FETCHES, FLAGS, SIZES, find_browser, screenshot
from tests.support.server import Server
from tests.support.services import fresh_database

HERE = Path(__file__).parent
# How long to look for what a page should show, in milliseconds: the machine may be busy. Timings are the bench's.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
WORK_OFF = """
import time
from django_tasks_db.models import DBTaskResult
while DBTaskResult.objects.ready().exists() or DBTaskResult.objects.running().exists():
    time.sleep(0.2)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="renqi-journeys-", ignore_cleanup_errors=True) as path:
        yield Path(path)


@pytest.fixture(scope="session")
def loaded(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo district just loaded, its first plans made and its messages sent: else each copy's workers
    would do all that again, beside the journeys. Made once for all processes of this run."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp().parent if parallel else folder
    with (shared / "loading").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not (shared / "loaded").exists():
            load_demo(shared / "loading-demo").rename(shared / "loaded")
    return shared / "loaded"


def load_demo(folder: Path) -> Path:
    server = servers.start(folder, DEMO="1")
    try:
        server.run("shell", "--verbosity", "0", "--command", WORK_OFF)
    finally:
        server.stop()
    return server.data_dir


@pytest.fixture(scope="session")
def leaving(folder: Path) -> Iterator[list[Server]]:
    """Servers told to stop: they do so while the next file's journeys begin."""
    servers: list[Server] = []
    yield servers
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def start_server(
    folder: Path, leaving: list[Server], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Server]]:
    """`start_server(DEMO="0")`: a server with an empty DATA_DIR; with DEMO="1" the demo and its first plans."""
    started: list[Server] = []

    def start(**values: str) -> Server:
        data = Path(tempfile.mkdtemp(dir=folder))
        if values.get("DEMO") == "1" and "DATABASE_URL" not in values:
            shutil.copytree(request.getfixturevalue("loaded"), data, dirs_exist_ok=True)
        server = servers.start(data, **values)
        started.append(server)
        return server

    yield start
    for server in started:
        server.process.terminate()
        leaving.append(server)


@pytest.fixture(scope="module")
def demo(start_server: Callable[..., Server]) -> Server:
    """The demo district, shared by a file's journeys: a test that changes much starts a server of its own."""
    return start_server(DEMO="1")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A fresh PostgreSQL database for a server; skips where there is none."""
    root = os.environ.get("JOURNEY_DATABASE_URL", "")
    if not root:
        pytest.skip("needs PostgreSQL (JOURNEY_DATABASE_URL)")
    with fresh_database(root, "journey") as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if not path:
        pytest.skip("needs Chromium (CHROMIUM names it)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class Console:
    """Errors that pages wrote, and the words of those that a test expects."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.allowed: list[str] = []

    def listen(self, page: Page) -> None:
        page.on("console", self._on_message)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _on_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def unexpected(self) -> list[str]:
        return [text for text in self.errors if not any(word in text for word in self.allowed)]


@pytest.fixture
def console() -> Iterator[Console]:
    console = Console()
    yield console
    assert console.unexpected() == []


@pytest.fixture
def allow_console(console: Console) -> Callable[[str], None]:
    return console.allowed.append


@pytest.fixture
def open_page(browser: Browser, console: Console, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`open_page("phone", server=..., language="en", user_agent=...)`: a person's own browser, nothing shared."""
    contexts = []

    def open_one(size: str, *, server: Server | None = None, language: str = "zh-CN", **options: Any) -> Page:
        server = server or request.getfixturevalue("demo")
        context = browser.new_context(
            base_url=server.url, locale=language, timezone_id="Asia/Shanghai", **SIZES[size], **options
        )
        if language == "en":  # Chinese is the default whatever the browser says; English is a person's choice
            context.add_cookies([{"name": "django_language", "value": "en", "url": server.url}])
        context.add_init_script(COUNT_FETCHES)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        console.listen(page)
        return page

    yield open_one
    for number, context in enumerate(contexts):
        if "SCREENSHOTS" in os.environ:
            screenshot(context.pages[0], f"last-{request.node.name}-{number}")
        context.close()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Callable[..., Page]:
    return lambda **options: open_page("phone", **options)


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Callable[..., Page]:
    return lambda **options: open_page("desktop", **options)


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """The demo's one-click sign-in, by role."""

    def sign_in_as(page: Page, role: str) -> None:
        page.request.get("/")  # sets the cookie that a writing request must repeat
        cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies()}
        headers = {"X-CSRFToken": cookies["csrftoken"]}
        answer = page.request.post("/api/demo/sign-in", data={"role": role}, headers=headers)
        assert answer.ok, f"{answer.status} {answer.text()}"

    return sign_in_as
