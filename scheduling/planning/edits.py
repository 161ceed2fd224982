"""What a coordinator changes by hand in a proposal. The same rules as the planner's: a refusal carries their code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.db import transaction
from django.db.models import Model

from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from scheduling.planning.models import Bar, Pin, Proposed, Run, Waiver
from scheduling.planning.proposal import Desk, Proposal
from scheduling.planning.publications import published_in
from scheduling.sessions.models import Need
from scheduling.solver import eligibility
from scheduling.solver.book import Book
from volunteers.models import Volunteer

P = ParamSpec("P")


def edit(rule: Callable[P, None]) -> Callable[P, Proposal]:
    """An edit holds the run's row while it looks and writes, so that two edits or an edit and a publish take turns. It
    answers with the proposal as it stands then."""

    @wraps(rule)
    @transaction.atomic
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Proposal:
        run, by = kwargs["run"], kwargs["by"]
        assert isinstance(run, Run)
        locked = Run.objects.select_for_update().only("state", "published_at").get(pk=run.pk)
        if locked.state != Run.State.FINISHED:
            raise Refused("run_not_finished", state=locked.state)
        need = kwargs.get("need")
        if locked.published_at or (isinstance(need, Need) and need.session_id in published_in(run)):
            raise Refused("already_published")
        rule(*args, **kwargs)
        edited = Proposal(run)
        Run.objects.filter(pk=run.pk).update(short=edited.short)
        actor = by.pk if isinstance(by, Person) else None
        facts: dict[str, Any] = {
            name: value.pk if isinstance(value, Model) else value
            for name, value in kwargs.items()
            if name not in ("run", "by")
        }
        append(action=f"proposal.{rule.__name__}", subject=run, actor_id=actor, **facts)
        publish([f"run:{run.pk}"], "proposal.changed", run=[run.pk])
        return edited

    return wrapped


@edit
def add_place(*, run: Run, need: Need, volunteer: Volunteer, by: Person | None) -> None:
    """Give a place by hand. It is pinned: planning again keeps it."""
    proposal = Proposal(run)
    _refuse_unfit(proposal, proposal.book, need, volunteer)
    _write(run, need, volunteer)


@edit
def remove_place(*, run: Run, need: Need, volunteer: Volunteer, by: Person | None) -> None:
    proposal = Proposal(run)
    _refuse_leaving(proposal, need, volunteer)
    _take_out(run, need, volunteer)


@edit
def swap_place(*, run: Run, need: Need, volunteer: Volunteer, instead: Volunteer, by: Person | None) -> None:
    """Give the place of `volunteer` to `instead`."""
    proposal = Proposal(run)
    leaving = _refuse_leaving(proposal, need, volunteer, coming=instead)
    book = Book([triple for triple in proposal.triples if triple != leaving])
    _refuse_unfit(proposal, book, need, instead)
    _take_out(run, need, volunteer)
    _write(run, need, instead)


@edit
def pin_place(*, run: Run, need: Need, volunteer: Volunteer, by: Person | None) -> None:
    """Planning again keeps this place."""
    _refuse_absent(Proposal(run), need, volunteer)
    Pin.objects.get_or_create(need=need, volunteer=volunteer)


@edit
def unpin_place(*, run: Run, need: Need, volunteer: Volunteer, by: Person | None) -> None:
    """Refused("waived") for an exception: it holds for this place alone, and goes when the place does."""
    if Waiver.objects.filter(pin__need=need, pin__volunteer=volunteer).exists():
        raise Refused("waived", need=need.pk, volunteer=volunteer.pk)
    Pin.objects.filter(need=need, volunteer=volunteer).delete()


@edit
def bar_volunteer(*, run: Run, need: Need, volunteer: Volunteer, by: Person | None) -> None:
    """Not this volunteer in this session, now and when planning again."""
    proposal = Proposal(run)
    if (need.pk, volunteer.pk) in proposal.places:
        _refuse_leaving(proposal, need, volunteer)
        _take_out(run, need, volunteer)
    Bar.objects.get_or_create(session_id=need.session_id, volunteer=volunteer)


@edit
def unbar_volunteer(*, run: Run, need: Need, volunteer: Volunteer, by: Person | None) -> None:
    Bar.objects.filter(session_id=need.session_id, volunteer=volunteer).delete()


def refusal(proposal: Desk, book: Book, need_id: int, volunteer_id: int) -> Refused | None:
    """Why a volunteer may not take this place beside the places in `book`; None when nothing speaks against it."""
    if need_id not in proposal.place_of:
        return Refused("session_not_planned", need=need_id)
    facts = {"need": need_id, "volunteer": volunteer_id}
    if volunteer_id not in proposal.v_of:
        return Refused("unassignable", **facts)
    v, s, r = proposal.triple(need_id, volunteer_id)
    reasons = [proposal.refine(code, v, s) for code in book.reasons(proposal.problem, v, s, r)]
    if reasons:
        return Refused(reasons[0], reasons=reasons, sessions=_in_the_way(proposal, book, v, s), **facts)
    if book.heads[s, r] >= proposal.problem.sessions[s].needs[r].target:
        return Refused("need_full", **facts)
    return None


def _refuse_unfit(proposal: Proposal, book: Book, need: Need, volunteer: Volunteer) -> None:
    if no := refusal(proposal, book, need.pk, volunteer.pk):
        raise no


def _in_the_way(proposal: Desk, book: Book, v: int, s: int) -> list[int]:
    """Ids of the volunteer's sessions that clash with session `s`."""
    problem = proposal.problem
    one, session = problem.volunteers[v], problem.sessions[s]
    others = [other for other, _ in book.taken.get(v, ()) if other != s]
    return [
        proposal.index.sessions[other]
        for other in others
        if eligibility.clash(one, session, problem.sessions[other], problem.travel)
    ]


def _refuse_leaving(
    proposal: Proposal, need: Need, volunteer: Volunteer, *, coming: Volunteer | None = None
) -> tuple[int, int, int]:
    """The row as positions. Refused for who said they come, and for the company that a newcomer needs."""
    _refuse_absent(proposal, need, volunteer)
    triple = proposal.triple(need.pk, volunteer.pk)
    facts = {"need": need.pk, "volunteer": volunteer.pk}
    if triple in proposal.index.accepted:
        raise Refused("accepted", **facts)
    v, s, _ = triple
    people = proposal.problem.volunteers
    staying = [w for w in proposal.book.present.get(s, ()) if w != v]
    if coming is not None and coming.pk in proposal.v_of:
        staying.append(proposal.v_of[coming.pk])
    company = [people[w] for w in staying]
    for w in staying:
        left_alone = eligibility.needs_experienced(people[w], company)
        if left_alone and (coming is None or proposal.index.volunteers[w] != coming.pk):
            newcomer = proposal.index.volunteers[w]
            raise Refused("needs_experienced", need=need.pk, volunteer=newcomer, leaving=volunteer.pk)
    return triple


def _refuse_absent(proposal: Proposal, need: Need, volunteer: Volunteer) -> None:
    if (need.pk, volunteer.pk) not in proposal.places:
        raise Refused("not_in_proposal", need=need.pk, volunteer=volunteer.pk)


def _write(run: Run, need: Need, volunteer: Volunteer) -> None:
    Proposed.objects.create(run=run, need=need, volunteer=volunteer, by_hand=True)
    Pin.objects.get_or_create(need=need, volunteer=volunteer)


def _take_out(run: Run, need: Need, volunteer: Volunteer) -> None:
    Proposed.objects.filter(run=run, need=need, volunteer=volunteer).delete()
    Pin.objects.filter(need=need, volunteer=volunteer).delete()
