"""Bringing the sound workbook, or one a little other, as the command line would."""

from __future__ import annotations

from typing import Any

from hub.workbook.confirm import Outcome, import_workbook
from tests.workbook.files import SOUND, Change, workbook


def bring(*changes: Change, **options: Any) -> Outcome:
    outcome = import_workbook(data=workbook(*changes), file_name="week.xlsx", **options)
    assert outcome.book.faults == []
    return outcome


def totals(outcome: Outcome) -> tuple[int, int, int]:
    counts = outcome.counts.values()
    return sum(one.created for one in counts), sum(one.changed for one in counts), sum(one.same for one in counts)


ROWS = sum(len(rows) - 1 for rows in SOUND.values())
