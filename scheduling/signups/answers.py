"""Answering by a link from a message: whoever holds it answers for its shifts, and for nothing else."""

from __future__ import annotations

from hub.errors import Refused
from scheduling.signups import signups
from scheduling.signups.links import find_link
from scheduling.signups.mine import MyShift, shifts_of
from scheduling.signups.models import AnswerLink, Assignment


def shifts_behind(link: AnswerLink) -> list[MyShift]:
    return shifts_of(Assignment.objects.filter(links=link))


def answer(*, token: str, assignment: int, coming: bool, reason: str = "") -> None:
    """Refused: not_found, link_expired, and what accept and decline refuse."""
    link = find_link(token)
    if not link.assignments.filter(pk=assignment).exists():
        raise Refused("not_found", model="assignment", id=assignment)
    person = link.volunteer.person
    if coming:
        signups.accept(assignment=assignment, by=person)
    else:
        signups.decline(assignment=assignment, by=person, reason=reason)
