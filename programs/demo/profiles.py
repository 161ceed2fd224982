"""What waits for somebody: a claim to verify, a minor whose guardian was asked, and a round half answered."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Person, Role
from hub.people.roles import appoint
from hub.places.models import Hub
from volunteers.consents import ask_guardian
from volunteers.models import Skill, Volunteer
from volunteers.proofs import claim_check, claim_skill, set_needs_proof
from volunteers.rounds.answers import answer
from volunteers.rounds.models import Asked, Round
from volunteers.rounds.rounds import start_round

PROVEN_SKILL = "急救"
MINOR, MINORS_PHONE = "陈小禾", "199699000001"
GUARDIAN, GUARDIANS_PHONE = "陈建国", "199699000002"
Answer = Asked.Answer


def ask_about(monday: dt.date) -> None:
    """A round around the sites of the coordinator that visitors become; every other one has answered as they come
    anyway, so that the week's plan is what it was."""
    coordinator = face_of(Role.COORDINATOR)
    hub = coordinator and Hub.objects.filter(pk__in=load_actor(coordinator).hub_ids, parent=None).first()
    if not coordinator or not hub or Round.objects.filter(week=monday).exists():
        return
    asked = start_round(week=monday, hub=hub, by=coordinator).asked.select_related("round", "volunteer__person")
    for number, one in enumerate(asked.order_by("pk")):
        if number % 2:
            by = coordinator if number % 10 == 9 else one.volunteer.person
            answer(asked=one, said=Answer.SAME, times=None, by=by)


def leave_claims() -> None:
    """Two things a coordinator is to look at. Again is harmless."""
    coordinator = face_of(Role.COORDINATOR)
    skill = Skill.objects.filter(name=PROVEN_SKILL).first()
    if coordinator is None or skill is None or skill.needs_proof:
        return
    set_needs_proof(skill=skill, needs_proof=True, by=coordinator)
    able = Volunteer.objects.filter(active=True).select_related("person").order_by("pk")
    for one in able.exclude(held_skills__skill=skill)[:1]:
        claim_skill(volunteer=one, skill=skill, by=one.person)
    for one in able.exclude(clearances__isnull=False)[:1]:
        day = clock.today() - dt.timedelta(days=3)
        claim_check(volunteer=one, kind="child", checked_on=day, by=one.person)


def ask_a_guardian() -> None:
    """A pupil of fifteen who may not come before a guardian agrees."""
    coordinator = face_of(Role.COORDINATOR)
    if coordinator is None or Person.objects.filter(name=MINOR).exists():
        return
    grant = appoint(name=MINOR, phone=MINORS_PHONE, role=Role.VOLUNTEER, by=None)
    pupil = grant.person
    pupil.birth_date = clock.today() - dt.timedelta(days=15 * 366)
    pupil.save()
    home = Hub.objects.filter(parent=None).order_by("pk").first()
    weekend = [[weekday, 9 * 60, 17 * 60] for weekday in (5, 6)]
    volunteer = Volunteer.objects.create(person=pupil, home=home, availability=weekend)
    ask_guardian(volunteer=volunteer, name=GUARDIAN, phone=GUARDIANS_PHONE, by=pupil)
