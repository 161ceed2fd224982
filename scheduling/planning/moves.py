"""Changes of a proposal that belong together: a remedy, or what a what-if found. All of them are made or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from scheduling.planning.edits import edit, refusal
from scheduling.planning.index import Triple
from scheduling.planning.models import Bar, Pin, Proposed, Run, Waiver
from scheduling.planning.proposal import Proposal
from scheduling.planning.waivers import Place
from scheduling.sessions.models import Need
from scheduling.solver import eligibility


@edit
def make_moves(
    *,
    run: Run,
    dropped: Iterable[Place],
    added: Iterable[Place],
    waived: Sequence[tuple[int, int, str]] = (),
    barred: Sequence[Place] = (),
    by: Person | None,
) -> None:
    """Take people out of places and put people into others; what is added is pinned.

    `waived`: (need id, volunteer id, code) of some of the added: the rule that gives way, since the person was asked
    and agreed. It is an exception for that place alone, and never one from a check, a bar or another commitment.
    `barred`: whom to keep out of the session of a need from now on.
    """
    proposal = Proposal(run)
    dropped, added = dict.fromkeys(dropped), dict.fromkeys(added)
    _refuse_gone([need for need, _ in (*added, *barred)])
    _refuse_published(proposal, {need for need, _ in (*added, *dropped, *barred)})
    gone = [_leaving(proposal, place) for place in dropped]
    exceptions = _needed(proposal, gone, {(need, who): code for need, who, code in waived if (need, who) in added})
    staying = {place: code for place, code in proposal.waived.items() if place not in dropped}
    proposal.waived = staying | exceptions
    _refuse_unfit(proposal, gone, added)
    _refuse_staying(proposal, gone, barred)
    for need, volunteer in dropped:
        Proposed.objects.filter(run=run, need=need, volunteer=volunteer).delete()
        Pin.objects.filter(need=need, volunteer=volunteer).delete()
    for need, volunteer in added:
        Proposed.objects.create(run=run, need_id=need, volunteer_id=volunteer, by_hand=True)
        pin, _ = Pin.objects.get_or_create(need_id=need, volunteer_id=volunteer)
        if code := exceptions.get((need, volunteer)):
            _allow(pin, code, by)
    for need, volunteer in barred:
        session = Need.objects.values_list("session", flat=True).get(pk=need)
        Bar.objects.get_or_create(session_id=session, volunteer_id=volunteer)


def _refuse_gone(needs: Collection[int]) -> None:
    """A session may have been taken away since it was planned."""
    there = set(Need.objects.filter(pk__in=needs).values_list("pk", flat=True))
    for need in needs:
        if need not in there:
            raise Refused("session_not_planned", need=need)


def _refuse_published(proposal: Proposal, needs: Collection[int]) -> None:
    if any(proposal.place_of[need][0] in proposal.closed for need in needs if need in proposal.place_of):
        raise Refused("already_published")


def _leaving(proposal: Proposal, place: Place) -> Triple:
    if place not in proposal.places:
        raise Refused("not_in_proposal", need=place[0], volunteer=place[1])
    triple = proposal.triple(*place)
    if triple in proposal.accepted:
        raise Refused("accepted", need=place[0], volunteer=place[1])
    return triple


def _needed(proposal: Proposal, gone: Sequence[Triple], waived: Mapping[Place, str]) -> dict[Place, str]:
    """The exceptions that are needed: where a rule no longer stands in the way nothing has to give way."""
    book, found = proposal.book.copy(), {}
    book.apply(gone, ())
    for (need, volunteer), code in waived.items():
        if need not in proposal.place_of or volunteer not in proposal.v_of:
            continue
        v, s, r = proposal.triple(need, volunteer)
        if code not in Waiver.Code.values or (code == Waiver.Code.BLOCKED and proposal.is_engaged(v, s)):
            raise Refused(code, need=need, volunteer=volunteer)
        if code in book.reasons(proposal.strict, v, s, r):
            found[need, volunteer] = code
    return found


def _refuse_unfit(proposal: Proposal, gone: Sequence[Triple], added: Collection[Place]) -> None:
    """Each place is judged beside all the others, as they will stand."""
    come = [proposal.triple(*place) for place in added if place[0] in proposal.place_of and place[1] in proposal.v_of]
    book = proposal.book.copy()
    book.apply(gone, come)
    for place in added:
        beside = book.copy()
        if len(come) == len(added):
            beside.remove(proposal.triple(*place))
        if no := refusal(proposal, beside, *place):
            raise no
    people = proposal.problem.volunteers
    for v, s, _ in gone:
        for w in book.present[s]:
            if eligibility.needs_experienced(people[w], [people[other] for other in book.present[s] if other != w]):
                need, leaving = proposal.ids((v, s, 0))
                raise Refused("needs_experienced", need=need, volunteer=proposal.index.volunteers[w], leaving=leaving)


def _refuse_staying(proposal: Proposal, gone: Sequence[Triple], barred: Sequence[Place]) -> None:
    """Who is kept out of a session must have left it."""
    staying = {(v, s) for v, s, r in proposal.triples if (v, s, r) not in gone}
    for need, volunteer in barred:
        if need not in proposal.place_of or volunteer not in proposal.v_of:
            raise Refused("not_in_proposal", need=need, volunteer=volunteer)
        if proposal.triple(need, volunteer)[:2] in staying:
            raise Refused("assigned_here", need=need, volunteer=volunteer)


def _allow(pin: Pin, code: str, by: Person | None) -> None:
    Waiver.objects.update_or_create(pin=pin, defaults={"code": code, "allowed_by": by, "allowed_at": clock.now()})
    hub = Need.objects.values_list("session__hub", flat=True).get(pk=pin.need_id)
    append(
        action="waiver.allowed",
        subject=pin,
        actor_id=by.pk if by else None,
        hub_id=hub,
        need=pin.need_id,
        volunteer=pin.volunteer_id,
        code=code,
    )
