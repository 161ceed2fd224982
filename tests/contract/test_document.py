"""The API held against its own document: whatever the document allows to be sent gets an answer it describes, and never
a failure of the server."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hub.access.actor import SESSION_KEY
from hub.config.wsgi import application
from hub.people.models import Person, Role, RoleGrant
from tests.support import make
from tests.support.clients import client_for


def local(environ: dict[str, Any], start_response: Any) -> Any:
    """As from a browser on this machine."""
    return application({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", local)

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
TOKEN = "a" * 32
EXAMPLES = 6


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The requests stay inside the test's transaction, as the test client's do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def everything(db: None) -> dict[str, list[int]]:
    """Someone who may do nearly everything, and a row or two of what the addresses name."""
    person = make.make_person(Role.ADMINISTRATOR, name="全能")
    hub, agency = make.make_hub(), make.make_agency()
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(person=person, role=Role.COORDINATOR, hub=hub),
            RoleGrant(person=person, role=Role.SOCIAL_WORKER, agency=agency),
            RoleGrant(person=person, role=Role.VOLUNTEER),
            RoleGrant(person=person, role=Role.GUARDIAN),
        ]
    )
    volunteer = make.make_volunteer(person=person)
    child = make.make_child(guardian=person)
    program = make.make_program(agency=agency)
    sessions = [make.make_session(hub=hub, program=program, places=5) for _ in range(2)]
    needs = [make.make_need(session=session) for session in sessions]
    return {
        "person": [person.pk],
        "person_id": [person.pk],
        "volunteer_id": [volunteer.pk],
        "child_id": [child.pk],
        "session_id": [session.pk for session in sessions],
        "need_id": [need.pk for need in needs],
        "grant_id": list(RoleGrant.objects.values_list("pk", flat=True)),
    }


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
def test_answers_as_described(case: Any, everything: dict[str, list[int]]) -> None:
    client = client_for(Person.objects.get(pk=everything["person"][0]))
    assert client.session[SESSION_KEY]
    for name, value in (case.path_parameters or {}).items():
        known = everything.get(name)
        if known and isinstance(value, int) and value % 3:
            case.path_parameters[name] = known[value % len(known)]
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"csrftoken": TOKEN}
    answer = case.call(cookies=cookies, headers={"X-CSRFToken": TOKEN})
    assert answer.status_code < 500, answer.text
    case.validate_response(answer, checks=CHECKS)
