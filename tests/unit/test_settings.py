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


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:8000/", "http://[::1]:8000"])
def test_this_machine_is_taken_for_our_address_while_trying_and_never_sent(url: str) -> None:
    tried = Settings({"PUBLIC_URL": url, "LINE_API_URL": "http://127.0.0.1:8800"})
    assert tried.problems() == []
    assert tried.is_public_url_for_trying
    assert tried.public_url is None


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://127.0.0.1:8000", "https://api.line.me"),
        ("http://bot.example.go.th", "http://127.0.0.1:8800"),
        ("http://192.168.1.5:8000", "http://127.0.0.1:8800"),
        ("http://[", "http://127.0.0.1:8800"),
        ("bot.example.go.th", "https://api.line.me"),
    ],
)
def test_every_other_address_without_https_is_refused(url: str, line: str) -> None:
    [problem] = Settings({"PUBLIC_URL": url, "LINE_API_URL": line}).problems()
    assert problem.startswith("PUBLIC_URL must begin with https://")


@pytest.mark.parametrize("sign", ["\u200b", "ก", "\x00"])
@pytest.mark.parametrize("name", ["LINE_CHANNEL_ACCESS_TOKEN", "LINE_CHANNEL_SECRET__HUA_HIN"])
def test_a_key_with_a_sign_that_was_copied_along_is_told_without_any_of_it(name: str, sign: str) -> None:
    settings = Settings({"SECRET_KEY": "k" * 32, name: f"abc{sign}def"})
    [problem] = settings.problems(serves=True)
    assert problem.startswith(f"{name} holds a sign that LINE's keys never have: copy it anew")
    assert "abc" not in problem


def test_blanks_around_a_towns_own_keys_do_not_matter() -> None:
    copied = {"LINE_CHANNEL_SECRET__HUA_HIN": " abc\n", "LINE_CHANNEL_ACCESS_TOKEN": " def "}
    channel = Settings(copied).channel("hua-hin")
    assert (channel.secret, channel.access_token) == ("abc", "def")
