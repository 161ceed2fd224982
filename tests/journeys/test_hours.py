"""Hours: confirmed on a phone, attested by a certificate, and verified by somebody who is not signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.browser import assert_axe_clean, screenshot
from tests.support.server import Server
from tests.support.texts import like, say

Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def test_from_a_record_to_a_certificate_that_a_stranger_verifies(
    phone: Open, desktop: Open, sign_in: SignIn, demo: Server, tmp_path: Path
) -> None:
    page = phone()
    sign_in(page, "volunteer")
    page.goto("/me")
    page.get_by_role("link", name=say("me.service")).click()
    page.get_by_role("heading", level=1, name=say("hours.title")).wait_for()
    assert_axe_clean(page)
    screenshot(page, "hours-mine")

    right = page.get_by_role("button", name=say("hours.right")).first
    right.click()
    page.get_by_text(say("hours.confirmed_done")).wait_for()

    page.get_by_role("button", name=say("hours.certificate_issue")).click()
    file = page.get_by_role("link", name=say("hours.certificate_open"), exact=True)
    address = file.get_attribute("href")
    assert address
    pdf = page.request.get(address)
    assert (pdf.status, pdf.headers["content-type"], pdf.body()[:5]) == (200, "application/pdf", b"%PDF-")
    verifies = page.get_by_role("link", name=say("hours.certificate_verify")).get_attribute("href")
    assert verifies

    stranger = phone()
    stranger.goto(verifies)
    stranger.get_by_role("heading", level=1, name=say("verify.valid_title")).wait_for()
    name = page.request.get("/api/me").json()["person"]["name"]
    assert name not in stranger.content()
    stranger.get_by_label(say("verify.name")).fill(name)
    stranger.get_by_role("button", name=say("verify.compare")).click()
    stranger.get_by_text(say("verify.name_fits")).wait_for()
    assert_axe_clean(stranger)
    screenshot(stranger, "verify-valid")

    payload = verifies.rpartition("/")[2]
    altered = verifies[:-40] + ("A" if verifies[-40] != "A" else "B") + verifies[-39:]
    stranger.goto(altered)
    stranger.get_by_role("heading", level=1, name=say("verify.not_ours_title")).wait_for()
    screenshot(stranger, "verify-not-ours")

    keys = tmp_path / "keys.pem"
    keys.write_bytes(stranger.request.get("/verify/keys.pem").body())
    assert "QZ" in demo.run("verify_certificate", payload, "--public-key", str(keys), "--name", name)

    office = desktop()
    sign_in(office, "coordinator")
    office.goto("/records/certificates")
    revokes = office.get_by_role("button", name=say("hours.revoke_which", name=name)).first
    revokes.wait_for()
    screenshot(office, "certificates-issued")
    revokes.click()
    office.get_by_label(say("hours.revoke_words")).fill("时长有误")
    office.get_by_role("dialog").get_by_role("button", name=say("hours.revoke"), exact=True).click()
    office.get_by_text(say("hours.revoked_done"), exact=True).wait_for()

    stranger.goto(verifies)
    stranger.get_by_role("heading", level=1, name=say("verify.revoked_title")).wait_for()
    screenshot(stranger, "verify-revoked")


def test_the_desk_confirms_a_session_and_asks_a_second_person(phone: Open, sign_in: SignIn) -> None:
    page = phone()
    sign_in(page, "coordinator")
    page.goto("/records")
    page.get_by_role("heading", level=1, name=say("hours.desk_title")).wait_for()
    confirms = page.get_by_role("button", name=like("hours.confirm_which")).first
    confirms.wait_for()
    assert_axe_clean(page)
    screenshot(page, "hours-desk")
    confirms.click()
    page.get_by_text(like("hours.session_done")).wait_for()

    page.goto("/records?tab=owed")
    page.get_by_role("button", name=like("hours.enter_which")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=say("hours.reason"), exact=True).fill("手机没电")
    screenshot(page, "hours-back-entry")
    dialog.get_by_role("button", name=say("hours.send_to_second")).click()
    page.get_by_text(say("hours.sent_to_second")).wait_for()

    page.goto("/records?tab=second")
    expect(page.get_by_text(say("hours.by_me")).first).to_be_visible()
    assert_axe_clean(page)
    screenshot(page, "hours-second")
