"""/api/settings/lending: how long, how many, how far a snail walks."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import Allow, acting, administrators
from hub.journal.figures import set_figures
from hub.people.models import Role
from programs.lending.circulation.models import LendingFigures

router = Router()
readers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)


class LendingFiguresValues(Schema):
    loan_days: Annotated[int, Field(ge=1, le=180)]
    renewals: Annotated[int, Field(ge=0, le=5)]
    most_loans: Annotated[int, Field(ge=1, le=50)]
    days_to_fetch: Annotated[int, Field(ge=1, le=30)]
    session_within_days: Annotated[int, Field(ge=1, le=60)]
    points_borrowed: Annotated[int, Field(ge=0, le=100)]
    points_in_time: Annotated[int, Field(ge=0, le=100)]
    points_brought: Annotated[int, Field(ge=0, le=100)]
    points_a_town: Annotated[int, Field(ge=1, le=100)]


def describe(row: LendingFigures) -> LendingFiguresValues:
    return LendingFiguresValues(**{name: getattr(row, name) for name in LendingFiguresValues.model_fields})


@router.get("/settings/lending", response=LendingFiguresValues, auth=readers)
def get_lending_figures(request: HttpRequest) -> LendingFiguresValues:
    return describe(LendingFigures.current())


@router.put("/settings/lending", response=LendingFiguresValues, auth=administrators)
def put_lending_figures(request: HttpRequest, wish: LendingFiguresValues) -> LendingFiguresValues:
    """From now on: what is lent keeps its day."""
    return describe(set_figures(LendingFigures, wish.dict(), by=acting(request).person.pk))
