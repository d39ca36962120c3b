"""Where stored media lie: a private folder, random names, whole files or none."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

#: What is stored of a media row: the two sizes of a photo, or the file as it came.
RENDITIONS = ("full", "card", "file")
_NAME = re.compile(r"[0-9a-f]{32}")


def new_name() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one installation's media."""

    root: Path

    def path(self, stored_as: str, rendition: str) -> Path:
        """Where one rendition lies.

        :raises ValueError: for a name that is not ours.
        """
        if not _NAME.fullmatch(stored_as) or rendition not in RENDITIONS:
            raise ValueError("no such name")
        return self.root / stored_as[:2] / f"{stored_as}.{rendition}"

    def write(self, stored_as: str, rendition: str, data: bytes) -> None:
        """Store the bytes under their name, durably: the whole file, or what was there before."""
        path = self.path(stored_as, rendition)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        making = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with open(making, "xb", opener=_private) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            making.replace(path)
        finally:
            making.unlink(missing_ok=True)

    def copy(self, stored_as: str, to: str) -> None:
        """Store everything under a name once more under another, so that each can be erased without the other.

        :raises FileNotFoundError: there is nothing under this name any more.
        """
        found = [rendition for rendition in RENDITIONS if self.path(stored_as, rendition).is_file()]
        if not found:
            raise FileNotFoundError
        try:
            for rendition in found:
                self.write(to, rendition, self.path(stored_as, rendition).read_bytes())
        except FileNotFoundError:  # erased while it was copied: half of it is nothing
            self.erase(to)
            raise

    def erase(self, stored_as: str) -> None:
        """Remove everything under this name; what is gone already is no error."""
        for rendition in RENDITIONS:
            path = self.path(stored_as, rendition)
            path.unlink(missing_ok=True)
            for unfinished in path.parent.glob(f".{path.name}.*"):
                unfinished.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
