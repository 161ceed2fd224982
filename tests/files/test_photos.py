"""Photos: bare of what a camera wrote, free of children who are to be on none, seen by who opened the file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models import Model
from django.test import Client
from PIL import Image

from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Consent, Person, Role
from scheduling.files import photos as photos_module
from scheduling.files.models import NotShown, Photo
from scheduling.files.my_data import Photos
from scheduling.files.photos import LARGE, SMALL, add_photo, check_photo, path_of, remove_photo, shown, to_review
from tests.files.factories import agree, body_of, jpeg, make_held, make_photo
from tests.reading.factories import AFTER, BEFORE, read_at
from tests.support.broken import refusing
from tests.support.make import make_person

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_session(at_time: Callable[[dt.datetime], None], own_files: None) -> None:
    at_time(AFTER)


def files(photo: Photo) -> list[bool]:
    return [default_storage.exists(path_of(photo, small=small)) for small in (False, True)]


def test_what_is_kept_is_small_and_bare() -> None:
    session, _, (booking,) = make_held()
    agree(booking)
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    row = add_photo(session=session.pk, photo=jpeg((3000, 2000), exif=exif), not_shown=[], by=make_person())
    for small, bound in ((False, LARGE), (True, SMALL)):
        with default_storage.open(path_of(row, small=small)) as file, Image.open(file) as picture:
            assert (picture.width, dict(picture.getexif())) == (bound[0], {})


def test_each_child_without_consent_has_to_be_named() -> None:
    session, _, (first, second, third) = make_held(3)
    agree(first)
    agree(third, granted=False)
    with pytest.raises(Refused) as refused:
        make_photo(session, second)
    assert refused.value.code == "children_not_checked"
    assert refused.value.facts == {"children": [third.participant_id]}
    assert Photo.objects.count() == 0
    make_photo(session, first, second, third)
    said = set(NotShown.objects.values_list("child", flat=True))
    assert said == {second.participant_id, third.participant_id}


@pytest.mark.parametrize("kind", ["photo", "data"])
def test_consent_taken_back_asks_for_another_look(kind: str) -> None:
    session, _, (booking,) = make_held()
    agree(booking)
    photo = make_photo(session)
    assert list(to_review(Photo.objects.all())) == []
    Consent.objects.create(subject=booking.participant, kind=kind, granted=False, recorded_at=AFTER)
    assert (list(to_review(Photo.objects.all())), list(shown(Photo.objects.all()))) == ([photo], [])
    with pytest.raises(Refused, match="children_not_checked"):
        check_photo(photo=photo.pk, not_shown=[], by=make_person())
    check_photo(photo=photo.pk, not_shown=[booking.participant_id], by=make_person())
    assert list(shown(Photo.objects.all())) == [photo]


def test_a_child_that_turns_out_to_have_been_there_does_too() -> None:
    session, _, (booking,) = make_held()
    photo = make_photo(session, booking)
    read_at(session)
    assert list(to_review(Photo.objects.all())) == [photo]


def test_only_once_it_began_and_no_more_than_a_file_holds(
    at_time: Callable[[dt.datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, (booking,) = make_held()
    monkeypatch.setattr(photos_module, "MOST", 1)
    make_photo(session, booking)
    with pytest.raises(Refused, match="too_many_photos"):
        make_photo(session, booking)
    at_time(BEFORE)
    with pytest.raises(Refused, match="not_begun"):
        make_photo(session, booking)
    with pytest.raises(Refused, match="photo_unreadable"):
        add_photo(session=session.pk, photo=b"no picture", not_shown=[], by=make_person())


def test_removed_it_is_gone(django_capture_on_commit_callbacks: Callable[..., object]) -> None:
    session, _, (booking,) = make_held()
    photo = make_photo(session, booking)
    assert files(photo) == [True, True]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        remove_photo(photo=photo.pk, by=make_person())
    assert (Photo.objects.count(), files(photo)) == (0, [False, False])
    actions = Entry.objects.filter(action__startswith="photo.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["photo.added", "photo.removed"]


def test_erasing_a_child_takes_the_photos_that_may_show_it(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    session, _, (first, second) = make_held(2)
    agree(first)
    may, other = make_photo(session, second), make_photo(session, second)
    NotShown.objects.create(photo=other, child=first.participant, said_at=AFTER)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        Photos().erase(second.participant_id, make_person())
        Photos().erase(first.participant_id, make_person())
    assert (list(Photo.objects.all()), files(may), files(other)) == ([other], [False, False], [True, True])


def test_from_a_phone_to_who_opened_the_file(sign_in: SignIn) -> None:
    session, _, (booking,) = make_held()
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    found = client.get(f"/api/files/sessions/{session.pk}").json()
    assert [child["name"] for child in found["no_photo"]] == [booking.participant.name]
    sent = {"photo": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"), "not_shown": str(booking.participant_id)}
    (photo,) = client.post(f"/api/files/sessions/{session.pk}/photos", sent).json()["photos"]
    answer = client.get(photo["small"])
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert Image.open(io.BytesIO(body_of(answer))).size == (40, 30)
    assert client.get(photo["small"].partition("?")[0]).status_code == 404
    another = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    assert another.get(photo["large"]).status_code == 404


def test_a_key_runs_out(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    session, _, (booking,) = make_held()
    make_photo(session, booking)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    (photo,) = client.get(f"/api/files/sessions/{session.pk}").json()["photos"]
    monkeypatch.setattr("scheduling.files.reading.KEYS_FOR", dt.timedelta(seconds=-1))
    assert client.get(photo["large"]).status_code == 404


@pytest.mark.parametrize("told", [NotShown, Entry])
def test_what_comes_to_nothing_leaves_no_file(told: type[Model], tmp_path: Path) -> None:
    session, _, (booking,) = make_held()
    with pytest.raises(Refused):
        make_photo(session)
    with refusing(told), pytest.raises(OperationalError, match=told.__name__):
        make_photo(session, booking)
    assert ([one for one in tmp_path.rglob("*") if one.is_file()], Photo.objects.count()) == ([], 0)
