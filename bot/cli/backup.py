"""flask backup: a whole copy of what is remembered, made while everything runs."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import click
from sqlalchemy.engine import URL, make_url

from bot import clock
from bot.cli.settings import checked
from bot.config import Settings

#: A copy is called by its moment in UTC; one that is still being made has a dot before it.
_NAME = "%Y-%m-%dT%H%M%SZ"
_WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_UNFINISHED = re.compile(rf"\.{_WHOLE.pattern}")
#: Nobody still works on an unfinished copy of this age: it is what a kill left.
_LEFT_BEHIND_SECONDS = 24 * 3600


class CopyFailed(Exception):
    """A part could not be copied; the message says why, without secrets."""


@click.command("backup", short_help="Copy the database and the media, whole.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(1), metavar="N", help="Remove older copies, so that N stay. [default: all]")
def backup(folder: Path, keep: int | None) -> None:
    """Copy the database, the media and the town's models into a new folder below FOLDER, and print its path.

    Everything may run meanwhile. A copy stands under its name only when it is whole, and only this user can read it.
    Secrets (.env) are not in it.
    """
    settings = checked()
    if folder.resolve().is_relative_to(settings.media_folder.resolve()):
        raise click.ClickException(f"{folder} lies inside the media, which are copied: choose a folder beside them")
    try:
        with _new_copy(folder) as copy:
            _copy(settings, copy)
    except (CopyFailed, OSError, sqlite3.Error) as failed:
        raise click.ClickException(f"no copy was made: {failed}") from None
    click.echo(folder / copy.name.removeprefix("."))
    if keep is not None:
        try:
            _remove_older(folder, keep)
        except OSError as failed:
            raise click.ClickException(f"the copy is whole, but an older one could not be removed: {failed}") from None


def _copy(settings: Settings, to: Path) -> None:
    """The database first: a file without its row is only a file too many, a row without its file a picture missing."""
    if settings.database_url.startswith("sqlite"):
        _copy_sqlite(Path(make_url(settings.database_url).database or ""), to / "database.db")
    else:
        _copy_postgresql(make_url(settings.database_url), to / "database.dump")
    for name, folder in (("media", settings.media_folder), ("model", settings.model_folder)):
        if folder.is_dir():
            click.echo(f"{name}: {_pack(folder, name, to / f'{name}.tar')} files", err=True)


@contextmanager
def _new_copy(folder: Path) -> Iterator[Path]:
    """A folder to copy into, which gets its name when the block has ended well, and is removed when it has not."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = clock.real_now().strftime(_NAME)
    making = folder / f".{name}"
    making.mkdir(mode=0o700)
    try:
        yield making
        for file in (*making.iterdir(), making):
            _flush(file)
        making.rename(folder / name)
        _flush(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy_sqlite(path: Path, to: Path) -> None:
    _private(to).close()
    # Never create what is not there: an empty database would be copied without a word.
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=60)) as source:
        source.execute("VACUUM INTO ?", (str(to),))
    with closing(sqlite3.connect(to)) as copy:
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise CopyFailed(f"the copy of {path} is damaged ({found})")


def _copy_postgresql(url: URL, to: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise CopyFailed("pg_dump is not on this machine: apt install postgresql-client")
    # The password goes through the environment: arguments can be read by everybody on the machine.
    address = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    said = [program, "--format=custom", "--no-password", f"--dbname={address.render_as_string(hide_password=False)}"]
    environ = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    with _private(to) as file:
        # S603 asks for a look: a list of words and no shell, all of them our own or from DATABASE_URL.
        done = subprocess.run(said, stdout=file, stderr=subprocess.PIPE, env=environ, check=False)  # noqa: S603
    if done.returncode:
        raise CopyFailed(done.stderr.decode(errors="replace").strip() or "pg_dump failed")


def _pack(folder: Path, name: str, to: Path) -> int:
    """All files of a folder in one, uncompressed, as photos get no smaller; how many there are."""
    count = 0
    with _private(to) as file, tarfile.open(fileobj=file, mode="w") as tar:
        for path in folder.rglob("*"):
            if path.name.startswith(".") or not path.is_file():  # the former are only being written
                continue
            try:
                tar.add(path, f"{name}/{path.relative_to(folder)}", recursive=False)
            except FileNotFoundError:
                continue  # its author took it back a moment ago
            count += 1
    return count


def _remove_older(folder: Path, keep: int) -> None:
    """All copies but the newest, and what a copy that was killed has left; nothing else that lies there."""
    whole = sorted(path for path in folder.iterdir() if _WHOLE.fullmatch(path.name))
    left = [path for path in folder.iterdir() if _UNFINISHED.fullmatch(path.name)]
    now = clock.machine_now().timestamp()
    old = [path for path in left if now - path.stat().st_mtime > _LEFT_BEHIND_SECONDS]
    for path in (*whole[:-keep], *old):
        shutil.rmtree(path)
        click.echo(f"{path} is removed", err=True)


def _private(path: Path) -> BinaryIO:
    """A new file for this user alone, whatever the umask."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def _flush(path: Path) -> None:
    """Until it is on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
