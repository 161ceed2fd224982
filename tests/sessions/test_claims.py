"""The conflict engine: who holds what, and when."""

from __future__ import annotations

import pytest
from django.db import transaction

from hub.errors import Refused
from scheduling.sessions import claims
from scheduling.sessions.models import Claim, Session
from tests.support.make import MONDAY, make_room, make_session

pytestmark = pytest.mark.django_db


def held() -> list[tuple[int, str, bool]]:
    return list(Claim.objects.order_by("session_id", "resource").values_list("session_id", "resource", "exclusive"))


def refusal(session: Session, resource: str) -> dict[str, object]:
    with pytest.raises(Refused) as refused:
        claims.place(session=session, resource=resource)
    assert refused.value.code == "clash"
    return refused.value.facts


def test_a_clash_names_the_other_session() -> None:
    room = make_room(name="公益书屋")
    first, second = make_session(room=room), make_session(room=room, start=10 * 60)
    claims.place(session=first, resource=f"room:{room.pk}")
    assert refusal(second, f"room:{room.pk}") == {
        "resource": f"room:{room.pk}",
        "session": first.pk,
        "title": first.program.name,
        "starts_at": "2026-12-14T09:00:00+08:00",
        "ends_at": "2026-12-14T10:30:00+08:00",
        "hub": room.hub_id,
        "room": "公益书屋",
    }
    assert held() == [(first.pk, f"room:{room.pk}", True)]


@pytest.mark.parametrize(("start", "minutes"), [(7 * 60 + 30, 90), (10 * 60 + 30, 30), (24 * 60 + 9 * 60, 90)])
def test_neighbors_do_not_clash(start: int, minutes: int) -> None:
    """The one is from 9:00 to 10:30."""
    first, other = make_session(), make_session(start=start, minutes=minutes)
    claims.place(session=first, resource="person:1")
    claims.place(session=other, resource="person:1")
    assert len(held()) == 2


@pytest.mark.parametrize(("start", "minutes"), [(8 * 60, 61), (10 * 60 + 29, 30), (9 * 60 + 30, 10), (8 * 60, 300)])
def test_any_overlap_clashes(start: int, minutes: int) -> None:
    first, other = make_session(), make_session(start=start, minutes=minutes)
    claims.place(session=first, resource="person:1")
    assert refusal(other, "person:1")["session"] == first.pk


def test_placing_again_is_harmless() -> None:
    session = make_session()
    claims.place(session=session, resource="person:1")
    claims.place(session=session, resource="person:1")
    assert held() == [(session.pk, "person:1", True)]


def test_a_claim_that_is_not_exclusive_hinders_nobody() -> None:
    first, second, third = make_session(), make_session(), make_session()
    claims.place(session=first, resource="person:1", exclusive=False)
    claims.place(session=second, resource="person:1", exclusive=False)
    claims.place(session=third, resource="person:1")
    assert len(held()) == 3


def test_what_is_released_is_free() -> None:
    first, second = make_session(), make_session()
    claims.place(session=first, resource="room:1")
    claims.place(session=first, resource="person:1")
    claims.release(session=first, resource="room:1")
    claims.place(session=second, resource="room:1")
    claims.release_all(session=first)
    assert held() == [(second.pk, "room:1", True)]


def test_ids_held() -> None:
    session = make_session()
    for resource in ("person:11", "person:2", "room:5", "personal:3"):
        claims.place(session=session, resource=resource)
    assert (claims.ids_held(session.pk, "person"), claims.ids_held(session.pk, "room")) == ([2, 11], [5])


@pytest.mark.postgres
def test_the_database_itself_refuses_and_the_transaction_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the check saw nothing (another transaction was faster), the constraint speaks and is put into words."""
    first, second = make_session(), make_session()
    claims.place(session=first, resource="room:1")
    really, looks = claims.clash, iter([lambda **wish: None])
    monkeypatch.setattr(claims, "clash", lambda **wish: next(looks, really)(**wish))
    with transaction.atomic():
        assert refusal(second, "room:1")["session"] == first.pk
        assert Session.objects.filter(week=MONDAY).count() == 2
