"""Which model is in use: the one of this release, or one that the town trained and activated.

An activated model lies in the folder of the setting MODEL_URL. A running process takes a change up by itself within
some seconds; what cannot be read any more (another release, a broken file) is never used: the release's own takes its
place, and `flask doctor` says so.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot import config
from bot.understanding.classifier import Classifier, read_classifier

#: The model of this release.
SHIPPED = Path(__file__).parent / "model"
_POINTER = "active.json"
_FILES = ("about.json", "weights.npz")
#: Modules whose change makes weights of before mean something else.
_READERS = ("features.py", "reading.py", "cues.py", "topics.py", "danger.py", "classifier.py")
#: A change is looked for this often.
_LOOK_SECONDS = 3.0
_log = logging.getLogger(__name__)


class ModelRefused(ValueError):
    """A model that cannot be used here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Active:
    """The model in use. `problem` says why an activated one is not."""

    version: str
    is_shipped: bool
    activated_at: str = ""
    problem: str = ""


@dataclass
class _Current:
    classifier: Classifier | None = None
    said: str = ""  # the pointer's text when it was loaded
    looked_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_current = _Current()


def current() -> Classifier:
    """The classifier in use, loaded once and again after another was activated; safe in several threads."""
    found = _current.classifier
    if found is not None and time.monotonic() - _current.looked_at < _LOOK_SECONDS:
        return found
    with _current.lock:
        said = _pointer_text()
        if _current.classifier is None or said != _current.said:
            _current.classifier, _current.said = _load(said), said
        _current.looked_at = time.monotonic()
        return _current.classifier


def active() -> Active:
    """What is in use, for people to read."""
    said = _pointer_text()
    if not said:
        return Active(read_classifier(SHIPPED).version, is_shipped=True)
    try:
        pointer = json.loads(said)
        return Active(_activated(pointer).version, is_shipped=False, activated_at=str(pointer["activated_at"]))
    except (ModelRefused, ValueError, KeyError) as problem:
        return Active(read_classifier(SHIPPED).version, is_shipped=True, problem=str(problem))


def named(name: str) -> Classifier:
    """A model by its folder, or `active`, or `shipped`.

    :raises ModelRefused: it cannot be read.
    """
    if name == "active":
        return current()
    return _read(SHIPPED if name == "shipped" else Path(name))


def activate(folder: Path, at: datetime) -> str:
    """Let this model be the one in use, here and for every process with the same folder; its version.

    :raises ModelRefused: it cannot be read, or knows other categories than this release.
    """
    found, shipped = _read(folder), read_classifier(SHIPPED)
    if (found.categories, found.intents) != (shipped.categories, shipped.intents):
        raise ModelRefused(f"{folder} knows other categories or intents than this release: train it again")
    store = _store()
    kept = store / found.version
    if kept.resolve() != folder.resolve():
        kept.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            shutil.copyfile(folder / name, kept / name)
    pointer = {"version": found.version, "activated_at": at.isoformat(timespec="seconds"), "reader": _reader()}
    beside = store / f"{_POINTER}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(pointer, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(store / _POINTER)
    return found.version


def activate_shipped() -> str:
    """Go back to the model of this release; its version."""
    (_store() / _POINTER).unlink(missing_ok=True)
    return read_classifier(SHIPPED).version


def _store() -> Path:
    return config.load().model_folder


def _pointer_text() -> str:
    try:
        return (_store() / _POINTER).read_text(encoding="utf-8")
    except OSError:
        return ""


def _load(said: str) -> Classifier:
    if said:
        try:
            return _activated(json.loads(said))
        except (ModelRefused, ValueError, KeyError) as problem:
            _log.error("the activated model is not used: %s", problem)
    return read_classifier(SHIPPED)


def _activated(pointer: dict[str, str]) -> Classifier:
    if pointer["reader"] != _reader():
        raise ModelRefused("it was activated under another release: train it again on this one, then activate it")
    return _read(_store() / pointer["version"])


def _read(folder: Path) -> Classifier:
    try:
        return read_classifier(folder)
    except (OSError, ValueError, KeyError) as problem:
        raise ModelRefused(f"no model can be read in {folder}: {problem}") from problem


def _reader() -> str:
    """A mark of the code that turns words into features: weights learnt with another mean nothing."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _READERS)).hexdigest()[:12]
