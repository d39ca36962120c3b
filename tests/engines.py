"""Engines that one test after the other uses, each on the address of its database.

What SQLAlchemy makes of a statement stands in the engine that first met it: with a new one for every test, half of a
talk's time went into writing the same SQL again. A process of ours keeps its engine for weeks, so this is also how a
town's is used. What a test listens for is its own, and no connection outlives what was lent.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from bot import database

_make = database.make_engine
#: By address, then by what it was made with. An address that was not lent gets a new engine each time.
_kept: dict[str, dict[frozenset[tuple[str, Any]], Engine]] = {}


def make_engine(url: str, **options: Any) -> Engine:
    """`bot.database.make_engine`, which for a lent address remembers what the tests before this one taught it."""
    if url not in _kept:
        return _make(url, **options)
    engines, made_with = _kept[url], frozenset(options.items())
    if made_with not in engines:
        engines[made_with] = _make(url, **options)
    return engines[made_with].execution_options()  # one of the test's own: who listens there hears no other test


def lend(url: str) -> None:
    """This address is a test's now, and will be that of others after it."""
    _kept.setdefault(url, {})


def give_back(url: str) -> None:
    """Close whatever is still connected there."""
    for engine in _kept[url].values():
        engine.dispose()


def forget(url: str) -> None:
    """No other test will get this address."""
    del _kept[url]
