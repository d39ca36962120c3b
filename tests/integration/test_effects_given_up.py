"""A photo that never comes: who waits for it is told, whatever failed, and no file is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import retry
from bot.effects import Effects, erase_files
from bot.photos import Folder
from models import Effect, Media
from models.effect import REFUSED
from tests.integration.effects_bed import comes_due
from tests.integration.engine_bed import Bed, an_engine
from tests.integration.test_effects_media import PHOTO, a_photo, stored_files
from tests.unit.line_fake import Says
from tests.unit.test_photos_cleaning import as_bytes, picture


@pytest.fixture
def bed(database_url: str, tmp_path: Path) -> Iterator[Bed]:
    with an_engine(database_url, tmp_path) as made:
        yield made


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
