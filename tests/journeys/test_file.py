"""A social worker's paper file, on a phone: written, photographed, counted, finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from programs.demo.pictures import draw_photo
from tests.support.browser import assert_axe_clean, screenshot
from tests.support.texts import say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def test_a_session_is_put_on_file(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "coordinator")
    page.goto("/files")
    page.get_by_role("heading", level=1, name=say("file.title")).wait_for()
    lacking = [one for one in page.request.get("/api/files").json()["files"] if "record" in one["lacks"]]
    session = lacking[0]["session"]["id"]
    page.goto(f"/files/session?session={session}")
    page.get_by_label(say("file.process")).fill("一起读了书，每人说了一句最喜欢的话。")
    expect(page.get_by_role("status").filter(has_text=say("file.draft_saved"))).to_be_visible()

    photo: Any = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": draw_photo(1)}
    page.locator("input[type=file]").set_input_files([photo])
    for box in page.get_by_role("listitem").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name=say("file.send", count=1)).click()
    shown = page.get_by_alt_text(say("file.photo_alt", number=1))
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480

    page.get_by_label(say("file.face_good"), exact=True).fill("8")
    page.get_by_role("button", name=say("file.save_faces")).click()
    expect(page.get_by_text(say("file.faces_sum", all=8, percent=100))).to_be_visible()
    page.get_by_role("button", name=say("file.finish")).click()
    expect(page.get_by_role("button", name=say("file.reopen"))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "session-file")
    rest = {one["session"]["id"]: one["lacks"] for one in page.request.get("/api/files").json()["files"]}
    assert rest.get(session, []) in ([], ["sheet"])


def test_children_tap_a_face(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "coordinator")
    page.goto("/files")
    session = page.request.get("/api/files").json()["files"][-1]["session"]["id"]
    page.goto(f"/files/taps?session={session}")
    page.get_by_role("button", name=say("file.face_fair"), exact=True).click()
    expect(page.get_by_text(say("file.thanks"))).to_be_visible()
    expect(page.get_by_text(say("file.taps_count", count=1))).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "faces")
