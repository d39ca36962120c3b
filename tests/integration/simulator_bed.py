"""The fixtures of the simulator's tests: a running simulator, a tiny bot, its town."""

from collections.abc import Iterator

import pytest

from bot.simulator import Simulator, Town
from tests.integration.tiny_bot import TinyBot, open_town, running


@pytest.fixture
def line() -> Iterator[Simulator]:
    with Simulator.start() as started:
        yield started


@pytest.fixture
def bot(line: Simulator) -> TinyBot:
    return TinyBot(line)


@pytest.fixture
def town(line: Simulator, bot: TinyBot) -> Iterator[Town]:
    with running(bot) as webhook:
        yield open_town(line, webhook)
