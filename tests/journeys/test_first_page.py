"""The first page anyone sees."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.browser import assert_axe_clean, screenshot


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize(("language", "product"), [("zh-CN", "人齐了"), ("en", "Renqi")])
def test_the_sign_in_page_greets(open_page: Callable[..., Page], size: str, language: str, product: str) -> None:
    page = open_page(size, language=language)
    page.goto("/")
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    assert product in page.title()
    assert product in page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_axe_clean(page)
    screenshot(page, f"first-page-{language}")


ROLES = ["volunteer", "guardian", "social_worker", "coordinator", "administrator", "regulator"]


@pytest.mark.parametrize("role", ROLES)
def test_one_click_opens_a_home(phone: Callable[..., Page], sign_in: Callable[[Page, str], None], role: str) -> None:
    page = phone()
    sign_in(page, role)
    page.goto("/")
    page.get_by_role("heading", level=1).first.wait_for()
    assert role in [grant["role"] for grant in page.request.get("/api/me").json()["roles"]]
    page.wait_for_load_state("networkidle")
    assert_axe_clean(page)
    screenshot(page, f"home-{role}")
