"""Families beside the workbook's: a grandmother's, whose father works far away and agreed by the link; and one that
still waits for its guardian."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.people.consents import Kind
from hub.people.family_links import answer_by_link
from hub.people.family_starts import Named, NewChild, start_for
from hub.people.models import Child, Family, FamilyLink, Person
from hub.people.persons import new_person

GRANDMOTHER, GRANDMOTHERS_PHONE = "周桂芳", "199699000011"
FATHER = Named("李建军", "199699000012", "父亲")
WAITING_CAREGIVER, WAITING_CAREGIVERS_PHONE = "吴秀珍", "199699000013"
WAITING_MOTHER = Named("何小琴", "199699000014", "母亲")
AGREED = {Kind.DATA: True, Kind.PHOTO: False, Kind.FIRST_AID: True, Kind.HOME_ALONE: False}


def start_from_afar() -> None:
    """Again is harmless."""
    if Person.objects.filter(name=GRANDMOTHER).exists():
        return
    family = _start(GRANDMOTHER, GRANDMOTHERS_PHONE, "外婆", FATHER, [("李小满", 9), ("李小雨", 7)])
    link = FamilyLink.objects.select_related("family__guardian", "asked").get(family=family)
    said = {child.pk: AGREED for child in Child.objects.filter(family=family)}
    answer_by_link(link=link, name=FATHER.name, said=said)
    _start(WAITING_CAREGIVER, WAITING_CAREGIVERS_PHONE, "奶奶", WAITING_MOTHER, [("何一诺", 8)])


def _start(name: str, phone: str, relation: str, guardian: Named, children: list[tuple[str, int]]) -> Family:
    caregiver = new_person(name=name, phone=phone)
    caregiver.save()
    born = [NewChild(child, clock.today() - dt.timedelta(days=years * 365 + 90)) for child, years in children]
    return start_for(guardian=guardian, relation=relation, children=born, by=caregiver)
