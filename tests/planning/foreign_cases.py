"""Someone who plans elsewhere asks for a run that is not theirs."""

from __future__ import annotations

from typing import Any

from hub.people.models import Role
from tests.access.foreign import Foreign, foreign
from tests.planning.factories import finish, make_helper, make_open_need, make_run
from tests.support.make import make_hub, make_person

RUN = "/api/planning/runs/{run_id}"


def run_of_another_hub(**values: Any) -> Foreign:
    need, helper = make_open_need(hub=make_hub()), make_helper()
    run = finish(make_run(need.session.hub), (need, helper))
    ids: dict[str, object] = {"run_id": run.pk, "need_id": need.pk}
    return Foreign(person=make_person(Role.COORDINATOR), ids=ids, **values)


@foreign(
    f"GET {RUN}",
    f"GET {RUN}/proposal",
    f"GET {RUN}/proposal/sessions",
    f"GET {RUN}/proposal/people",
    f"GET {RUN}/proposal/changes",
    f"GET {RUN}/proposal/parts",
    f"GET {RUN}/compare",
    f"GET {RUN}/compare/sessions",
    f"GET {RUN}/compare/people",
    f"POST {RUN}/cancel",
    f"POST {RUN}/restore",
    f"GET {RUN}/needs/{{need_id}}/candidates",
    f"GET {RUN}/needs/{{need_id}}/remedy",
    f"GET {RUN}/fairness",
)
def looked_at() -> Foreign:
    return run_of_another_hub()


@foreign(f"GET {RUN}/group-text", f"GET {RUN}/group-picture")
def posted() -> Foreign:
    return run_of_another_hub(query="?hub=1")


@foreign(f"POST {RUN}/edits")
def edited() -> Foreign:
    return run_of_another_hub(body={"action": "pin", "need": 1, "volunteer": 1})


@foreign(f"POST {RUN}/publish")
def published() -> Foreign:
    return run_of_another_hub(body={"skip_conflicts": False})


@foreign("GET /api/planning/sessions/{session_id}/repairs", "POST /api/planning/sessions/{session_id}/repairs")
def session_at_another_hub() -> Foreign:
    need, helper = make_open_need(hub=make_hub()), make_helper()
    body = {"freed": [], "taken": [{"need": need.pk, "volunteer": helper.pk}], "seen": []}
    return Foreign(make_person(Role.COORDINATOR), {"session_id": need.session_id}, body)


@foreign("GET /api/planning/sessions/{session_id}/repairs", "POST /api/planning/sessions/{session_id}/repairs")
def session_of_another_agency() -> Foreign:
    elsewhere = session_at_another_hub()
    return Foreign(make_person(Role.SOCIAL_WORKER), elsewhere.ids, elsewhere.body)


@foreign(f"GET {RUN}/needs/{{need_id}}/why")
def asked_why() -> Foreign:
    return run_of_another_hub(query="?volunteer=1")


@foreign(f"POST {RUN}/what-if")
def tried_out() -> Foreign:
    return run_of_another_hub(body={"question": {"kind": "drop", "session": 1}})


@foreign(f"POST {RUN}/moves")
def moved() -> Foreign:
    return run_of_another_hub(body={})


@foreign("PUT /api/planning/policies/{hub_id}")
def policy_of_another_site() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"hub_id": make_hub().pk}, {"usual": "fair"})
