"""Looking volunteers up: by name, number, skill and home, and by what is to be done about them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from hub import clock
from hub.people.ages import is_minor
from hub.people.directory import search
from hub.people.models import Consent, Person, phone_tail
from volunteers.models import Clearance, HeldSkill, Unproven, Volunteer

PAGE = 50
AHEAD = dt.timedelta(days=30)
Look = Literal["all", "unproven", "ending", "minors"]


def find_people(
    rows: QuerySet[Volunteer], *, q: str, skill: int | None, hub: int | None, look: Look, skip: int
) -> list[Volunteer]:
    """A page and one more. Ten queries for any number."""
    text = q.strip()
    if len(text) == 4 and text.isascii() and text.isdigit():
        rows = rows.filter(person__phone_tail=phone_tail(text))
    elif text:
        rows = rows.filter(person__in=search(Person.objects.all(), text))
    if skill:
        rows = rows.filter(Q(held_skills__skill=skill) | Q(unproven__skill=skill)).distinct()
    if hub:
        rows = rows.filter(home=hub)
    rows = looked_at(rows, look).select_related("person", "home")
    rows = rows.prefetch_related("held_skills__skill", "unproven__skill", "clearances")
    return list(rows.order_by("-active", "pk")[skip : skip + PAGE + 1])


def looked_at(rows: QuerySet[Volunteer], look: Look) -> QuerySet[Volunteer]:
    match look:
        case "unproven":
            return rows.filter(Exists(Unproven.objects.filter(volunteer=OuterRef("pk"))))
        case "ending":
            return rows.filter(active=True).filter(_ending())
        case "minors":
            return rows.filter(pk__in=minors_without_consent(rows))
        case _:
            return rows


def _ending() -> Q:
    """The newest check, or a skill's proof, ends within thirty days; one that is over is no news any more."""
    today = clock.today()
    soon = (today, today + AHEAD)
    of_theirs = Clearance.objects.filter(volunteer=OuterRef("pk"))
    ends = Exists(of_theirs.filter(valid_until__range=soon))
    goes_on = Exists(of_theirs.filter(valid_until__gt=soon[1]))
    proof = Exists(HeldSkill.objects.filter(volunteer=OuterRef("pk"), valid_until__range=soon))
    return Q(ends & ~goes_on) | Q(proof)


def minors_without_consent(rows: QuerySet[Volunteer]) -> list[int]:
    """Birth dates are stored unreadable: everybody's is opened."""
    consented: dict[int, bool] = dict(
        Consent.objects.filter(kind=Consent.Kind.VOLUNTEERING).order_by("pk").values_list("subject_id", "granted")
    )
    people = rows.filter(active=True).values_list("pk", "person_id", "person__birth_date")
    today = clock.today()
    return [pk for pk, person, born in people if is_minor(born, today) and not consented.get(person)]


def counts(rows: QuerySet[Volunteer]) -> dict[str, int]:
    return {
        "people": rows.filter(active=True).count(),
        "unproven": looked_at(rows, "unproven").count(),
        "ending": looked_at(rows, "ending").count(),
        "minors": len(minors_without_consent(rows)),
    }
