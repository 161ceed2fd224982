"""When a session changes under those who serve in it, whose rows and session the sender holds; and when a
guardian says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.dispatch import receiver

from hub import clock
from hub.errors import Refused
from hub.live.publish import News, publish_each
from hub.notify.together import say
from hub.people.models import Person
from scheduling.sessions.models import Session
from scheduling.sessions.offers import answer_by
from scheduling.sessions.signals import needs_changing, session_cancelled, session_edited, session_moved
from scheduling.signups.announce import ASK, announce_sessions, announce_standbys
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.places import unclaim
from scheduling.signups.standbys import ready_for, stand_all_down
from scheduling.signups.tasks import take_minor_out
from scheduling.signups.waiting import fill_from_line
from volunteers.models import Volunteer
from volunteers.signals import consent_refused

State = Assignment.State


def _those(session: Session, *states: Assignment.State) -> list[Assignment]:
    rows = Assignment.objects.filter(session=session, state__in=states).select_related("volunteer").order_by("pk")
    found = list(rows)
    for row in found:
        row.session = session
    return found


def _change(rows: list[Assignment], state: Assignment.State, by: Person | None) -> None:
    for row in rows:
        row.state, row.by, row.answer_by, row.changed_at = state, by, None, clock.now()
    Assignment.objects.bulk_update(rows, ["state", "by", "answer_by", "changed_at"])


def _offer_anew(rows: list[Assignment], session: Session, by: Person | None) -> None:
    """Who had agreed said yes to another time; whoever is offered a place has the full while to answer again."""
    now = clock.now()
    if session.starts_at <= now:
        return
    until = answer_by(starts_at=session.starts_at, now=now)
    for row in rows:
        if row.state == State.AGREED:
            unclaim(row, row.volunteer.person_id)
        row.state, row.by, row.answer_by, row.changed_at = State.OFFERED, by, until, now
    Assignment.objects.bulk_update(rows, ["state", "by", "answer_by", "changed_at"])


def _tell(rows: list[Assignment], standbys: list[Standby], *sites: int) -> None:
    """The sites are named with the people: one publish locks in name order, site first, whoever else is told after.
    Told alone, people would be locked before a site that another transaction holds while it waits for them."""
    news: list[News] = []
    for name, some in (("assignment", rows), ("standby", standbys)):
        if some:
            topics = {*(f"hub:{site}" for site in sites), *(f"person:{row.volunteer.person_id}" for row in some)}
            ids = {"session": [some[0].session_id], name: [row.pk for row in some]}
            news += [(topic, f"{name}.changed", ids) for topic in topics]
    publish_each(news)


def _announce_standbys(session: Session, rows: list[Standby], template: str) -> None:
    for row in rows:
        row.session = session
    say(announce_standbys, rows, template)


@receiver(session_cancelled, dispatch_uid="signups.cancelled")
def release_all(sender: object, session: Session, by: Person | None, **kwargs: Any) -> None:
    """Its claims are the sender's to give up. Who had asked for a place hears of it as well; nobody of what is over."""
    rows = _those(session, *Assignment.ACTIVE, *Assignment.OPEN)
    _change(rows, State.RELEASED, by)
    standbys = stand_all_down(session=session, by=by)
    if session.ends_at > clock.now():
        say(announce_sessions, rows, "session_cancelled")
        _announce_standbys(session, standbys, "session_cancelled")
    _tell(rows, standbys, session.hub_id)


@receiver(session_moved, dispatch_uid="signups.moved")
def ask_again(sender: object, session: Session, by: Person | None, before: Mapping[str, Any], **kwargs: Any) -> None:
    """A new time or site is a new question, to those too who only asked for a place. Another room on the same site is
    only seen."""
    rows, offered = _those(session, *Assignment.ACTIVE), _those(session, State.OFFERED, State.AGREED)
    asking, standbys = _those(session, State.REQUESTED, State.WISHED, State.WAITING), ready_for(session)
    told = any(before[name] != getattr(session, name) for name in ("starts_at", "ends_at", "hub_id"))
    if told:
        _change(rows, State.PUBLISHED, by)
        _offer_anew(offered, session, by)
        say(announce_sessions, [*rows, *offered], "session_moved", ASK)
        say(announce_sessions, asking, "session_moved")
        _announce_standbys(session, standbys, "session_moved")
    _tell([*rows, *offered, *asking], standbys, before["hub_id"], session.hub_id)


@receiver(session_edited, dispatch_uid="signups.edited")
def offer_new_places(sender: object, session: Session, **kwargs: Any) -> None:
    """A higher target is free places: those in line come first."""
    fill_from_line(session=session.pk)


@receiver(needs_changing, dispatch_uid="signups.needs")
def keep_places_taken(sender: object, session: Session, targets: Mapping[int, int], **kwargs: Any) -> None:
    """A need can't shrink below those who have a place in it, or are offered one. Refused("need_in_use")."""
    rows = Assignment.objects.filter(need__in=targets, state__in=Assignment.HOLDING)
    for need, count in rows.values_list("need").annotate(Count("pk")):
        if count > targets[need]:
            raise Refused("need_in_use", need=need, taken=count)


@receiver(consent_refused, dispatch_uid="signups.consent_refused")
def take_out_minor(sender: object, volunteer: Volunteer, by: Person, **kwargs: Any) -> None:
    """The person is locked already: their sessions are locked one by one, by a worker."""
    take_minor_out.enqueue(volunteer.pk, by.pk)
