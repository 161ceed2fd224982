"""/api/rounds: asking everybody about a week, answering, and calling those who are silent."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.actor import Actor
from hub.access.guessing import by_token
from hub.access.operations import acting, anyone, planners, volunteers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.models import Role
from hub.places.models import Hub
from hub.sealed import mask_name
from volunteers.availability import ByDay
from volunteers.people_api import WindowIn
from volunteers.rounds import read
from volunteers.rounds.answers import answer, known_times, last_weeks_times, note_missed_call
from volunteers.rounds.links import find_asked
from volunteers.rounds.models import Asked, Round
from volunteers.rounds.rounds import close_round, is_over, next_week, remind_silent, start_round
from volunteers.schemas import WindowOut, windows_out

router = Router()
Answer = Asked.Answer


class RoundHubOut(Schema):
    id: int
    name: str


class RoundOut(Schema):
    id: int
    week: dt.date
    hub: RoundHubOut | None
    """None for the whole district."""
    started_at: dt.datetime
    reminded_at: dt.datetime | None
    closed_at: dt.datetime | None
    silent: int
    same: int
    times: int
    away: int
    mine: bool
    """May be reminded of, and closed, by the asking person."""


class RoundDeskOut(Schema):
    week: dt.date
    rounds: list[RoundOut]
    district: bool
    """May ask the whole district."""
    hubs: list[RoundHubOut]
    """Around which the asking person may ask."""


class RoundAskedOut(Schema):
    id: int
    volunteer: int
    name: str
    phone: str
    """Whole for the silent, who are to be called; else empty."""
    answer: Answer
    answered_at: dt.datetime | None
    recorded_by: str
    called_at: dt.datetime | None
    times: list[WindowOut]
    """Of the silent: what is known, to answer from while on the phone."""


class RoundAskedPageOut(Schema):
    people: list[RoundAskedOut]
    more: bool


class RoundQuestionOut(Schema):
    id: int
    name: str
    """Family name and a star: a link may be opened by anybody."""
    week: dt.date
    answer: Answer
    over: bool
    known: list[WindowOut]
    """What holds for the week as far as is known."""
    same: list[WindowOut]
    """What "as last week" would mean."""


class RoundQuestionsOut(Schema):
    questions: list[RoundQuestionOut]


class RoundStartIn(Schema):
    week: dt.date
    hub: int | None = None


class RoundAnswerIn(Schema):
    answer: Literal["same", "times", "away"]
    times: list[WindowIn] = []


def round_out(actor: Actor, one: Any) -> RoundOut:
    return RoundOut(
        id=one.pk,
        week=one.week,
        hub=RoundHubOut(id=one.hub.pk, name=one.hub.name) if one.hub else None,
        started_at=one.started_at,
        reminded_at=one.reminded_at,
        closed_at=one.closed_at,
        **{str(value): getattr(one, str(value)) for value in Answer},
        mine=actor.has(Role.ADMINISTRATOR) or one.hub_id in actor.hub_ids,
    )


def _round_out(request: HttpRequest, round_id: int) -> RoundOut:
    actor = acting(request)
    return round_out(actor, fetch(actor, "view", read.with_counts(Round.objects.all()), round_id))


@router.get("/rounds", response=RoundDeskOut, auth=planners)
def get_rounds(request: HttpRequest, week: dt.date | None = None) -> RoundDeskOut:
    """The rounds of a week, the next when none is named, and which may be started."""
    actor, monday = acting(request), week or next_week()
    rounds = visible(actor, "view", read.with_counts(Round.objects.filter(week=monday))).order_by("pk")
    hubs = list(visible(actor, "ask_around", Hub.objects.order_by("pk")))
    known = {hub.pk for hub in hubs}
    return RoundDeskOut(
        week=monday,
        rounds=[round_out(actor, one) for one in rounds],
        district=actor.has(Role.ADMINISTRATOR),
        hubs=[RoundHubOut(id=hub.pk, name=hub.name) for hub in hubs if hub.parent_id not in known],
    )


@router.post("/rounds", response=RoundOut, auth=planners)
def post_round(request: HttpRequest, wish: RoundStartIn) -> RoundOut:
    """Ask everyone about a week: around a hub, or, for administrators, in the whole district."""
    actor = acting(request)
    hub = fetch(actor, "ask_around", Hub.objects.all(), wish.hub) if wish.hub else None
    if hub is None and not actor.has(Role.ADMINISTRATOR):
        raise Refused("not_allowed")
    found = start_round(week=wish.week, hub=hub, by=actor.person)
    return _round_out(request, found.pk)


@router.get("/rounds/mine", response=RoundQuestionsOut, auth=volunteers)
def get_my_questions(request: HttpRequest) -> RoundQuestionsOut:
    return RoundQuestionsOut(questions=[question_out(one) for one in read.open_questions(acting(request).person.pk)])


@router.get("/rounds/{int:round_id}", response=RoundOut, auth=planners)
def get_round(request: HttpRequest, round_id: int) -> RoundOut:
    return _round_out(request, round_id)


@router.get("/rounds/{int:round_id}/people", response=RoundAskedPageOut, auth=planners)
def get_round_people(request: HttpRequest, round_id: int, silent: bool = True, skip: int = 0) -> RoundAskedPageOut:
    """The silent, to be called; or those who answered, newest first."""
    found = fetch(acting(request), "view", Round.objects.all(), round_id)
    answers = [Answer.SILENT] if silent else [one for one in Answer if one != Answer.SILENT]
    rows = read.people_in(found, answers=answers, skip=min(max(skip, 0), 100_000))
    return RoundAskedPageOut(people=[asked_out(one) for one in rows[: read.PAGE]], more=len(rows) > read.PAGE)


@router.post("/rounds/{int:round_id}/remind", response=RoundOut, auth=planners)
def post_remind(request: HttpRequest, round_id: int) -> RoundOut:
    """One message more to each of the silent."""
    actor = acting(request)
    remind_silent(round_=fetch(actor, "run", Round.objects.all(), round_id), by=actor.person)
    return _round_out(request, round_id)


@router.post("/rounds/{int:round_id}/close", response=RoundOut, auth=planners)
def post_close(request: HttpRequest, round_id: int) -> RoundOut:
    actor = acting(request)
    close_round(round_=fetch(actor, "run", Round.objects.all(), round_id), by=actor.person)
    return _round_out(request, round_id)


@router.post("/rounds/asked/{int:asked_id}/called", response=RoundAskedOut, auth=planners)
def post_called(request: HttpRequest, asked_id: int, said: RoundAnswerIn) -> RoundAskedOut:
    """What somebody said on the phone, written down for them and marked so."""
    actor = acting(request)
    asked = fetch(actor, "call", _asked(), asked_id)
    return asked_out(answer(asked=asked, said=Answer(said.answer), times=_times(said), by=actor.person))


@router.post("/rounds/asked/{int:asked_id}/missed", response=RoundAskedOut, auth=planners)
def post_missed(request: HttpRequest, asked_id: int) -> RoundAskedOut:
    """Called, and nobody took it."""
    actor = acting(request)
    return asked_out(note_missed_call(asked=fetch(actor, "call", _asked(), asked_id), by=actor.person))


@router.post("/rounds/asked/{int:asked_id}/answer", response=RoundQuestionOut, auth=volunteers)
def post_my_answer(request: HttpRequest, asked_id: int, said: RoundAnswerIn) -> RoundQuestionOut:
    actor = acting(request)
    asked = fetch(actor, "answer", _asked(), asked_id)
    return question_out(answer(asked=asked, said=Answer(said.answer), times=_times(said), by=actor.person))


@router.get("/round-links/{token}", response=RoundQuestionOut, auth=anyone)
def get_question(request: HttpRequest, token: str) -> RoundQuestionOut:
    return question_out(by_token(request, token, find_asked))


@router.post("/round-links/{token}", response=RoundQuestionOut, auth=anyone)
def post_answer(request: HttpRequest, token: str, said: RoundAnswerIn) -> RoundQuestionOut:
    """Whoever holds the link answers for its week, and for nothing else."""
    asked = by_token(request, token, find_asked)
    by = asked.volunteer.person
    return question_out(answer(asked=asked, said=Answer(said.answer), times=_times(said), by=by))


def _asked() -> Any:
    return Asked.objects.select_related("round", "volunteer__person", "recorded_by")


def _times(said: RoundAnswerIn) -> ByDay | None:
    return [[one.weekday, one.start, one.end] for one in said.times] if said.answer == "times" else None


def question_out(asked: Asked) -> RoundQuestionOut:
    return RoundQuestionOut(
        id=asked.pk,
        name=mask_name(asked.volunteer.person.name),
        week=asked.week,
        answer=Answer(asked.answer),
        over=is_over(asked.round),
        known=windows_out(known_times(asked.volunteer, asked.week)),
        same=windows_out(last_weeks_times(asked.volunteer, asked.week)),
    )


def asked_out(asked: Asked) -> RoundAskedOut:
    person, silent = asked.volunteer.person, asked.answer == Answer.SILENT
    return RoundAskedOut(
        id=asked.pk,
        volunteer=asked.volunteer_id,
        name=person.name,
        phone=person.phone if silent else "",
        answer=Answer(asked.answer),
        answered_at=asked.answered_at,
        recorded_by=asked.recorded_by.name if asked.recorded_by else "",
        called_at=asked.called_at,
        times=windows_out(known_times(asked.volunteer, asked.week)),
    )
