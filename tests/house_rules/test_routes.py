"""Every address the town answers on is either guarded or meant for everybody, and this list says which."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask

from tests.house_rules.tree import ROOT, expect_none

#: What everybody may ask, and why nothing in the answer is anybody's.
PUBLIC = {
    "/health/live": "whether the process runs",
    "/health/ready": "whether it can work, and if not why, without names or addresses",
    "/metrics": "counts; whoever runs the town keeps the path inside the house",
}
#: What needs a proof, and which.
GUARDED = {
    "/line/<municipality>/webhook": "LINE's signature over the raw body",
    "/maps/<token>": "our own signature, in the token, with its end",
    "/my-data/<token>": "our own signature, in the token, with its end",
    "/media/<token>": "our own signature, in the token, with its audience and its end",
}


def unlisted(rules: set[str]) -> list[str]:
    """Addresses that are in neither list, and listed ones that are gone."""
    listed = PUBLIC.keys() | GUARDED.keys()
    gone = [f"{rule}: listed, but not there" for rule in sorted(listed - rules)]
    return [f"{rule}: guard it, or list it as public" for rule in sorted(rules - listed)] + gone


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application as a town runs it, with no resident and no credentials of anybody."""
    if not (ROOT / "bot" / "app.py").exists():
        pytest.skip("there is no application yet")
    settings = {
        "DATABASE_URL": sqlite_url,
        "SECRET_KEY": "a key for tests, and for nothing else",
        "LINE_API_URL": "http://127.0.0.1:9",
        "LINE_DATA_URL": "http://127.0.0.1:9",
        "LINE_CHANNEL_SECRET": "a secret for tests",
        "LINE_CHANNEL_ACCESS_TOKEN": "a token for tests",
        "MEDIA_URL": f"file:{tmp_path / 'media'}",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    created: Flask = import_module("bot.app").create_app()
    return created


def test_every_route_is_guarded_or_listed_public(app: Flask) -> None:
    expect_none(unlisted({rule.rule for rule in app.url_map.iter_rules()}))


def test_a_guarded_route_lets_nobody_in_without_a_proof(app: Flask) -> None:
    client = app.test_client()
    for rule in (rule for rule in app.url_map.iter_rules() if rule.rule in GUARDED):
        address = rule.rule
        for argument in rule.arguments:
            address = address.replace(f"<{argument}>", "somebody")
        for method in (rule.methods or set()) - {"OPTIONS"}:
            status = client.open(address, method=method, data=b"{}").status_code
            assert status in (401, 403, 404), f"{method} {address} answered {status}"


def test_an_unlisted_route_would_be_found() -> None:
    known = PUBLIC.keys() | GUARDED.keys()
    assert unlisted(set(known)) == []
    assert unlisted(known | {"/tickets/all"}) == ["/tickets/all: guard it, or list it as public"]
    assert unlisted(known - {"/metrics"}) == ["/metrics: listed, but not there"]
