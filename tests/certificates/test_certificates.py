"""Issuing, revoking and verifying certificates."""

from __future__ import annotations

import base64
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.test import Client

from hub import clock
from hub.access.actor import load_actor
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.erasing import erase_person
from hub.people.models import Person, Role
from hub.places.models import Hub
from tests.hours.factories import make_record, make_work
from tests.support.make import make_agency, make_hub, make_person, make_program, make_volunteer
from volunteers.certificates.certificates import issue, judge, revoke
from volunteers.certificates.keys import published
from volunteers.certificates.models import Certificate
from volunteers.certificates.payload import read_keys, verify
from volunteers.hours.confirming import confirm_for_hub, confirm_mine
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
JSON = "application/json"


def serve(me: Volunteer, **values: Any) -> None:
    record = make_record(volunteer=me, work=make_work(**values))
    confirm_for_hub(records=[record.pk], by=make_person())
    confirm_mine(record=record.pk, by=me.person)


def make_served(*days: dt.date, name: str = "陈淑珍", **values: Any) -> Volunteer:
    """A volunteer with two confirmed hours on each of these days, or on 14 December 2026."""
    me = make_volunteer(person=make_person(Role.VOLUNTEER, name=name), prior_minutes=9999)
    for day in days or (dt.date(2026, 12, 14),):
        serve(me, day=day, **values)
    return me


def test_it_attests_what_is_confirmed_and_nothing_else() -> None:
    hub = make_hub()
    me = make_served(dt.date(2026, 3, 2), dt.date(2026, 12, 14), hub=hub)
    make_record(volunteer=me, work=make_work(hub=hub))
    made = issue(volunteer=me, by=me.person)
    claims = verify(made.payload, read_keys(published()))
    assert (claims.minutes, claims.first_day, claims.last_day) == (240, dt.date(2026, 3, 2), dt.date(2026, 12, 14))
    assert (claims.number, claims.volunteer_no, claims.masked_name) == (made.number, me.volunteer_no, "陈*")
    assert (claims.issuer, claims.issued_on) == (hub.name, clock.today())
    entry = Entry.objects.get(action="certificate.issued")
    assert (entry.actor_id, entry.facts) == (me.person_id, {"minutes": 240})


def test_a_period_counts_what_lies_in_it() -> None:
    me = make_served(dt.date(2026, 3, 2), dt.date(2026, 3, 31), dt.date(2026, 12, 14))
    made = issue(volunteer=me, first_day=dt.date(2026, 3, 2), last_day=dt.date(2026, 3, 31), by=me.person)
    assert (made.minutes, made.times) == (240, 2)
    with pytest.raises(Refused, match="no_hours"):
        issue(volunteer=me, first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 4, 2), by=me.person)
    with pytest.raises(Refused, match="period_reversed"):
        issue(volunteer=me, first_day=dt.date(2026, 4, 2), last_day=dt.date(2026, 4, 1), by=me.person)


def test_asked_again_it_is_the_one_there_is_until_something_changes() -> None:
    me = make_served()
    first = issue(volunteer=me, by=me.person)
    assert issue(volunteer=me, by=me.person) == first
    revoke(certificate=first.pk, reason="写错了", by=make_person())
    assert issue(volunteer=me, by=me.person) != first
    assert Certificate.objects.count() == 2


def test_the_unit_is_the_site_that_recorded_most_with_its_canteens_and_points() -> None:
    elsewhere, hub = make_hub(name="沙溪联合体"), make_hub(name="双龙社区联合体")
    point = make_hub(name="杨家湾助餐点", kind=Hub.Kind.MEAL_POINT, parent=hub)
    me = make_served(hub=elsewhere, minutes=180)
    first = issue(volunteer=me, by=me.person)
    serve(me, hub=hub, minutes=100)
    serve(me, hub=point, minutes=100)
    second = issue(volunteer=me, by=me.person)
    assert [judge(one.payload).claims.issuer for one in (first, second)] == ["沙溪联合体", "双龙社区联合体"]  # type: ignore[union-attr]


def test_a_revoked_one_says_so() -> None:
    me, staff = make_served(), make_person()
    made = issue(volunteer=me, by=me.person)
    assert judge(made.payload).state == "valid"
    with pytest.raises(Refused, match="why_missing"):
        revoke(certificate=made.pk, reason=" ", by=staff)
    revoke(certificate=made.pk, reason="时长有误", by=staff)
    revoke(certificate=made.pk, reason="再来一次", by=staff)
    made.refresh_from_db()
    assert (judge(made.payload).state, judge(made.payload).revoked_on) == ("revoked", clock.today())
    assert (made.revoke_reason, made.revoked_by) == ("时长有误", staff)
    assert Entry.objects.filter(action="certificate.revoked").count() == 1


def test_what_our_key_signed_but_our_book_does_not_know_is_not_ours() -> None:
    me = make_served()
    made = issue(volunteer=me, by=me.person)
    made.delete()
    assert judge(made.payload).state == "not_ours"


