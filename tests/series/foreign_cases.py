"""Series, terms and week templates of others."""

from __future__ import annotations

from typing import Any

from hub.people.models import Role
from scheduling.series.models import Series, Term
from scheduling.series.series import draft_series
from scheduling.series.week_templates import save_template
from tests.access.foreign import Foreign, foreign
from tests.series.factories import TUESDAY, add, make_wish
from tests.support.make import MONDAY, make_agency, make_child, make_hub, make_person, make_program, make_session

BODY: dict[str, Any] = {
    "first_day": "2027-03-02", "rule": "FREQ=WEEKLY", "count": 2, "start": 960, "minutes": 60, "revision": 1
}  # fmt: skip


def published() -> Series:
    return add(make_wish(count=1))


def body(series: Series) -> dict[str, Any]:
    return BODY | {"hub": series.hub_id}


@foreign("GET /api/series/{series_id}")
def series_elsewhere() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"series_id": published().pk})


@foreign("GET /api/series/{series_id}", "POST /api/series/{series_id}/restore")
def draft_of_another_agency() -> Foreign:
    """At a site where this agency resides, too: drafts are their agency's alone."""
    draft = draft_series(program=make_program(), wish=make_wish(), by=make_person())
    agency = make_agency()
    agency.residencies.create(hub=draft.hub)
    return Foreign(person=make_person(Role.SOCIAL_WORKER, agency=agency), ids={"series_id": draft.pk})


@foreign("GET /api/series/{series_id}")
def draft_for_an_administrator() -> Foreign:
    draft = draft_series(program=make_program(), wish=make_wish(), by=make_person())
    return Foreign(person=make_person(Role.ADMINISTRATOR), ids={"series_id": draft.pk})


@foreign("POST /api/series/{series_id}/change")
def changed_elsewhere() -> Foreign:
    series = published()
    return Foreign(person=make_person(Role.COORDINATOR), ids={"series_id": series.pk}, body=body(series))


@foreign("POST /api/series/{series_id}/change")
def moved_to_a_site_that_is_not_theirs() -> Foreign:
    series = published()
    coordinator = make_person(Role.COORDINATOR, hub=series.hub)
    return Foreign(person=coordinator, ids={"series_id": series.pk}, body=BODY | {"hub": make_hub().pk})


@foreign("POST /api/series/{series_id}/publish", "POST /api/series/{series_id}/undo")
def settled_elsewhere() -> Foreign:
    return Foreign(
        person=make_person(Role.SOCIAL_WORKER), ids={"series_id": published().pk}, body={"revision": 1, "seen": ""}
    )


@foreign("DELETE /api/series/{series_id}")
def removed_elsewhere() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"series_id": published().pk}, query="revision=1")


def group() -> Series:
    return add(make_wish(count=1, group_only=True))


@foreign("GET /api/series/{series_id}/members")
def members_of_another_agency() -> Foreign:
    """What one sees on the board is not yet one's own: who is in a group is its staff's to know."""
    series, agency = group(), make_agency()
    agency.residencies.create(hub=series.hub)
    return Foreign(person=make_person(Role.SOCIAL_WORKER, agency=agency), ids={"series_id": series.pk})


@foreign("POST /api/series/{series_id}/members")
def a_child_nobody_here_knows() -> Foreign:
    series = group()
    coordinator = make_person(Role.COORDINATOR, hub=series.hub)
    return Foreign(person=coordinator, ids={"series_id": series.pk}, body={"children": [make_child().pk]})


@foreign("DELETE /api/series/{series_id}/members/{child_id}")
def a_child_of_another_group() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"series_id": group().pk, "child_id": make_child().pk})


@foreign("PUT /api/terms/{term_id}")
def term_of_the_district() -> Foreign:
    term = Term.objects.create(name="春季学期", first_day=TUESDAY, last_day=TUESDAY)
    wish = {"name": "春", "first_day": "2027-03-01", "last_day": "2027-07-01"}
    return Foreign(person=make_person(Role.COORDINATOR), ids={"term_id": term.pk}, body=wish)


@foreign("DELETE /api/terms/{term_id}")
def term_of_another_site() -> Foreign:
    term = Term.objects.create(name="春季学期", hub=make_hub(), first_day=TUESDAY, last_day=TUESDAY)
    return Foreign(person=make_person(Role.COORDINATOR), ids={"term_id": term.pk})


def template() -> int:
    session = make_session()
    return save_template(hub=session.hub, week=MONDAY, name="平常", by=make_person()).pk


@foreign("POST /api/week-templates/{template_id}/lay")
def laid_elsewhere() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"template_id": template()}, body={"week": "2026-12-21"})


@foreign("DELETE /api/week-templates/{template_id}")
def template_of_another_site() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"template_id": template()})
