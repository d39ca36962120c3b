"""Photos and recordings are fetched, cleaned and stored, once; what cannot be had is said so."""

from __future__ import annotations

import pytest

from bot import clock, profiles, retry, towns
from bot.effects import Effects, erase_files
from bot.photos import Folder
from models import Effect, Media
from models.effect import DONE, FETCH_MEDIA, GONE, REFUSED, WANTED
from tests.integration.effects_bed import comes_due, wish
from tests.integration.engine_bed import BROKEN, Bed
from tests.unit.line_fake import Asked, Says
from tests.unit.test_photos_cleaning import as_bytes, photo_with_a_place, picture, png_of

PHOTO = {"content-type": "image/jpeg"}


def a_photo(bed: Bed, kind: str = "image") -> tuple[int, int]:
    """A medium that somebody sent, and the wish to fetch it."""
    person = bed.resident()
    with bed.database.transaction() as session:
        media = Media(
            municipality_id=bed.town_id, resident_id=person.id, kind=kind, said="77", received_at=clock.real_now()
        )
        session.add(media)
    return media.id, wish(bed, FETCH_MEDIA, media_id=media.id)


def stored_files(bed: Bed) -> list[str]:
    return sorted(path.suffix for path in bed.parts.folder.root.rglob("*") if path.is_file())


def test_a_photo_is_fetched_cleaned_and_stored(bed: Bed, effects: Effects, settled: list[str]) -> None:
    media_id, number = a_photo(bed)
    bed.line.says(Says(200, photo_with_a_place(), PHOTO))
    assert effects.are_due(clock.real_now())
    assert effects.perform_due() == 1

    media = bed.row(Media, media_id)
    assert (media.state, media.mime, media.width, media.height) == ("stored", "image/jpeg", 200, 320)
    assert media.stored_as and media.sha256 and media.likeness and media.stored_at
    full = bed.parts.folder.path(media.stored_as, "full").read_bytes()
    assert len(full) == media.byte_count
    assert b"TELEPHONE-OF-NOK" not in full
    assert stored_files(bed) == [".card", ".full"]
    assert bed.row(Effect, number).state == DONE
    assert bed.line.asked[0].path == "/v2/bot/message/77/content"
    assert settled == ["stored"]
    assert not effects.are_due(clock.real_now())


@pytest.mark.parametrize(
    ("kind", "said", "mime"),
    [
        ("audio", "audio/mp4", "audio/mp4"),
        ("video", "video/mp4; codecs=x", "video/mp4"),
        ("file", "text/html", "text/html"),
        ("file", "<script>", "application/octet-stream"),
    ],
)
def test_a_recording_is_kept_as_it_is(bed: Bed, effects: Effects, kind: str, said: str, mime: str) -> None:
    media_id, _ = a_photo(bed, kind)
    bed.line.says(Says(200, b"\x00recording", {"content-type": said}))
    effects.perform_due()
    media = bed.row(Media, media_id)
    assert (media.state, media.mime, media.byte_count) == ("stored", mime, 10)
    assert media.stored_as
    assert bed.parts.folder.path(media.stored_as, "file").read_bytes() == b"\x00recording"


@pytest.mark.parametrize("status", [410, 404])
def test_a_photo_that_is_gone_is_gone(bed: Bed, effects: Effects, settled: list[str], status: int) -> None:
    media_id, number = a_photo(bed)
    bed.line.says(Says(status))
    effects.perform_due()
    assert bed.row(Media, media_id).state == "gone"
    assert bed.row(Effect, number).state == GONE
    assert settled == ["gone"]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (b"%PDF-1.7 no photo", "not_a_photo"),
        (as_bytes(picture(400, 300))[:2000], "broken"),
        (png_of(8000, 6000), "too_many_pixels"),
    ],
    ids=["no photo", "half a photo", "pixel bomb"],
)
def test_what_is_no_photo_is_refused_and_the_reason_kept(
    bed: Bed, effects: Effects, settled: list[str], sent: bytes, problem: str
) -> None:
    media_id, number = a_photo(bed)
    bed.line.says(Says(200, sent, PHOTO))
    effects.perform_due()
    media = bed.row(Media, media_id)
    assert (media.state, media.problem, media.stored_as) == ("refused", problem, None)
    assert bed.row(Effect, number).state == REFUSED
    assert stored_files(bed) == []
    assert settled == [f"refused {problem}"]


