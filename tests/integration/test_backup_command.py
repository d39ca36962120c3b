"""flask backup: a copy is whole or it is not there, nobody else can read it, and it comes back as the pages say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import make_url

from bot import profiles, towns
from bot.cli.backup import backup
from bot.clock import real_now
from bot.database import Database
from bot.photos import Folder
from tests import databases
from tests.house_rules.markdown import blocks, section
from tests.house_rules.tree import ROOT

PHOTO = "ab" * 16


def install(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation in this folder: Rangsit, a photo, and the database's programs within reach."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", url)
    if programs := databases.server_programs():
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    bring("rangsit", url)
    Folder(Path("var/media")).write(PHOTO, "full", b"pixels")


def bring(profile: str, url: str) -> None:
    database = Database(url)
    with database.transaction() as session:
        towns.import_profile(session, profiles.load(profile), real_now())
    database.close()


@pytest.fixture
def installed(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(database_url, tmp_path, monkeypatch)


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(backup, [*arguments, "copies"])


def copies() -> list[str]:
    return sorted(path.name for path in Path("copies").iterdir())


def has(town: str, url: str) -> bool:
    database = Database(url)
    try:
        with database.reading() as session:
            return towns.find(session, town) is not None
    finally:
        database.close()


def test_a_copy_holds_the_database_and_the_media_for_this_user_alone(installed: None, database_kind: str) -> None:
    before = os.umask(0)
    try:
        done = ask()
    finally:
        os.umask(before)
    assert done.exit_code == 0, done.output
    [name] = copies()
    copy = Path("copies") / name
    assert done.stdout == f"{copy}\n"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}Z", name)
    database = "database.db" if database_kind == "sqlite" else "database.dump"
    assert {path.name for path in copy.iterdir()} == {database, "media.tar"}
    assert copy.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in copy.iterdir()} == {0o600}
    with tarfile.open(copy / "media.tar") as tar:
        assert [tar.extractfile(one).read() for one in tar.getmembers()] == [b"pixels"]


def test_what_is_not_committed_yet_is_neither_waited_for_nor_copied(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(sqlite_url, tmp_path, monkeypatch)
    database = Database(sqlite_url)
    with database.transaction() as session:
        towns.import_profile(session, profiles.load("seaside"), real_now())
        done = ask()
    database.close()
    assert done.exit_code == 0, done.output
    copy = f"sqlite:///{done.stdout.strip()}/database.db"
    assert has("rangsit", copy)
    assert not has("seaside", copy)


def test_a_copy_of_sqlite_comes_back_as_the_pages_say(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/var/bot.db"
    Path(tmp_path / "var").mkdir()
    shutil.copyfile(make_url(sqlite_url).database or "", tmp_path / "var" / "bot.db")
    install(url, tmp_path, monkeypatch)
    copied = ask()
    assert copied.exit_code == 0, copied.output
    bring("seaside", url)
    Folder(Path("var/media")).write("cd" * 16, "full", b"of a report that is known no longer")

    page = section((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"), "Backup and restore")
    [said] = [block for block in blocks(page, "sh") if "tar --extract" in block]
    typed = re.sub(r"/var/backups/jaengmueang/<[^>]+>", copied.stdout.strip(), said)
    subprocess.run(["sh", "-e", "-c", typed], check=True)

    assert has("rangsit", url)
    assert not has("seaside", url)
    assert [path.name for path in Path("var/media").rglob("*.full")] == [f"{PHOTO}.full"]


def test_a_copy_of_postgresql_comes_back(
    postgresql_url: str, run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(postgresql_url, tmp_path, monkeypatch)
    Path("var/model").mkdir()
    Path("var/model/active.json").write_text("{}")
    done = ask()
    assert done.exit_code == 0, done.output
    copy = Path(done.stdout.strip())
    with databases.fresh("postgresql", run_folder, migrated=False) as url:
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        restore = ["pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address}"]
        subprocess.run([*restore, copy / "database.dump"], check=True)
        assert has("rangsit", url)
    assert (copy / "model.tar").is_file()


def test_older_copies_go_and_nothing_else_that_lies_there(installed: None) -> None:
    for name in ("2026-01-01T000000Z", "2026-01-02T000000Z", ".2026-01-03T000000Z", "of our own", ".hidden"):
        (Path("copies") / name).mkdir(parents=True)
    os.utime("copies/.2026-01-03T000000Z", (0, 0))
    done = ask("--keep", "2")
    assert done.exit_code == 0, done.output
    assert copies() == [".hidden", "2026-01-02T000000Z", Path(done.stdout.strip()).name, "of our own"]
    assert "2026-01-01T000000Z is removed" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("DATABASE_URL", "sqlite:///nowhere/bot.db", "unable to open database file"),
        ("DATABASE_URL", "postgresql+psycopg://town:hunter2@127.0.0.1:9/bot", "127.0.0.1"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with"),
        ("MEDIA_URL", "file:.", "lies inside the media"),
    ],
)
def test_a_copy_that_fails_leaves_nothing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if programs := databases.server_programs():
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    elif value.startswith("postgresql"):
        pytest.skip("PostgreSQL is not installed here")
    monkeypatch.setenv(setting, value)
    done = ask()
    assert done.exit_code != 0
    assert told in done.stderr
    assert "hunter2" not in done.output
    assert list(tmp_path.rglob("*Z")) == []
    assert not Path("nowhere").exists()


def test_without_pg_dump_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://town@127.0.0.1:9/bot")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt install postgresql-client" in ask().stderr
    assert copies() == []


def test_a_photo_that_is_taken_back_meanwhile_is_left_out(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    folder = Folder(Path("var/media"))
    for name in (PHOTO, "cd" * 16):
        folder.write(name, "full", b"pixels")
    adds = tarfile.TarFile.add

    def erased_before(tar: tarfile.TarFile, path: Path, *arguments: Any, **options: Any) -> None:
        if path.name.startswith(PHOTO):
            folder.erase(PHOTO)
        adds(tar, path, *arguments, **options)

    monkeypatch.setattr(tarfile.TarFile, "add", erased_before)
    done = ask()
    assert done.exit_code == 0, done.output
    assert "media: 1 files" in done.stderr
