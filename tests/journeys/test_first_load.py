"""What a phone has to fetch before it shows something, counted as it travels; code before a route's own part apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
EVERYTHING = 250_000
CODE = 175_000
PAGE = 190_000
"""With the route's own part and its texts."""


def transferred(page: Page, address: str) -> dict[str, int]:
    """Bytes of every answer, headers left out, on a cold cache."""
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.get_by_role("main").get_by_role("listitem").first.wait_for()
    page.wait_for_load_state("networkidle")
    return {request.url: request.sizes()["responseBodySize"] for request in finished}


@pytest.mark.parametrize("address", ["/home", "/shifts/find", "/shifts", "/me"])
def test_a_volunteers_page_is_light(phone: Open, sign_in: SignIn, address: str) -> None:
    page = phone()
    sign_in(page, "volunteer")
    sizes = transferred(page, address)
    first = page.locator("head link[rel=stylesheet], head script[src], head link[rel=modulepreload]")
    shell = set(first.evaluate_all("tags => tags.filter((tag) => !tag.as).map((tag) => tag.href || tag.src)"))
    code = {url: size for url, size in sizes.items() if url in shell}
    assert len(code) > 1
    assert sum(sizes.values()) <= EVERYTHING, sizes
    assert sum(code.values()) < CODE, code
    assert sum(size for url, size in sizes.items() if "/static/" in url) < PAGE, sizes
