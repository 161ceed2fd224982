"""The family's books, a title's lines, borrowing in self-service; the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.people.family_cards import card_of, card_text
from hub.people.models import Role
from programs.lending.circulation.loans import take_back
from programs.lending.circulation.models import Loan, Step
from scheduling.bookings.models import Booking
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.circulation.factories import hold_for, lend_to, make_copies, make_keeper
from tests.lending.factories import make_copy
from tests.support.clients import client_for
from tests.support.make import make_child, make_hub, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
At = Callable[[dt.datetime], None]
TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today(at_time: At) -> None:
    at_time(clock.at(TODAY, 600))


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"/api/lending/{path}", body, content_type="application/json")


def test_a_familys_books() -> None:
    guardian, (child,) = make_guardian()
    mine, other = make_copy(), make_copy()
    lend_to(mine, child)
    lend_to(other)
    hold_for(other)
    hold_for(other, child)
    body = client_for(guardian).get("/api/lending/mine").json()
    (reader, grown_up) = body["readers"]
    assert (reader["name"], grown_up["name"], grown_up["snail"]) == (child.person.name, guardian.name, None)
    (loan,), (hold,) = reader["loans"], reader["holds"]
    assert (loan["book"]["name"], loan["due_on"], loan["late"], loan["not_renewable"]) == (
        mine.title.name,
        "2026-12-02",
        False,
        None,
    )
    assert (hold["state"], hold["ahead"], hold["hub"]["name"]) == ("waiting", 1, other.hub.name)
    assert reader["snail"] == {"points": 1, "towns": 0, "place": "gunan", "to_next": 1, "rounds": 0}


def test_as_many_queries_for_thirty_books() -> None:
    guardian, (child, *_) = make_guardian(2)
    client = client_for(guardian)
    Loan.objects.all().delete()

    def lend_one() -> None:
        copy = make_copy()
        loan = lend_to(copy)
        Loan.objects.filter(pk=loan.pk).update(reader=child.person, family=child.family)
        held = hold_for(make_copy())
        type(held).objects.filter(pk=held.pk).update(reader=child.person, family=child.family)

    lend_one()
    client.get("/api/lending/mine")
    few = count_queries(lambda: client.get("/api/lending/mine"))
    for _ in range(29):
        lend_one()
    assert len(client.get("/api/lending/mine").json()["readers"][0]["loans"]) == 30
    assert count_queries(lambda: client.get("/api/lending/mine")) == few


def test_asking_for_a_title() -> None:
    guardian, (child,) = make_guardian()
    (copy, *_rest) = make_copies(2)
    lend_to(copy)
    client = client_for(guardian)
    found = client.get(f"/api/lending/titles/{copy.title_id}").json()
    assert [(one["hub"]["id"], one["copies"], one["on_shelf"], one["waiting"]) for one in found["hubs"]] == [
        (copy.hub_id, 2, 1, 0)
    ]
    assert [one["id"] for one in found["readers"]] == [child.person_id, guardian.pk]
    answer = post(client, f"titles/{copy.title_id}/holds", hub=copy.hub_id, reader=child.person_id)
    assert (answer.status_code, answer.json()["state"], answer.json()["fetch_by"]) == (200, "ready", "2026-11-09")
    again = post(client, f"titles/{copy.title_id}/holds", hub=copy.hub_id, reader=child.person_id)
    assert (again.status_code, again.json()["code"]) == (409, "already_held")
    given_up = post(client, f"holds/{answer.json()['id']}/cancel")
    assert given_up.json()["state"] == "cancelled"


def test_whoever_holds_the_book_borrows_it_on_the_phone() -> None:
    guardian, (child,) = make_guardian()
    copy = make_copy(sticker="QJ7K2M")
    client = client_for(guardian)
    here = client.get("/api/lending/stickers/qj7k2m").json()
    assert (here["book"]["name"], here["refused"], here["mine"]) == (copy.title.name, None, False)
    loan = post(client, "stickers/QJ7K2M/borrow", reader=child.person_id).json()
    assert loan["due_on"] == "2026-12-02"
    here = client.get("/api/lending/stickers/QJ7K2M").json()
    assert (here["refused"]["code"], here["mine"]) == ("copy_lent", True)


def at_the_desk() -> tuple[Client, Any, Any]:
    """A keeper's client, a child known from a session there, a copy with a sticker."""
    copy = make_copy(sticker="AB12CD")
    child = make_child()
    book_for(make_reading(hub=copy.hub), child)
    return client_for(make_keeper(copy.hub)), child, copy


