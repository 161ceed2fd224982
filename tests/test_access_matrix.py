"""Every operation of the API x every role and nobody: who gets in, and that what is not theirs does not exist."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hub.access.operations import Allow, Open
from hub.people.models import Role
from tests.access.foreign import Case, load_cases
from tests.support.clients import client_for
from tests.support.make import make_person
from tests.support.operations import WRITING, Operation, shared_addresses, walk

OPERATIONS = list(walk())
CLOSED = [operation for operation in OPERATIONS if isinstance(operation.gate, Allow)]
CASES = load_cases()

# Open to everyone. Whoever opens another one says so here.
OPEN = {
    # Whoever holds a certificate may ask whether it is ours; it says what the code says.
    "POST /api/certificates/verify",
    # Whoever holds a book may read on their phone what it is called.
    "GET /api/stickers/{code}",
    # What a hub announces to everybody, once its coordinator opened it.
    "GET /api/hubs/{hub_id}/open-calendar",
    # The token in the link is the proof.
    "GET /api/answers/{token}",
    "POST /api/answers/{token}",
    "GET /api/turn-links/{token}",
    "GET /api/wall-links/{token}",
    "POST /api/turn-links/{token}",
    "GET /api/asked/{token}",
    "POST /api/asked/{token}",
    "GET /api/swapped/{token}",
    "POST /api/swapped/{token}",
    # Whoever stands before the door's code, signed in or not; it opens nothing but a visit.
    "POST /api/attendance/visit",
    # The tablet's own code and token are the proof.
    "POST /api/device/pair",
    "POST /api/device/sync",
    "POST /api/device/faces",
    "GET /api/face-links/{token}",
    "POST /api/face-links/{token}",
    "GET /api/consents/{token}",
    "POST /api/consents/{token}",
    "GET /api/family-links/{token}",
    "POST /api/family-links/{token}",
    "POST /api/family-links/{token}/refuse",
    # Who comes for the first time: no person stands behind the number yet. A sign-in it asks for itself.
    "POST /api/families/begin",
    "POST /api/families/start",
    "GET /api/round-links/{token}",
    "POST /api/round-links/{token}",
    "GET /api/renewals/{token}",
    "POST /api/renewals/{token}",
    # In the demo alone; elsewhere it asks for an administrator.
    "GET /api/messages",
    "GET /api/me",
    "POST /api/me/person",
    "POST /api/me/sign-out",
    "POST /api/demo/sign-in",
    "GET /api/setup",
    "POST /api/setup",
    "POST /api/setup/code",
    # A provider's machine: the secret it brings is the proof.
    "POST /api/notify/replies",
}

# A regulator writes nothing but what concerns their own session.
REGULATORS_OWN: set[str] = {"DELETE /api/wechat", "POST /api/my-data/erase"}

# An id in the path that is no one's: why no foreign one exists.
NO_FOREIGN_ID = {
    "POST /api/certificates/{certificate_id}/revoke": "volunteers serve the district, and so does what attests it",
    "POST /api/volunteers/{volunteer_id}/certificates": "who plans issues them for any volunteer",
    "PUT /api/working-days/{day}": "a day is nobody's",
    "POST /api/books/{title_id}/cover": "a title is all hubs'",
    "POST /api/messages/{message_id}/again": "administrators see to every message",
    "POST /api/messages/{message_id}/aside": "administrators see to every message",
    "POST /api/needs/{need_id}/sign-up": "every volunteer may find every open need of the district",
    "GET /api/attendance/volunteers/{volunteer_id}/card": "volunteers serve everywhere: any hub may print a card",
    "POST /api/needs/{need_id}/sign-up-together": "the same, with whom they name",
    "PUT /api/volunteers/{volunteer_id}/wish": "the same: who plans writes down what any says on the phone",
    **dict.fromkeys(
        (
            "POST /api/volunteers/{volunteer_id}/clearances",
            "GET /api/volunteers/{volunteer_id}",
            "PATCH /api/volunteers/{volunteer_id}",
            "GET /api/volunteers/{volunteer_id}/private",
            "POST /api/volunteers/{volunteer_id}/paper-consent",
            "POST /api/volunteers/{volunteer_id}/guardian",
            "POST /api/volunteers/proofs/{proof_id}/verify",
            "POST /api/volunteers/proofs/{proof_id}/turn-down",
        ),
        "volunteers serve the whole district: who plans looks after any",
    ),
    "PUT /api/skills/{skill_id}/needs-proof": "there are no secret skills",
    "DELETE /api/volunteers/me/skills/{skill_id}": "there are no secret skills",
}


def named(operations: list[Operation]) -> Any:
    return pytest.mark.parametrize("operation", operations, ids=str)


@named(OPERATIONS)
def test_an_operation_declares_one_gate(operation: Operation) -> None:
    assert (operation.gates, isinstance(operation.gate, Allow | Open)) == (1, True)


def test_an_address_belongs_to_one_router() -> None:
    assert shared_addresses() == set()


def test_what_is_open_is_open_on_purpose() -> None:
    assert {str(operation) for operation in OPERATIONS if isinstance(operation.gate, Open)} == OPEN


@named(CLOSED)
@pytest.mark.django_db
def test_nobody_gets_in(operation: Operation) -> None:
    answer = operation.call(Client())
    assert (answer.status_code, answer.json()) == (401, {"code": "sign_in_first", "facts": {}})


@named(CLOSED)
@pytest.mark.django_db
def test_only_its_roles_get_in(operation: Operation) -> None:
    allowed = operation.gate.roles or set(Role)
    for role in Role:
        answer = operation.call(client_for(make_person(role)))
        refused = answer.status_code == 403 and answer.json()["code"] == "role_missing"
        assert (role, refused) == (role, role not in allowed)
        assert answer.status_code < 500, role


def test_a_regulator_only_reads() -> None:
    writing = {
        str(operation)
        for operation in CLOSED
        if operation.method in WRITING and (not operation.gate.roles or Role.REGULATOR in operation.gate.roles)
    }
    assert writing == REGULATORS_OWN


def test_every_id_has_a_foreign_case() -> None:
    wanted = {str(operation) for operation in CLOSED if operation.parameters}
    missing = wanted - set(CASES) - set(NO_FOREIGN_ID)
    assert missing == set(), "tests/access/foreign.py tells how to add a case"


def test_cases_name_operations_that_exist() -> None:
    named_here = set(CASES) | set(NO_FOREIGN_ID) | OPEN | REGULATORS_OWN
    assert named_here - {str(operation) for operation in OPERATIONS} == set()


@pytest.mark.parametrize(
    ("operation", "case"),
    [(operation, case) for operation in OPERATIONS for case in CASES.get(str(operation), [])],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
@pytest.mark.django_db
def test_what_is_not_theirs_does_not_exist(operation: Operation, case: Case) -> None:
    foreign = case()
    answer = operation.call(client_for(foreign.person), body=foreign.body, query=foreign.query, **foreign.ids)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
