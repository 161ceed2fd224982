"""Answering by a link from a message, or by a text: whoever holds it answers for its shifts, and for nothing else."""

from __future__ import annotations

from hub.errors import Refused
from hub.live.publish import told_together
from hub.notify.replies import UNCLEAR, Standing
from scheduling.signups import signups
from scheduling.signups.links import find_link
from scheduling.signups.mine import MyShift, is_answerable, shifts_of
from scheduling.signups.models import AnswerLink, Assignment

UNANSWERED = (Assignment.State.PUBLISHED, Assignment.State.OFFERED)


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


class RosterQuestion:
    """Answered by a text: 1 for every shift of the message, 2 where there is one alone."""

    def standing(self, about: int) -> Standing:
        rows = _answerable(about)
        if any(row.state in UNANSWERED for row in rows):
            return Standing.OPEN
        return Standing.ANSWERED if rows else Standing.OVER

    def answer(self, about: int, *, yes: bool) -> str:
        rows = _answerable(about)
        unanswered = [row for row in rows if row.state in UNANSWERED]
        if len(rows) > 1 and not (yes and unanswered):
            return UNCLEAR
        with told_together():
            for row in unanswered or rows:
                person = row.volunteer.person
                (signups.accept if yes else signups.decline)(assignment=row.pk, by=person)
        return "reply_yes" if yes else "reply_no"


def _answerable(link: int) -> list[Assignment]:
    """Sessions in the order in which rules lock them."""
    rows = (
        Assignment.objects.filter(links=link).select_related("session", "volunteer__person").order_by("session", "pk")
    )
    return [row for row in rows if is_answerable(row)]