def test_lend_and_take_back_in_a_row() -> None:
    client, child, copy = at_the_desk()
    desk = f"hubs/{copy.hub_id}"
    (reader,) = client.get(f"/api/lending/{desk}/readers", {"said": child.person.name}).json()
    assert (reader["id"], reader["out"]) == (child.person_id, 0)
    assert Entry.objects.get(action="readers.found").facts == {"count": 1}
    (found,) = client.get(f"/api/lending/{desk}/copies", {"code": "https://renqi.example/b/ab12cd"}).json()
    assert (found["id"], found["state"], found["loan"]) == (copy.pk, "on_shelf", None)
    lent = post(client, f"{desk}/lend", copy_id=copy.pk, reader=child.person_id, said=child.person.name)
    assert (lent.status_code, lent.json()["reader"]) == (200, child.person.name)
    (found,) = client.get(f"/api/lending/{desk}/copies", {"code": copy.title.isbn}).json()
    assert (found["state"], found["loan"]["id"]) == ("lent", lent.json()["id"])
    waiting = hold_for(copy)
    back = post(client, f"{desk}/take-back", copy_id=copy.pk).json()
    assert (back["kept_for"]["id"], back["kept_for"]["state"], back["hub"]["id"]) == (
        waiting.pk,
        "ready",
        copy.hub_id,
    )
    assert [one["id"] for one in client.get(f"/api/lending/{desk}/holds").json()] == [waiting.pk]


def test_whose_book_lies_at_the_desk_is_found_there_by_name() -> None:
    """Never seen at a session of theirs. Elsewhere, and once they have nothing from here, nobody finds them."""
    copy, child = make_copy(), make_child()
    keeper = make_keeper(copy.hub)
    here, elsewhere = client_for(keeper), make_keeper()

    def names(client: Client, hub: int) -> list[str]:
        return [one["name"] for one in client.get(f"/api/lending/hubs/{hub}/readers", {"said": name}).json()]

    name = child.person.name
    assert names(here, copy.hub_id) == []
    hold_for(copy, child)
    assert names(here, copy.hub_id) == [name]
    assert names(client_for(elsewhere), elsewhere.grants.values_list("hub", flat=True)[0]) == []
    said = {"copy_id": copy.pk, "reader": child.person_id, "said": name}
    assert post(here, f"hubs/{copy.hub_id}/lend", **said).status_code == 200
    assert names(here, copy.hub_id) == [name]
    take_back(copy=copy.pk, hub=copy.hub_id, by=keeper)
    assert names(here, copy.hub_id) == []


def test_a_family_by_its_guardians_number() -> None:
    guardian, (child,) = make_guardian()
    copy = make_copy()
    client = client_for(make_keeper(copy.hub))
    found = client.get(f"/api/lending/hubs/{copy.hub_id}/readers", {"said": guardian.phone}).json()
    assert [one["id"] for one in found] == [child.person_id, guardian.pk]
    body = {"copy_id": copy.pk, "reader": guardian.pk, "said": guardian.phone}
    assert post(client, f"hubs/{copy.hub_id}/lend", **body).status_code == 200


def test_a_family_by_its_card() -> None:
    guardian, (child,) = make_guardian()
    hub = make_hub()
    card = card_text(card_of(child.family))
    found = client_for(make_keeper(hub)).get(f"/api/lending/hubs/{hub.pk}/readers", {"said": card}).json()
    assert [one["id"] for one in found] == [child.person_id, guardian.pk]


