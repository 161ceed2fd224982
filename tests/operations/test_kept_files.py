"""Files that no row promises go by themselves, a day later; what a row promises stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from hub.kept_files import EVERY, LEFT_FOR, sweep_files
from hub.operations.backup import stored_files
from programs.lending.covers import put_cover
from scheduling.files.models import MonthFile
from scheduling.sessions.models import Session
from tests.files.factories import agree, jpeg, make_held, make_photo
from tests.lending.factories import make_title
from tests.reading.factories import AFTER
from tests.support.make import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(at_time: Callable[[dt.datetime], None], own_files: None) -> Session:
    at_time(AFTER)
    session, _, (booking,) = make_held()
    agree(booking)
    return session


def sweep_at(at_time: Callable[[dt.datetime], None], moment: dt.datetime) -> int:
    at_time(moment)
    return int(sweep_files.call())


def test_what_no_row_promises_goes_after_a_day(session: Session, at_time: Callable[[dt.datetime], None]) -> None:
    make_photo(session)
    put_cover(title=make_title().pk, photo=jpeg(), by=make_person())
    MonthFile.objects.create(
        agency=session.program.agency, hub=session.hub, month=session.week.replace(day=1), language="zh-hans",
        requested_by=make_person(), created_at=AFTER, state="ready", name="kept",
    )  # fmt: skip
    default_storage.save("session-months/kept.zip", ContentFile(b"zip"))
    promised = set(stored_files(default_storage))
    loose = {f"{folder}/loose" for folder in ("covers", "session-months", "session-photos")}
    for path in loose:
        default_storage.save(path, ContentFile(b"x"))
    # Times of files are the disk's own.
    stored = default_storage.get_modified_time("covers/loose")
    assert sweep_at(at_time, stored + LEFT_FOR - dt.timedelta(minutes=1)) == 0
    assert set(stored_files(default_storage)) == promised | loose
    assert sweep_at(at_time, stored + LEFT_FOR + dt.timedelta(minutes=1)) == 3
    assert set(stored_files(default_storage)) == promised


def test_the_first_file_begins_it_and_it_goes_on(session: Session, at_time: Callable[[dt.datetime], None]) -> None:
    looks = DBTaskResult.objects.filter(task_path="hub.kept_files.sweep_files", status="READY")
    make_photo(session)
    make_photo(session)
    assert looks.get().run_after == AFTER + EVERY
    sweep_at(at_time, AFTER + EVERY)
    assert looks.latest("run_after").run_after == AFTER + 2 * EVERY
