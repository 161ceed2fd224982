"""What the journal attests besides itself: the rows whose content a deed tells by the fact `digest`. An app registers
how its rows are digested; the last such deed of a row must tell the row as it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.db.models import Model

from hub.journal.models import Entry

Digests = Callable[[Collection[int]], dict[int, str]]
"""Keys -> digest of each row that exists."""

AT_A_TIME = 2000
_attested: dict[type[Model], Digests] = {}


def attest(model: type[Model], digests: Digests) -> None:
    _attested[model] = digests


@dataclass(frozen=True)
class RowFault:
    """The first row that is not what the journal says."""

    pk: int
    entry_id: int | None
    """The deed that tells it otherwise."""
    kind: str
    """`row_altered`: says something else than when it was journaled. `row_missing`: gone. `row_added`: no deed tells
    of it."""


@dataclass(frozen=True)
class RowReport:
    label: str
    rows: int
    """Rows that are what the journal says."""
    fault: RowFault | None


def verify_rows() -> Iterator[RowReport]:
    for model, digests in _attested.items():
        yield _verify_model(model, digests)


def _verify_model(model: type[Model], digests: Digests) -> RowReport:
    label = model._meta.label_lower
    told = _told(label)
    keys = sorted(told | dict.fromkeys(model._default_manager.values_list("pk", flat=True)))
    held = 0
    for start in range(0, len(keys), AT_A_TIME):
        some = keys[start : start + AT_A_TIME]
        found = digests(some)
        for pk in some:
            fault = _fault(pk, told.get(pk), found.get(pk))
            # Somebody may have written between the two readings: what differs is read again.
            if fault and (fault := _fault(pk, _told(label, pk).get(pk), digests([pk]).get(pk))):
                return RowReport(label, held, fault)
            held += pk in found
    return RowReport(label, held, None)


Told = tuple[int, str]
"""(id of the deed, digest)"""


def _told(label: str, pk: int | None = None) -> dict[int, Told]:
    """What the last deed of each row tells."""
    of_one = {"subject__startswith": f"{label}:"} if pk is None else {"subject": f"{label}:{pk}"}
    deeds = Entry.objects.filter(**of_one).order_by("pk").values_list("pk", "subject", "facts")
    return {
        int(subject.rpartition(":")[2]): (entry, facts["digest"])
        for entry, subject, facts in deeds.iterator(chunk_size=5000)
        if "digest" in facts
    }


def _fault(pk: int, told: Told | None, found: str | None) -> RowFault | None:
    if told is None:
        return RowFault(pk, None, "row_added") if found else None
    entry, digest = told
    if found is None:
        return RowFault(pk, entry, "row_missing")
    return None if found == digest else RowFault(pk, entry, "row_altered")
