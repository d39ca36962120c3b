"""Settings that cannot work: each is told in a sentence with what to do, and no secret in it."""

from __future__ import annotations

import pytest

from bot.config import Settings


@pytest.mark.parametrize("name", ["DATABASE_URL", "QUEUE_URL"])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://town:hun@ter:2/x@127.0.0.1/bot", "percent-encoded"),
        ("postgresql+psycopg://town:hun@ter2@127.0.0.1/bot", "percent-encoded"),
        ("postgresql+psycopg://town:hunter2@127.0.0.1:port/bot", "percent-encoded"),
        ("mysql://town:hunter2@127.0.0.1/bot", "must begin with"),
        ("sqlite:///", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
    ],
)
def test_a_wrong_address_of_the_database_is_told_without_any_of_it(name: str, url: str, told: str) -> None:
    [problem] = Settings({name: url}).problems()
    assert problem.startswith(name)
    assert told in problem
    assert not any(part in problem for part in ("hun", "ter", "127.0.0.1"))


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///var/bot.db",
        "sqlite:////srv/bot@town/bot.db",
        "postgresql+psycopg://town:hun%40ter%2F2@127.0.0.1:5432/bot",
    ],
)
def test_an_address_with_an_encoded_password_is_taken(url: str) -> None:
    assert Settings({"DATABASE_URL": url, "QUEUE_URL": url}).problems() == []
