"""The hash chain: each sealed entry's digest covers what it says and the digest before it.

Entries are appended unsealed, so that rules never wait for one another; the sealer, run by the worker, links them in
the order of their numbers. An entry whose transaction commits late is linked later: a sealed order never changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from hub.journal.models import Chain, Entry

FIELDS = ("pk", "actor_id", "for_id", "action", "subject", "facts", "at")
AT_A_TIME = 2000
LINK = "UPDATE journal_entry SET seq = %s, digest = %s WHERE id = %s AND seq IS NULL"


def digest_of(before: str, chain: int, seq: int, row: tuple[Any, ...]) -> str:
    """SHA-256 over canonical JSON: one text for one content, whatever database it comes from."""
    pk, actor_id, for_id, action, subject, facts, at = row
    said = [before, chain, seq, pk, actor_id, for_id, action, subject, facts, at.isoformat(timespec="microseconds")]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_all() -> int:
    """Link everything that is not linked yet; returns how many entries. Safe to run anywhere, any number at once."""
    open_chains = Entry.objects.filter(seq__isnull=True).values_list("chain", flat=True).distinct().order_by("chain")
    return sum(seal_chain(chain) for chain in list(open_chains))


def seal_chain(chain: int) -> int:
    sealed = 0
    while linked := _seal_some(chain):
        sealed += linked
    return sealed


@transaction.atomic
def _seal_some(chain: int) -> int:
    """A bounded number, so that on SQLite nobody waits long for the writer's turn."""
    Chain.objects.get_or_create(number=chain)
    head = Chain.objects.select_for_update().get(number=chain)
    rows = list(Entry.objects.filter(chain=chain, seq__isnull=True).order_by("pk").values_list(*FIELDS)[:AT_A_TIME])
    if not rows:
        return 0
    links = []
    for row in rows:
        head.seq += 1
        head.digest = digest_of(head.digest, chain, head.seq, row)
        links.append((head.seq, head.digest, row[0]))
    with connection.cursor() as cursor:
        cursor.executemany(LINK, links)
    head.save(update_fields=["seq", "digest"])
    return len(rows)


@dataclass(frozen=True)
class Fault:
    """The first link that does not hold."""

    seq: int
    entry_id: int | None
    kind: str
    """`altered`: says something else than when it was sealed. `missing`: gone. `cut`: gone with all after it.
    `added`: stands past the end."""


@dataclass(frozen=True)
class Report:
    chain: int
    sealed: int
    """Links that hold, from the first one on."""
    unsealed: int
    digest: str
    """Of the last link that holds. Written down elsewhere, it proves all before it."""
    fault: Fault | None


def verify(chain: int) -> Report:
    """Recompute the chain from its first link to its head."""
    seq, digest, fault = 0, "", None
    for row in _links(chain):
        stored_seq, stored_digest, *said = row
        if stored_seq != seq + 1:
            fault = Fault(seq + 1, None, "missing")
            break
        if digest_of(digest, chain, stored_seq, tuple(said)) != stored_digest:
            fault = Fault(stored_seq, said[0], "altered")
            break
        seq, digest = stored_seq, stored_digest
    head = Chain.objects.filter(number=chain).first()
    if fault is None:
        fault = _fault_at_end(head, seq, digest)
    unsealed = Entry.objects.filter(chain=chain, seq__isnull=True).count()
    return Report(chain, seq, unsealed, digest, fault)


def verify_all() -> Iterator[Report]:
    numbers = set(Entry.objects.values_list("chain", flat=True).distinct()) | set(
        Chain.objects.values_list("number", flat=True)
    )
    for number in sorted(numbers):
        yield verify(number)


def _links(chain: int) -> Iterator[tuple[Any, ...]]:
    links = Entry.objects.filter(chain=chain, seq__isnull=False).order_by("seq")
    return links.values_list("seq", "digest", *FIELDS).iterator(chunk_size=5000)


def _fault_at_end(head: Chain | None, seq: int, digest: str) -> Fault | None:
    head_seq, head_digest = (head.seq, head.digest) if head else (0, "")
    if head_seq > seq:
        return Fault(seq + 1, None, "cut")
    if (head_seq, head_digest) != (seq, digest):
        return Fault(head_seq + 1, None, "added")
    return None
