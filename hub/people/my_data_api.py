"""/api/my-data: what is kept about me and my children, to see, to take along, and to have erased."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from hub.access.operations import acting, signed_in
from hub.people.erasing import erase_child, erase_person
from hub.people.me import sign_out
from hub.people.my_data import About, what_is_kept, worded
from hub.people.my_data_export import as_json, as_workbook

router = Router()
SHOWN = 20
"""Rows of a part on the page; the export has all."""
TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class KeptOut(Schema):
    name: str
    title: str
    columns: list[str]
    rows: list[list[str]]
    """As the reader's language says them: this is a document, not data."""
    count: int
    stays: bool
    correct: str


class AboutOut(Schema):
    id: int
    name: str
    child: bool
    kept: list[KeptOut]


class ErasureIn(Schema):
    child_id: int | None = None
    """The child (a person's id) whom a guardian has erased; none for who asks."""
    with_children: bool = False
    """And all their children: said apart."""


@router.get("/my-data", response=list[AboutOut], auth=signed_in)
def get_my_data(request: HttpRequest) -> list[AboutOut]:
    return [_about(about) for about in what_is_kept(acting(request))]


def _about(about: About) -> AboutOut:
    kept = [
        KeptOut(
            name=one.part.name,
            title=one.title,
            columns=one.columns,
            rows=[[worded(value) for value in row] for row in one.rows[:SHOWN]],
            count=len(one.rows),
            stays=one.part.stays,
            correct=one.part.correct,
        )
        for one in about.kept
    ]
    return AboutOut(id=about.person.pk, name=about.person.name, child=about.child, kept=kept)


@router.get("/my-data/export", auth=signed_in)
def get_my_data_export(request: HttpRequest, form: Literal["json", "xlsx"] = "xlsx") -> HttpResponse:
    abouts = what_is_kept(acting(request))
    body = as_json(abouts) if form == "json" else as_workbook(abouts)
    response = HttpResponse(body, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="renqi-my-data.{form}"'
    response["Cache-Control"] = "no-store"
    return response


@router.post("/my-data/erase", response={204: None}, auth=signed_in)
def post_erasure(request: HttpRequest, wish: ErasureIn) -> Status[None]:
    by = acting(request)
    if wish.child_id is not None:
        erase_child(child=wish.child_id, by=by)
    else:
        erase_person(by=by, with_children=wish.with_children)
        sign_out(request)
    return Status(204, None)
