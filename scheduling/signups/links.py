"""Short links that answer for the shifts of one message without signing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.conf import settings

from hub import clock
from hub.errors import Refused
from hub.tokens import short_token, token_hash
from scheduling.signups.models import AnswerLink, Assignment


class Link(NamedTuple):
    id: int
    address: str


def make_links(shifts: Mapping[int, Sequence[Assignment]]) -> dict[int, Link]:
    """Volunteer id -> a link for these shifts, good until the last begins. Two statements for any number."""
    tokens = {volunteer: short_token() for volunteer in shifts}
    links = AnswerLink.objects.bulk_create(
        AnswerLink(
            volunteer_id=volunteer,
            token_hash=token_hash(tokens[volunteer]),
            expires_at=max(one.session.starts_at for one in theirs),
        )
        for volunteer, theirs in shifts.items()
    )
    Shift = AnswerLink.assignments.through
    Shift.objects.bulk_create(
        Shift(answerlink_id=link.pk, assignment_id=one.pk) for link in links for one in shifts[link.volunteer_id]
    )
    return {link.volunteer_id: Link(link.pk, f"{settings.PUBLIC_URL}/a/{tokens[link.volunteer_id]}") for link in links}


def find_link(token: str) -> AnswerLink:
    """Refused: not_found for a token that never was, link_expired when its last shift has begun."""
    link = AnswerLink.objects.filter(token_hash=token_hash(token)).select_related("volunteer__person").first()
    if link is None:
        raise Refused("not_found", model="link")
    if link.expires_at <= clock.now():
        raise Refused("link_expired")
    return link
