"""What a guardian agrees to for a child, one thing apart from the other. Rows are only added: the newest holds, and
either guardian may take back what the other agreed to.

Each answer is to a version of a text (the front end's `consents.text.<kind>.<version>`). A newer text is asked again
where what was agreed to no longer covers it: `holds_from` says from which version on an answer still counts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import told_together
from hub.people.circles import guardians_of, let_in, lock_family, need_guardian, tell
from hub.people.models import Child, Consent, Family, Person
from hub.people.signals import data_consent_withdrawn

Kind = Consent.Kind
Answers = Mapping[Consent.Kind, bool]


@dataclass(frozen=True)
class Text:
    version: int = 1
    holds_from: int = 1


TEXTS: dict[Consent.Kind, Text] = {
    Kind.DATA: Text(),
    Kind.PHOTO: Text(),
    Kind.FIRST_AID: Text(),
    Kind.HOME_ALONE: Text(),
}
"""In the order in which they are asked."""


def holds(consent: Consent | None) -> bool:
    """Agreed to, and the text of then still covers what is done now."""
    return consent is not None and consent.granted and consent.version >= TEXTS[Kind(consent.kind)].holds_from


def is_open(consent: Consent | None) -> bool:
    """Not answered yet, or to a text that a newer one replaced."""
    return consent is None or (consent.granted and not holds(consent))


def standing(subjects: Collection[int]) -> dict[int, dict[Consent.Kind, Consent]]:
    """The newest answer of each kind, by child (a person's id). One query for any number."""
    newest: dict[int, dict[Consent.Kind, Consent]] = defaultdict(dict)
    rows = Consent.objects.filter(subject__in=subjects, kind__in=TEXTS).select_related("given_by", "recorded_by")
    for row in rows.order_by("pk"):
        newest[row.subject_id][Kind(row.kind)] = row
    return newest


def missing_for(
    subjects: Collection[int], kind: Consent.Kind = Kind.DATA, *, at: dt.datetime | None = None
) -> set[int]:
    """Those of these children (by person) for whom nothing in force (or nothing that was, at that moment) allows
    `kind`: without the data consent a child can't be booked. One query."""
    newest: dict[int, bool] = {}
    rows = Consent.objects.filter(subject__in=subjects, kind=kind).order_by("pk")
    if at:
        rows = rows.filter(recorded_at__lte=at)
    for subject, granted, version in rows.values_list("subject", "granted", "version"):
        newest[subject] = granted and version >= TEXTS[kind].holds_from
    return {subject for subject in subjects if not newest.get(subject, False)}


@transaction.atomic
@told_together()
def answer(*, child: Child, answers: Answers, by: Person) -> list[Consent]:
    """What a guardian says now. What was said before and stays the same is not written again.

    Refused: not_found (for who is no guardian), nothing_answered.
    """
    need_guardian(by, child.family)
    _check(answers)
    return write_answers(family=child.family, said={child.pk: answers}, given_by=by, by=by)


@transaction.atomic
@told_together()
def record_paper(*, child: Child, answers: Answers, signed_by: Person, signed_on: dt.date, by: Person) -> list[Consent]:
    """`by` saw a paper of this date, signed by one of the guardians.

    Refused: nothing_answered, paper_in_future, proof_of_own, not_a_guardian.
    """
    _check(answers)
    if signed_on > clock.today():
        raise Refused("paper_in_future")
    guardians = {one.pk for one in guardians_of(child.family)}
    if by.pk in guardians:
        raise Refused("proof_of_own")
    if signed_by.pk not in guardians:
        raise Refused("not_a_guardian")
    return write_answers(family=child.family, said={child.pk: answers}, given_by=signed_by, by=by, signed_on=signed_on)


def write_answers(
    *, family: Family, said: Mapping[int, Answers], given_by: Person, by: Person, signed_on: dt.date | None = None
) -> list[Consent]:
    """Answers for several children of one family (by id); who may give them was asked before. Called
    `told_together`."""
    lock_family(family)
    children = list(Child.objects.filter(family=family, pk__in=said).select_related("person", "family").order_by("pk"))
    if len(children) < len(said):
        raise Refused("not_found", model="child")
    before = standing([child.person_id for child in children])
    written = []
    for child in children:
        known = before.get(child.person_id, {})
        for kind, granted in said[child.pk].items():
            text = TEXTS[kind]
            if signed_on is None and _same(known.get(kind), granted, text):
                continue
            written.append(_write(child, kind, granted, given_by=given_by, by=by, signed_on=signed_on))
            if kind == Kind.DATA and not granted:
                _stop(child, by=by)
            elif kind == Kind.DATA:
                _confirm(family)
    tell(family)
    return written


def _check(answers: Answers) -> None:
    if not answers or not set(answers) <= set(TEXTS):
        raise Refused("nothing_answered")


def _same(known: Consent | None, granted: bool, text: Text) -> bool:
    return known is not None and known.granted == granted and known.version == text.version


def _write(
    child: Child, kind: Consent.Kind, granted: bool, *, given_by: Person, by: Person, signed_on: dt.date | None
) -> Consent:
    consent = Consent.objects.create(
        subject=child.person,
        kind=kind,
        version=TEXTS[kind].version,
        granted=granted,
        given_by=given_by,
        recorded_by=by,
        recorded_at=clock.now(),
        signed_on=signed_on,
    )
    append(
        action="consent.given" if granted else "consent.refused",
        subject=consent,
        actor_id=by.pk,
        for_id=child.person_id,
        child=child.pk,
        kind=str(kind),
        version=consent.version,
        on_paper=signed_on is not None,
    )
    return consent


def _stop(child: Child, *, by: Person) -> None:
    """Without it nothing more is done with the child's data: what was noted of them goes, places to come are given up.
    What took place stays as the record that law obliges to keep."""
    Child.objects.filter(pk=child.pk).update(care_note="", hardship="", left_behind="")
    data_consent_withdrawn.send(sender=Child, child=child, by=by)


def _confirm(family: Family) -> None:
    if family.confirmed_at is None:
        family.confirmed_at = clock.now()
        family.save(update_fields=["confirmed_at"])
        append(action="family.confirmed", subject=family, actor_id=None)
    let_in(family.guardian)


def on_file(children: Iterable[Child], *, recorded_by: int | None) -> None:
    """Children who come by a week's workbook: its row says that the site holds the guardian's signed form. Whoever has
    answered, either way, is left as they said."""
    known = list(children)
    asked = set(
        Consent.objects.filter(subject__in=[one.person_id for one in known], kind=Kind.DATA).values_list(
            "subject", flat=True
        )
    )
    Consent.objects.bulk_create(
        Consent(
            subject_id=child.person_id,
            kind=Kind.DATA,
            version=TEXTS[Kind.DATA].version,
            granted=True,
            given_by_id=child.family.guardian_id,
            recorded_by_id=recorded_by,
            recorded_at=clock.now(),
        )
        for child in known
        if child.person_id not in asked
    )
