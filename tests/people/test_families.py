"""How a family begins, who is asked from afar, and who may do what around children."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.access.actor import load_actor
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.consents import Kind, missing_for, record_paper
from hub.people.family_links import accept_by_link, answer_by_link, find_link, invite_guardian, refuse_by_link
from hub.people.family_search import at_desk, find_families
from hub.people.family_starts import Named, NewChild, start_at_desk, start_own
from hub.people.models import Child, Consent, Family, FamilyLink, FamilyMember, Person, Role, RoleGrant, User
from hub.people.unanswered import end_unanswered
from tests.bookings.factories import book_for, make_reading
from tests.people.family_factories import BORN, child_of, father_far_away, started_by_grandmother, token_of
from tests.support.clients import BACKEND, client_for
from tests.support.make import make_agency, make_child, make_hub, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
ALL = {Kind.DATA: True, Kind.PHOTO: True, Kind.FIRST_AID: True, Kind.HOME_ALONE: False}


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/api{path}", body, content_type="application/json")


def mine(person: Person) -> list[dict[str, Any]]:
    answer = client_for(person).get("/api/families/mine")
    assert answer.status_code == 200
    return list(answer.json())


def test_a_grandmother_starts_it_and_the_father_agrees_by_link() -> None:
    grandmother = make_person(name="周桂芳")
    family = started_by_grandmother(grandmother=grandmother, children=("李小满", "李小雨"))
    father = family.guardian
    [seen] = mine(grandmother)
    assert (seen["part"], seen["confirmed"], seen["guardians"]) == ("caregiver", False, ["李建军"])
    assert [one["name"] for one in seen["asked"]] == ["李建军"]
    message = Message.objects.get(to_id=father.pk)
    assert (message.template, message.variables) == ("family_asked", {"name": "周*", "children": "小满 小雨"})

    visitor = Client()
    page = visitor.get(f"/api/family-links/{token_of(father)}").json()
    assert (page["state"], page["by"], page["by_relation"], page["asked"]) == ("open", "周桂芳", "外婆", "李建军")
    assert [(one["name"], {c["granted"] for c in one["consents"]}) for one in page["children"]] == [
        ("小满", {None}),
        ("小雨", {None}),
    ]
    said = {one["id"]: {"data": True, "photo": False} for one in page["children"]}
    answer = post(visitor, f"/family-links/{token_of(father)}", {"name": "李建军", "children": said})
    assert (answer.status_code, answer.json()["state"]) == (200, "answered")
    persons = list(Child.objects.filter(family=family).values_list("person", flat=True))
    assert (missing_for(persons), missing_for(persons, Kind.PHOTO)) == (set(), set(persons))
    assert [(one["confirmed"], one["asked"]) for one in mine(grandmother)] == [(True, [])]
    assert RoleGrant.objects.filter(person=father, role=Role.GUARDIAN).count() == 1


def test_a_name_that_was_misspelled_is_put_right_by_who_signs() -> None:
    family = started_by_grandmother()
    link = find_link(token_of(family.guardian))
    answer_by_link(link=link, name="李建均", said={child_of(family).pk: ALL})
    family.refresh_from_db()
    assert (family.guardian.name, Person.objects.filter(name="李建军").count()) == ("李建均", 0)


def test_a_number_that_is_somebody_elses_here_too_keeps_both_names() -> None:
    wife = make_person(Role.VOLUNTEER, name="李娟")
    family = started_by_grandmother(father=Named("李娟", wife.phone, "母亲"))
    answer_by_link(link=find_link(token_of(wife)), name="张伟", said={child_of(family).pk: ALL})
    family.refresh_from_db()
    wife.refresh_from_db()
    assert (family.guardian.name, wife.name) == ("张伟", "李娟")
    assert RoleGrant.objects.filter(person=wife, role=Role.GUARDIAN).count() == 0


def test_after_a_no_nothing_is_kept() -> None:
    grandmother = make_person(name="周桂芳")
    family = started_by_grandmother(grandmother=grandmother)
    token, child = token_of(family.guardian), child_of(family).person_id
    answer = post(Client(), f"/family-links/{token}/refuse", {})
    assert (answer.status_code, answer.json()["state"], answer.json()["children"]) == (200, "refused", [])
    rows = (Family.objects.count(), Child.objects.count(), Person.objects.filter(pk=child).count())
    assert (rows, FamilyLink.objects.count(), Consent.objects.count()) == ((0, 0, 0), 0, 0)
    assert RoleGrant.objects.filter(role=Role.GUARDIAN).count() == 0
    assert Client().get(f"/api/family-links/{token}").status_code == 404


def test_what_was_agreed_to_is_not_thrown_away_by_the_link() -> None:
    family = started_by_grandmother()
    link = find_link(token_of(family.guardian))
    answer_by_link(link=link, name="李建军", said={child_of(family).pk: ALL})
    with pytest.raises(Refused, match="not_found"):
        refuse_by_link(link=find_link(token_of(family.guardian)))


def test_a_link_is_good_for_a_month() -> None:
    family = started_by_grandmother()
    token = token_of(family.guardian)
    FamilyLink.objects.update(expires_at=clock.now())
    answer = Client().get(f"/api/family-links/{token}")
    assert (answer.status_code, answer.json()["code"]) == (409, "link_expired")


def test_another_familys_children_cannot_be_answered_for() -> None:
    family, other = started_by_grandmother(), make_child(consented=False)
    answer = post(
        Client(),
        f"/family-links/{token_of(family.guardian)}",
        {"name": "李建军", "children": {other.pk: {"data": True}}},
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert missing_for([other.person_id]) == {other.person_id}


def test_who_starts_for_a_guardian_with_a_family_is_sent_to_them() -> None:
    child = make_child()
    known = child.family.guardian
    with pytest.raises(Refused, match="ask_the_guardian"):
        started_by_grandmother(father=Named(known.name, known.phone))
    worker, hub = make_person(Role.ADMINISTRATOR), make_hub()
    with pytest.raises(Refused, match="family_exists"):
        start_at_desk(
            guardian=Named(known.name, known.phone), children=[NewChild("新", BORN)], caregiver=None, hub=hub, by=worker
        )


def test_starting_is_not_for_trying_out_numbers() -> None:
    grandmother = make_person()
    for _ in range(3):
        started_by_grandmother(grandmother=grandmother, father=father_far_away(f"某人{_}"), children=(f"娃{_}",))
    with pytest.raises(Refused, match="started_too_often"):
        started_by_grandmother(grandmother=grandmother, children=("娃娃",))


@pytest.mark.parametrize(("children", "code"), [
    ([], "children_missing"),
    ([NewChild("小", dt.date(2001, 1, 1))], "born_wrong"),
    ([NewChild("小", dt.date(2999, 1, 1))], "born_wrong"),
    ([NewChild(" ", BORN)], "name_missing"),
    ([NewChild("小", BORN), NewChild("小", BORN)], "child_known"),
    ([NewChild(f"小{n}", BORN) for n in range(11)], "too_many_children"),
])  # fmt: skip
def test_children_that_cannot_be_entered(children: list[NewChild], code: str) -> None:
    with pytest.raises(Refused, match=code):
        start_own(guardian=make_person(), relation="", children=children)


def new_number(phone: str) -> Client:
    """A browser that signed in with a number nobody here has."""
    client = Client()
    client.force_login(User.objects.for_phone(phone), backend=BACKEND)
    return client


def test_a_new_number_starts_a_family_of_its_own() -> None:
    client = new_number("13600001111")
    body = {
        "name": "王芳",
        "part": "guardian",
        "relation": "母亲",
        "children": [{"name": "王乐", "born": "2018-03-04"}],
    }
    answer = post(client, "/families/start", body)
    assert answer.status_code == 200
    me = client.get("/api/me").json()
    assert (me["person"]["name"], [one["role"] for one in me["roles"]]) == ("王芳", ["guardian"])
    [family] = client.get("/api/families/mine").json()
    assert (family["part"], family["confirmed"]) == ("guardian", False)
    child = family["children"][0]
    answer = post(client, f"/families/children/{child['id']}/consents", {"answers": {"data": True}})
    assert answer.json()["confirmed"] is True


def test_who_is_not_signed_in_starts_nothing() -> None:
    body = {"name": "王芳", "part": "guardian", "children": [{"name": "王乐", "born": "2018-03-04"}]}
    assert post(Client(), "/families/start", body).json()["code"] == "sign_in_first"
    couple = [make_person(phone="13600001111") for _ in range(2)]
    assert post(new_number(couple[0].phone), "/families/start", body).json()["code"] == "sign_in_first"


def test_only_who_says_they_are_new_gets_a_code_for_a_new_number() -> None:
    def ask(client: Client, phone: str) -> int:
        path = "/_allauth/browser/v1/auth/code/request"
        client.post(path, {"phone": phone}, content_type="application/json")
        return Message.objects.filter(template="sign_in_code").count()

    client = Client()
    assert ask(client, "13600002222") == 0
    assert post(client, "/families/begin", {}).status_code == 204
    assert ask(client, "13600002222") == 1
    assert ask(client, "13600003333") == 1, "one new number, not a way to write to any"


def test_the_second_guardian_joins_by_link_and_there_are_no_three() -> None:
    child = make_child()
    family, first = child.family, child.family.guardian
    invite_guardian(family=family, name="李娟", phone="13700009999", relation="母亲", by=first)
    mother = Person.objects.get(name="李娟")
    page = Client().get(f"/api/family-links/{token_of(mother)}").json()
    assert (page["purpose"], page["state"]) == ("guardian", "open")
    assert [one["name"] for one in page["children"]] == ["孩*"]
    for _ in range(2):
        assert post(Client(), f"/family-links/{token_of(mother)}", {}).json()["state"] == "answered"
    assert [(one["part"], len(one["guardians"])) for one in mine(mother)] == [("guardian", 2)]
    with pytest.raises(Refused, match="two_guardians"):
        invite_guardian(family=family, name="第三个", phone="13700008888", relation="", by=mother)


def test_of_two_invited_one_joins() -> None:
    """Two links are out; the family has room for one."""
    child = make_child()
    links = [
        invite_guardian(
            family=child.family, name=f"人选{n}", phone=f"1370000777{n}", relation="", by=child.family.guardian
        )
        for n in range(2)
    ]
    accept_by_link(link=links[0])
    with pytest.raises(Refused, match="two_guardians"):
        accept_by_link(link=FamilyLink.objects.select_related("family", "asked").get(pk=links[1].pk))


def test_a_worker_starts_it_at_the_site_and_records_the_paper() -> None:
    hub, agency = make_hub(), make_agency()
    hub.residencies.create(agency=agency, starts_on=clock.today(), ends_on=clock.today())
    worker = make_person(Role.SOCIAL_WORKER, agency=agency)
    client = client_for(worker)
    assert [one["id"] for one in client.get("/api/families/hubs").json()] == [hub.pk]
    body = {
        "hub": hub.pk,
        "guardian": {"name": "赵强", "phone": "13700001234", "relation": "父亲"},
        "children": [{"name": "赵小宝", "born": "2018-03-04"}],
        "caregiver": {"name": "钱奶奶", "phone": "", "relation": "奶奶"},
    }
    answer = post(client, "/families", body)
    assert answer.status_code == 200
    family = answer.json()
    assert (family["confirmed"], family["caregivers"], family["phone"]) == (False, ["钱奶奶"], "137****1234")
    paper = {
        "answers": {"data": True, "photo": False},
        "signed_by": family["guardians"][0]["id"],
        "signed_on": clock.today().isoformat(),
    }
    answer = post(client, f"/families/children/{family['children'][0]['id']}/paper-consent", paper)
    assert (answer.status_code, answer.json()["confirmed"]) == (200, True)
    found = post(client, "/families/find", {"q": "赵小"}).json()
    assert [one["id"] for one in found] == [family["id"]]
    card = post(client, f"/families/{family['id']}/desk/card", {}).json()
    assert (card["children"], card["text"][:2]) == (["赵小宝"], "RF")


def test_a_family_is_found_by_who_knows_it_or_was_told_the_number() -> None:
    child = make_child()
    guardian, session = child.family.guardian, make_reading()
    knows = load_actor(make_person(Role.COORDINATOR, hub=session.hub))
    stranger = load_actor(make_person(Role.COORDINATOR))
    name = child.person.name
    assert [find_families(actor=actor, text=name) for actor in (knows, stranger)] == [[], []]
    book_for(session, child)
    assert [find_families(actor=actor, text=name) for actor in (knows, stranger)] == [[child.family], []]
    assert [find_families(actor=stranger, text=text) for text in (guardian.phone, guardian.phone[:-1], "孩")] == [
        [child.family],
        [],
        [],
    ]
    assert at_desk(actor=stranger, family=child.family_id, guardian_phone=guardian.phone) == child.family
    for told in ("", "13999999999"):
        with pytest.raises(Refused, match="not_found"):
            at_desk(actor=stranger, family=child.family_id, guardian_phone=told)


def test_a_list_of_families_takes_as_many_queries_for_one_as_for_twenty() -> None:
    admin = client_for(make_person(Role.ADMINISTRATOR))
    post(admin, "/families/find", {"q": "孩子"})

    def count() -> int:
        return count_queries(lambda: post(admin, "/families/find", {"q": "孩子"}))

    make_child()
    one = count()
    for _ in range(30):
        make_child()
    assert count() == one


def test_a_second_guardian_keeps_the_family_when_the_first_is_erased() -> None:
    child = make_child()
    first, mother = child.family.guardian, make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=mother, part="guardian")
    grandmother = make_person(name="周奶奶", phone="")
    FamilyMember.objects.create(family=child.family, person=grandmother, part="caregiver")
    assert post(client_for(first), "/my-data/erase", {}).status_code == 204
    child.refresh_from_db()
    family = Family.objects.get(pk=child.family_id)
    assert (child.person.name.startswith("#"), family.guardian_id) == (False, mother.pk)
    assert [(one["part"], len(one["members"])) for one in mine(mother)] == [("guardian", 1)]


def test_paper_makes_a_started_family_bookable() -> None:
    family = started_by_grandmother()
    child = child_of(family)
    paper: dict[str, Any] = {"signed_by": family.guardian, "signed_on": clock.today(), "by": make_person()}
    record_paper(child=child, answers={Kind.PHOTO: True}, **paper)
    family.refresh_from_db()
    assert family.confirmed_at is None, "a picture is not the family"
    record_paper(child=child, answers={Kind.DATA: True}, **paper)
    family.refresh_from_db()
    assert family.confirmed_at is not None


def test_a_month_of_silence_ends_it_and_only_then() -> None:
    silent, reminded, agreed = (
        started_by_grandmother(father=father_far_away(f"父亲{n}"), children=(f"娃{n}",)) for n in range(3)
    )
    record_paper(
        child=child_of(agreed), answers={Kind.DATA: True}, signed_by=agreed.guardian,
        signed_on=clock.today(), by=make_person(),
    )  # fmt: skip
    assert end_unanswered() == 0
    month_ago = clock.now() - dt.timedelta(days=31)
    Family.objects.update(created_at=month_ago)
    FamilyLink.objects.exclude(family=reminded).update(expires_at=clock.now())
    assert end_unanswered() == 1
    assert set(Family.objects.values_list("pk", flat=True)) == {reminded.pk, agreed.pk}
    assert Person.objects.filter(name="娃0").count() == 0
    assert silent.guardian.name == "父亲0"