def test_what_is_late_and_lost(at_time: At) -> None:
    client, child, copy = at_the_desk()
    loan = lend_to(copy, child)
    lend_to(make_copy(hub=copy.hub))
    at_time(clock.at(loan.due_on + dt.timedelta(days=1), 600))
    Loan.objects.exclude(pk=loan.pk).update(due_on=clock.today())
    listed = client.get(f"/api/lending/hubs/{copy.hub_id}/loans", {"late": True}).json()
    assert ([one["id"] for one in listed["loans"]], listed["total"]) == ([loan.pk], 1)
    assert client.get(f"/api/lending/hubs/{copy.hub_id}/loans").json()["total"] == 2
    assert post(client, f"loans/{loan.pk}/lose").status_code == 200
    assert client.get(f"/api/lending/hubs/{copy.hub_id}/loans", {"late": True}).json()["total"] == 0


def test_lists_of_the_desk_take_as_many_queries_for_thirty() -> None:
    client, _child, copy = at_the_desk()
    paths = [f"/api/lending/hubs/{copy.hub_id}/{name}" for name in ("loans", "holds")]

    def count() -> list[int]:
        return [count_queries(lambda path=path: client.get(path)) for path in paths]

    def add(number: int) -> None:
        for _ in range(number):
            lend_to(make_copy(hub=copy.hub))
            hold_for(make_copy(hub=copy.hub))

    add(1)
    count()
    few = count()
    add(29)
    assert count() == few


def test_a_book_brought() -> None:
    client, child, copy = at_the_desk()
    body = {"copy_id": copy.pk, "child": child.person_id, "said": child.person.name}
    assert post(client, f"hubs/{copy.hub_id}/credit", **body).status_code == 204
    again = post(client, f"hubs/{copy.hub_id}/credit", **body)
    assert (again.status_code, again.json()["code"]) == (409, "credited_before")
    snail = client_for(child.family.guardian).get("/api/lending/snails").json()[0]
    assert (snail["snail"]["points"], snail["snail"]["towns"], snail["snail"]["place"]) == (3, 1, "wenlong")
    assert [(one["reason"], one["points"]) for one in snail["steps"]] == [("brought", 3)]
    assert Step.objects.count() == 1


def test_what_was_brought_from_another_hub_and_what_is_missing() -> None:
    client, _child, copy = at_the_desk()
    hold = hold_for(copy)
    type(hold).objects.update(state="traveling", fetch_by=None)
    assert post(client, f"holds/{hold.pk}/arrive").status_code == 204
    hold.refresh_from_db()
    assert hold.state == "ready"
    assert post(client, f"holds/{hold.pk}/miss", damaged=False).status_code == 204
    hold.refresh_from_db()
    assert (hold.state, hold.copy) == ("waiting", None)


def test_where_one_keeps_books() -> None:
    hub = make_hub()
    make_hub()
    assert client_for(make_keeper(hub)).get("/api/lending/hubs").json() == [{"id": hub.pk, "name": hub.name}]


def test_figures_are_the_administrators() -> None:
    client = client_for(make_person(Role.ADMINISTRATOR))
    figures = client.get("/api/settings/lending").json()
    assert figures["loan_days"] == 30
    answer = client.put("/api/settings/lending", figures | {"loan_days": 21}, content_type="application/json")
    assert answer.json()["loan_days"] == 21
    assert Entry.objects.get(action="settings.changed").facts == {"changed": {"loan_days": 21}}
    assert lend_to(make_copy()).due_on == TODAY + dt.timedelta(days=21)


def test_bookings_are_only_looked_at() -> None:
    """Asking for a book at a session takes no place in it."""
    child = make_child()
    copy = make_copy()
    booking = book_for(make_reading(hub=copy.hub, day=TODAY + dt.timedelta(days=3)), child)
    hold_for(copy, child, with_session=True)
    assert list(Booking.objects.values_list("pk", "state")) == [(booking.pk, "booked")]
