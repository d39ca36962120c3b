"""What the page of phones gets from a town: its map, its stories, and the browser that opens it."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot import profiles
from bot.simulator import Simulator

STORIES = "stories"
SKETCH = "sketch.geojson"


def stories(folder: Path) -> dict[str, tuple[str, str]]:
    """The stories of a folder by name: title (the first comment line) and text."""
    found = {}
    for path in sorted(folder.glob("*.story")):
        text = path.read_text(encoding="utf-8")
        first = text.lstrip().splitlines()[0] if text.strip() else ""
        found[path.stem] = (first.lstrip("#= ") or path.stem, text)
    return found


def town_map(profile: str) -> dict[str, Any]:
    """The town's outline, and what its profile draws in it, as a GeoJSON FeatureCollection."""
    outline = {"type": "Feature", "properties": {"kind": "outline"}, "geometry": profiles.outline(profile)}
    sketch = _folder(profile) / SKETCH
    drawn = json.loads(sketch.read_text(encoding="utf-8"))["features"] if sketch.is_file() else []
    return {"type": "FeatureCollection", "features": [outline, *drawn]}


def furnish(line: Simulator, channel: str, profile: str, supplies: Mapping[str, Callable[[], str]]) -> None:
    """Give the page of this channel the map and the stories of a profile.

    `supplies` make what a story's {names} stand for; a story gets those it names.
    """
    line.call("channel/settings", channel=channel, title=profiles.load(profile).name.th)
    line.call("channel/map", channel=channel, geojson=town_map(profile))
    for name, (title, text) in stories(_folder(profile) / STORIES).items():
        needed = {key: make for key, make in supplies.items() if f"{{{key}}}" in text}
        line.stories.offer(name, title, text, supplies=needed)


def open_page(address: str) -> bool:
    """Open the address in a browser where this machine has one with a screen. Tells whether it did."""
    shows = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not shows and sys.platform not in ("win32", "darwin"):
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def _folder(profile: str) -> Path:
    """Where a profile of the project, or a folder of one's own, keeps its files."""
    own = Path(profiles.__file__).parent / profile
    return own if profile in profiles.names() else Path(profile)