def test_a_photo_of_twelve_megabytes_is_taken_and_made_smaller(bed: Bed, effects: Effects) -> None:
    media_id, _ = a_photo(bed)
    large = as_bytes(picture(3000, 2000)) + bytes(12 * 1024 * 1024)
    bed.line.says(Says(200, large, PHOTO))
    effects.perform_due()
    media = bed.row(Media, media_id)
    assert media.state == "stored"
    assert (media.byte_count or 0) < 1024 * 1024


def test_a_photo_beyond_all_telephones_is_refused(bed: Bed, effects: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.effects.media.PHOTO_BYTES", 1000)
    media_id, _ = a_photo(bed)
    bed.line.says(Says(200, bytes(1001), PHOTO))
    effects.perform_due()
    assert bed.row(Media, media_id).problem == "too_large"


@pytest.mark.parametrize("ended", [Says(202), BROKEN, Says(400, {"message": "odd"}), Says(drop=True), Says(401)])
def test_a_photo_that_is_not_there_yet_is_asked_for_again(bed: Bed, effects: Effects, ended: Says) -> None:
    media_id, number = a_photo(bed)
    bed.line.says(ended, Says(200, as_bytes(picture()), PHOTO))
    effects.perform_due()
    row = bed.row(Effect, number)
    assert (row.state, row.attempts) == (WANTED, 1)
    assert row.next_at > clock.real_now()
    assert bed.row(Media, media_id).state == "wanted"
    assert effects.perform_due() == 0
    comes_due(bed, number)
    effects.perform_due()
    assert bed.row(Media, media_id).state == "stored"


def test_after_a_day_of_trying_it_is_given_up(bed: Bed, effects: Effects, settled: list[str]) -> None:
    media_id, number = a_photo(bed)
    comes_due(bed, number, attempts=retry.EFFECT_ATTEMPTS - 1)
    bed.line.says(Says(202))
    effects.perform_due()
    assert bed.row(Effect, number).state == REFUSED
    assert bed.row(Media, media_id).problem == "not_available"
    assert settled == ["refused not_available"]


def test_a_full_disk_is_tried_again(bed: Bed, effects: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    media_id, number = a_photo(bed)
    bed.line.says(Says(200, as_bytes(picture()), PHOTO))
    monkeypatch.setattr(Folder, "write", is_full)
    effects.perform_due()
    assert bed.row(Effect, number).state == WANTED
    assert "OSError at" in (bed.row(Effect, number).last_problem or "")
    monkeypatch.undo()
    comes_due(bed, number)
    effects.perform_due()
    assert bed.row(Media, media_id).state == "stored"


def test_a_photo_unsent_while_it_was_fetched_leaves_nothing(bed: Bed, effects: Effects, settled: list[str]) -> None:
    media_id, number = a_photo(bed)

    def unsend(asked: Asked) -> Says:
        with bed.database.transaction() as session:
            session.get_one(Media, media_id).state = "erased"
        return Says(200, as_bytes(picture()), PHOTO)

    bed.line.script = unsend
    effects.perform_due()
    assert stored_files(bed) == []
    assert bed.row(Effect, number).state == GONE
    assert settled == []


def test_the_files_of_an_erased_photo_are_removed_once(bed: Bed, effects: Effects) -> None:
    media_id, _ = a_photo(bed)
    bed.line.says(Says(200, as_bytes(picture()), PHOTO))
    effects.perform_due()
    assert bed.row(Media, media_id).sha256
    assert erase_files(bed.database, bed.parts.folder) == 0
    with bed.database.transaction() as session:
        session.get_one(Media, media_id).state = "erased"
    assert erase_files(bed.database, bed.parts.folder) == 1
    assert stored_files(bed) == []
    row = bed.row(Media, media_id)
    assert (row.stored_as, row.sha256, row.likeness) == (None, None, None)
    assert erase_files(bed.database, bed.parts.folder) == 0


def test_a_second_attempt_writes_over_the_first_and_leaves_no_orphan(bed: Bed, effects: Effects) -> None:
    media_id, number = a_photo(bed)
    comes_due(bed, number, attempts=1)
    bed.line.says(Says(200, as_bytes(picture()), PHOTO))
    with bed.database.transaction() as session:  # as a process left it that was killed before it settled
        media = session.get_one(Media, media_id)
        media.stored_as = "ab" * 16
    bed.parts.folder.write("ab" * 16, "full", b"old")
    effects.perform_due()
    assert stored_files(bed) == [".card", ".full"]
    assert bed.row(Media, media_id).stored_as == "ab" * 16


@pytest.fixture
def handed(bed: Bed, effects: Effects) -> tuple[int, int]:
    """A photo that is stored, and the row of it that another town was handed, still wanted."""
    mine, _ = a_photo(bed)
    bed.line.says(Says(200, as_bytes(picture()), PHOTO))
    effects.perform_due()
    now = clock.real_now()
    with bed.database.transaction() as session:
        there = towns.import_profile(session, profiles.load("seaside"), now).municipality
        sender = session.get_one(Media, mine).resident_id
        copy = Media(municipality_id=there.id, resident_id=sender, said="77", kind="image", received_at=now)
        session.add(copy)
    wish(bed, FETCH_MEDIA, media_id=copy.id)
    return mine, copy.id


def test_a_photo_that_was_handed_to_another_town_is_copied_and_asked_of_line_only_once(
    bed: Bed, effects: Effects, settled: list[str], handed: tuple[int, int]
) -> None:
    asked = len(bed.line.asked)
    effects.perform_due()
    assert len(bed.line.asked) == asked
    mine, copy = (bed.row(Media, number) for number in handed)
    assert (copy.state, copy.sha256, copy.likeness, copy.width) == ("stored", mine.sha256, mine.likeness, mine.width)
    assert copy.stored_as not in (None, mine.stored_as)
    assert stored_files(bed) == [".card", ".card", ".full", ".full"]
    assert settled == ["stored", "stored"]


@pytest.mark.parametrize("which", [0, 1], ids=["the first", "the copy"])
def test_erasing_the_photo_of_one_town_leaves_that_of_the_other(
    bed: Bed, effects: Effects, handed: tuple[int, int], which: int
) -> None:
    effects.perform_due()
    with bed.database.transaction() as session:
        session.get_one(Media, handed[which]).state = "erased"
    erase_files(bed.database, bed.parts.folder)
    other = bed.row(Media, handed[1 - which])
    assert other.stored_as is not None
    assert bed.parts.folder.path(other.stored_as, "full").is_file()
    assert stored_files(bed) == [".card", ".full"]


def test_a_copy_whose_first_was_erased_meanwhile_is_asked_of_line(
    bed: Bed, effects: Effects, handed: tuple[int, int]
) -> None:
    mine = bed.row(Media, handed[0])
    assert mine.stored_as is not None
    bed.parts.folder.path(mine.stored_as, "card").unlink()
    bed.parts.folder.path(mine.stored_as, "full").unlink()
    asked = len(bed.line.asked)
    effects.perform_due()
    assert len(bed.line.asked) > asked
    assert bed.row(Media, handed[1]).state == "stored"
    assert stored_files(bed) == [".card", ".full"]