def test_a_key_out_of_use_verifies_and_signs_no_more(settings: Any) -> None:
    me = make_served()
    old = issue(volunteer=me, by=me.person)
    settings.CERTIFICATE_KEYS = [base64.b64encode(b"n" * 32).decode(), *settings.CERTIFICATE_KEYS]
    assert judge(old.payload).state == "valid"
    revoke(certificate=old.pk, reason="换新钥匙", by=me.person)
    new = issue(volunteer=me, by=me.person)
    assert new.payload[:5] != old.payload[:5]
    assert len(read_keys(published())) == 2
    settings.CERTIFICATE_KEYS = settings.CERTIFICATE_KEYS[:1]
    assert (judge(new.payload).state, judge(old.payload).state) == ("valid", "not_ours")


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_pdf_says_it_all_with_its_own_fonts(sign_in: SignIn) -> None:
    program = make_program(name="社区儿童共读", agency=make_agency(name="知行社工服务中心"))
    me = make_served(name="冉㛃", program=program, hub=make_hub(name="双龙社区联合体"))
    client = sign_in(me.person)
    made = client.post("/api/certificates", {}, JSON).json()
    answer = client.get(f"/api/certificates/{made['id']}/file")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = text_of(answer.content)
    wanted = ["志愿服务记录证明", "冉㛃", me.volunteer_no, "2026年12月14日", "社区儿童共读", "知行社工服务中心", "2.0"]
    assert [word for word in [*wanted, "盖章处", "双龙社区联合体", made["number"]] if word not in text] == []
    english = text_of(client.get(f"/api/certificates/{made['id']}/file?language=en").content)
    assert [
        word for word in ("CertificateofVoluntaryService", "14December2026", "Sealhere") if word not in english
    ] == []
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for font in pypdf.PdfReader(io.BytesIO(answer.content)).pages[0]["/Resources"]["/Font"].values()
    ]
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font) for font in fonts)
    assert fonts


def test_the_hours_of_the_programs_sum_to_those_of_all(sign_in: SignIn) -> None:
    me = make_volunteer(person=make_person(Role.VOLUNTEER))
    agency = make_agency(name="社工")
    for name, minutes in (("甲", 117), ("乙", 119), ("丙", 118), ("丁", 60)):
        serve(me, program=make_program(name=f"{name}项目", agency=agency), minutes=minutes)
    client = sign_in(me.person)
    made = client.post("/api/certificates", {}, JSON).json()
    text = text_of(client.get(f"/api/certificates/{made['id']}/file").content)
    # 1.98, 1.96, 1.95 and 1.0 hours.
    assert "小时乙项目社工12.0丙项目社工12.0甲项目社工11.9丁项目社工11.0" in text.replace("次数", "")
    assert "6.9小时（4次）" in text


def test_anybody_verifies_and_sees_no_name(sign_in: SignIn) -> None:
    me = make_served()
    made = sign_in(me.person).post("/api/certificates", {}, JSON).json()
    payload = made["address"].rpartition("/")[2]

    def ask(**body: str) -> dict[str, Any]:
        answer: dict[str, Any] = Client().post("/api/certificates/verify", body, JSON).json()
        return answer

    found = ask(payload=payload)
    assert (found["state"], found["number"], found["masked_name"], found["minutes"]) == (
        "valid",
        made["number"],
        "陈*",
        120,
    )
    assert "淑珍" not in str(found)
    assert [ask(payload=payload, name=name)["name_fits"] for name in ("陈淑珍", "陈光明")] == [True, False]
    altered = payload[:100] + ("A" if payload[100] != "A" else "B") + payload[101:]
    assert ask(payload=altered) == ask(payload="x") | {"state": "not_ours"}
    coordinator = sign_in(make_person(Role.COORDINATOR))
    coordinator.post(f"/api/certificates/{made['id']}/revoke", {"reason": "时长有误"}, JSON)
    found = ask(payload=payload)
    assert (found["state"], found["revoked_on"], "时长有误" in str(found)) == ("revoked", str(clock.today()), False)
    assert [one["revoke_reason"] for one in coordinator.get("/api/certificates").json()] == ["时长有误"]


def test_of_who_had_themselves_erased_the_old_paper_proves_itself_and_none_is_made(sign_in: SignIn) -> None:
    me, staff = make_served(), sign_in(make_person(Role.COORDINATOR))
    made = issue(volunteer=me, by=me.person)

    def ask(name: str = "") -> dict[str, Any]:
        answer = Client().post("/api/certificates/verify", {"payload": made.payload, "name": name}, JSON)
        found: dict[str, Any] = answer.json()
        return found

    before, file = (ask(), ask("陈淑珍")), f"/api/certificates/{made.pk}/file"
    assert staff.get(file).status_code == 200
    erase_person(by=load_actor(me.person), with_children=False)
    answer = staff.get(file)
    assert (answer.status_code, answer.json()) == (409, {"code": "certificate_erased", "facts": {}})
    assert (ask(), ask("陈淑珍")) == before
    signed = vars(verify(made.payload, read_keys(published())))
    said = {name: str(one) if isinstance(one, dt.date) else one for name, one in signed.items() if name != "name_hash"}
    assert ask() == {"state": "valid", "name_fits": None, "revoked_on": None, **said}


def test_a_coordinator_issues_for_who_has_no_phone(sign_in: SignIn) -> None:
    me, staff = make_served(), make_person(Role.COORDINATOR)
    answer = sign_in(staff).post(f"/api/volunteers/{me.pk}/certificates", {}, JSON)
    assert (answer.status_code, answer.json()["minutes"]) == (201, 120)
    assert [one["id"] for one in sign_in(me.person).get("/api/certificates/mine").json()] == [answer.json()["id"]]
    entry = Entry.objects.get(action="certificate.issued")
    assert (entry.actor_id, entry.for_id) == (staff.pk, me.person_id)


def test_the_keys_are_there_for_anybody() -> None:
    answer = Client().get("/verify/keys.pem")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/x-pem-file")
    assert len(read_keys(answer.content)) == 1
