"""Towns as data: the profiles that come with the project, and how any folder of the same shape is read.

A profile is a folder: `profile.toml`, `boundary.geojson` and the tables `departments.tsv`, `owners.tsv`,
`categories.tsv`, `numbers.tsv`, `holidays.tsv`; a town may also have `answers.tsv`, `canned.tsv`, `follow_ups.tsv`,
`places.tsv` (places people call by name) and `owners.geojson` (whose road, canal or estate). `rangsit/` is the example
to begin a new town with. Every fact is marked `confirmed` (by the town, or not yet) and carries its `source`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.profiles.findings import Problem, ProfileRefused, UnknownProfile
from bot.profiles.reading import read
from bot.profiles.shape import (
    Answer,
    Canned,
    Category,
    Department,
    Fact,
    FollowUp,
    Holiday,
    ImportantNumber,
    NamedPlace,
    Neighbour,
    Office,
    Outline,
    OwnedGround,
    Owner,
    Privacy,
    Profile,
    QuietHours,
    Switches,
    Words,
    WorkingHours,
)
from bot.profiles.speaking import read_answers
from bot.profiles.writing import answers_table, share, write

__all__ = [
    "Answer",
    "Canned",
    "Category",
    "Department",
    "Fact",
    "FollowUp",
    "Holiday",
    "ImportantNumber",
    "NamedPlace",
    "Neighbour",
    "Office",
    "Outline",
    "OwnedGround",
    "Owner",
    "Privacy",
    "Problem",
    "Profile",
    "ProfileRefused",
    "QuietHours",
    "Switches",
    "UnknownProfile",
    "Words",
    "WorkingHours",
    "answers_table",
    "load",
    "names",
    "outline",
    "read_answers",
    "share",
    "story",
    "write",
]

_HERE = Path(__file__).parent


def names() -> list[str]:
    """The profiles that come with the project."""
    return sorted(path.parent.name for path in _HERE.glob("*/profile.toml"))


def load(name_or_dir: str | Path) -> Profile:
    """The profile of this name, or in this folder; a name wins over a folder called the same.

    :raises UnknownProfile: neither a name nor a folder.
    :raises ProfileRefused: with everything that is wrong with it.
    """
    if str(name_or_dir) in names():
        return read(_HERE / str(name_or_dir))
    folder = Path(name_or_dir)
    if not folder.is_dir():
        raise UnknownProfile(f"no profile and no folder is called {name_or_dir}; known: {', '.join(names())}")
    return read(folder)


def outline(name: str | Path) -> dict[str, Any]:
    """Where this town ends: a GeoJSON Polygon or MultiPolygon, [lon, lat]."""
    return load(name).outline.geometry


def story(name: str, title: str) -> str:
    """A story of this town's people, for the simulator to play.

    :raises UnknownProfile: the town has no such story.
    """
    path = _HERE / name / "stories" / f"{title}.story"
    if name not in names() or not path.is_file():
        raise UnknownProfile(f"{name} has no story called {title}")
    return path.read_text(encoding="utf-8")
