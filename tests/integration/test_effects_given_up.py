"""A photo that never comes: who waits for it is told, whatever failed, and no file is left behind."""

from __future__ import annotations

import pytest

from bot import clock, retry
from bot.effects import Effects, erase_files
from bot.photos import Folder
from models import Effect, Media
from models.effect import REFUSED, WANTED
from tests.integration.effects_bed import comes_due
from tests.integration.engine_bed import NOBODY, Bed
from tests.integration.test_effects_media import PHOTO, a_photo, stored_files
from tests.unit.line_fake import Says
from tests.unit.test_photos_cleaning import as_bytes, picture


@pytest.mark.parametrize("attempts", [retry.EFFECT_ATTEMPTS - 1, retry.EFFECT_ATTEMPTS], ids=["full disk", "killed"])
def test_whatever_fails_to_the_last_is_told_to_who_waits_for_the_photo(
    bed: Bed, effects: Effects, settled: list[str], monkeypatch: pytest.MonkeyPatch, attempts: int
) -> None:
    def is_full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    media_id, number = a_photo(bed)
    with bed.database.transaction() as session:
        session.get_one(Media, media_id).stored_as = "ab" * 16
    comes_due(bed, number, attempts=attempts)
    bed.line.says(Says(200, as_bytes(picture()), PHOTO))
    monkeypatch.setattr(Folder, "write", is_full)
    effects.perform_due()
    assert bed.row(Effect, number).state == REFUSED
    media = bed.row(Media, media_id)
    assert (media.state, media.problem) == ("refused", "not_available")
    assert settled == ["refused not_available"]


def test_a_token_that_line_refuses_for_days_loses_no_photo(bed: Bed, effects: Effects, settled: list[str]) -> None:
    media_id, number = a_photo(bed)
    comes_due(bed, number, attempts=retry.EFFECT_ATTEMPTS - 1)
    bed.line.says(NOBODY, NOBODY, Says(503), Says(200, as_bytes(picture()), PHOTO))
    for attempts in (len(retry.EFFECT_DELAYS), len(retry.EFFECT_DELAYS), len(retry.EFFECT_DELAYS) + 1):
        effects.perform_due()
        row = bed.row(Effect, number)
        assert (row.state, row.attempts, settled) == (WANTED, attempts, [])
        comes_due(bed, number)
    effects.perform_due()
    assert bed.row(Media, media_id).state == "stored"


def test_half_a_photo_that_is_gone_at_the_next_attempt_leaves_no_file(bed: Bed, effects: Effects) -> None:
    media_id, number = a_photo(bed)
    with bed.database.transaction() as session:
        session.get_one(Media, media_id).stored_as = "ab" * 16
    bed.parts.folder.write("ab" * 16, "full", b"written before the disk was full")
    comes_due(bed, number, attempts=1)
    bed.line.says(Says(410))
    effects.perform_due()
    assert bed.row(Media, media_id).state == "gone"
    assert stored_files(bed) == []


def test_the_files_of_a_photo_unsent_while_a_killed_worker_wrote_them_are_removed(bed: Bed, effects: Effects) -> None:
    media_id, number = a_photo(bed)
    with bed.database.transaction() as session:
        media = session.get_one(Media, media_id)
        media.stored_as, media.state = "ab" * 16, "erased"
    assert erase_files(bed.database, bed.parts.folder) == 0  # its fetch is still under way
    bed.parts.folder.write("ab" * 16, "full", b"written by the worker before it was killed")
    comes_due(bed, number, attempts=1)
    effects.perform_due()
    assert erase_files(bed.database, bed.parts.folder) == 1
    assert stored_files(bed) == []
    assert bed.row(Media, media_id).stored_as is None


def test_a_file_that_cannot_be_removed_keeps_no_other(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("ab" * 16, "cd" * 16)
    person = bed.resident()
    with bed.database.transaction() as session:
        common = {"municipality_id": bed.town_id, "resident_id": person.id, "kind": "image", "state": "erased"}
        for said, name in enumerate(names):
            session.add(Media(said=str(said), stored_as=name, received_at=clock.real_now(), **common))
            bed.parts.folder.write(name, "full", b"a photo")
    erase = Folder.erase

    def only_the_second(folder: Folder, stored_as: str) -> None:
        if stored_as == names[0]:
            raise PermissionError(13, "Permission denied")
        erase(folder, stored_as)

    monkeypatch.setattr(Folder, "erase", only_the_second)
    assert erase_files(bed.database, bed.parts.folder) == 1
    assert [media.stored_as for media in bed.rows(Media)] == [names[0], None]
    assert stored_files(bed) == [".full"]
