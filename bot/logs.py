"""Logs: one line an event on stderr, made so that no resident, chat, token or word can stand in it.

Errors are told by kind and place. Their messages are left out, because a message may quote what somebody wrote. What a
line is about stands at its end, `request=… event=…`, so that one report is followed through doors, workers and LINE.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).resolve().parents[1]
#: LINE's ids of people, groups and rooms; a lane's key ends in one.
_LINE_ID = re.compile(r"\b[UCR][0-9a-f]{32}\b")
#: What is long and random: reply tokens, retry keys excepted (they are ours), access tokens, signatures.
_TOKEN = re.compile(r"\b(?=[A-Za-z0-9+_=]*\d)[A-Za-z0-9+_=]{32,}")
_BEARER = re.compile(r"(?i)\bbearer\s+\S+")
#: Whoever has such an address sees what is behind it; Flask and the web servers name it where a request fails.
_SIGNED = re.compile(r"/(media|maps|my-data)/\S+")
#: Residents write Thai, Lao, Khmer, Burmese …; our own log lines are plain ASCII.
_WORDS = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@\s]+@")

#: Ids as we, nginx and LINE make them; anything else might be somebody's.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_about: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("about", default=())

#: Libraries that tell more than a town needs, with addresses and arguments in it.
_QUIET = ("huey", "huey.consumer", "urllib3", "linebot", "waitress", "PIL", "alembic", "sqlalchemy")


@contextmanager
def about(**ids: object) -> Iterator[None]:
    """Every line logged in this block ends with these ids; what does not look like one is left out."""
    known = tuple((name, str(value)) for name, value in ids.items() if is_id(str(value)))
    before = _about.set((*_about.get(), *known))
    try:
        yield
    finally:
        _about.reset(before)


def is_id(text: str) -> bool:
    """Whether this may stand in a log as an id: short, of letters and digits, and nobody's LINE id."""
    return _ID.fullmatch(text) is not None and _LINE_ID.search(text) is None


def place_of(error: BaseException) -> str:
    """The kind of an error and where in our code it arose; never its message, which may hold a resident's words."""
    frames = _our_frames(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1]}"[:400] if frames else type(error).__name__


def _our_frames(trace: TracebackType | None) -> list[str]:
    found = []
    for frame in traceback.extract_tb(trace):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT) and ".venv" not in path.parts:
            found.append(f"{path.relative_to(_ROOT).as_posix()}:{frame.lineno} in {frame.name}")
    return found


def clean(text: str, secrets: Iterable[str] = ()) -> str:
    """A text without LINE ids, tokens, passwords, words of other languages than ours, and line breaks."""
    for secret in secrets:
        text = text.replace(secret, "(secret)")
    text = _PASSWORD.sub(r"\1(secret)@", text)
    text = _BEARER.sub("(secret)", text)
    text = _SIGNED.sub(r"/\1/(token)", text)
    text = _LINE_ID.sub("(id)", text)
    text = _TOKEN.sub("(token)", text)
    return _CONTROL.sub(" ", _WORDS.sub("(words)", text))


class Formatter(logging.Formatter):
    """`time level logger: message [error]`, cleaned; `secrets` are replaced wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(sorted((secret for secret in secrets if len(secret) >= 8), key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = self._message(record)
        if record.exc_info and record.exc_info[1] is not None:
            message += f" [{self._error(record.exc_info[1])}]"
        said = clean(f"{record.levelname} {record.name}: {message}", self._secrets)
        return " ".join((f"{moment} {said}", *(f"{name}={value}" for name, value in _about.get())))

    def _message(self, record: logging.LogRecord) -> str:
        """The message; an error among its arguments is told by kind and place, as everywhere."""
        if isinstance(record.args, tuple) and any(isinstance(arg, BaseException) for arg in record.args):
            args = tuple(place_of(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
            return str(record.msg) % args
        return record.getMessage()

    def _error(self, error: BaseException) -> str:
        told = [f"{type(error).__name__}: " + " < ".join(reversed(_our_frames(error.__traceback__)[-6:]))]
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None:
            told.append(f"from {place_of(cause)}")
        return " ".join(told)


def use_stderr(secrets: Iterable[str] = (), level: int = logging.INFO) -> None:
    """Log to stderr from now on: stdout is for answers."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(secrets))
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(True)  # else libraries write theirs past us
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
