"""What the webhook refuses, and what it puts up with."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from bot import metrics
from bot.app import create_app
from handlers.line.webhook import MOST_BYTES
from tests.integration.engine_bed import NOK, Bed, a_town, body_of, event, signed


@pytest.fixture
def database_kind() -> str:
    """One kind: nothing of this reaches a database."""
    return "sqlite"


@pytest.fixture
def bed(quick_bed: Bed) -> Bed:
    return quick_bed


@pytest.fixture
def web(bed: Bed) -> FlaskClient:
    return create_app(bed.parts).test_client()


def post(web: FlaskClient, body: bytes, headers: dict[str, str] | None = None, town: str = "rangsit") -> TestResponse:
    return web.post(f"/line/{town}/webhook", data=body, headers=signed(body) if headers is None else headers)


def counted(result: str) -> float:
    return metrics.registry.get_sample_value("jaengmueang_events_total", {"result": result}) or 0


@pytest.mark.parametrize(
    "signature",
    [None, "", "x", "ลายเซ็น", "AAAA", "\udcff", signed(b"another body")["x-line-signature"]],
    ids=["missing", "empty", "short", "thai", "cut", "surrogate", "of another body"],
)
def test_without_a_genuine_signature_nothing_is_kept_and_nothing_is_told(
    bed: Bed, web: FlaskClient, signature: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    failures = metrics.registry.get_sample_value("jaengmueang_signature_failures_total") or 0
    headers = {} if signature is None else {"x-line-signature": signature.encode("utf-8", "replace").decode("latin-1")}
    answer = post(web, body_of(event(1)), headers)
    assert answer.status_code == 401
    assert answer.data == b""
    assert bed.events() == []
    assert metrics.registry.get_sample_value("jaengmueang_signature_failures_total") == failures + 1
    assert "words 1" not in caplog.text
    assert NOK not in caplog.text


def test_a_body_changed_on_the_way_is_refused(bed: Bed, web: FlaskClient) -> None:
    body = body_of(event(1))
    assert post(web, body.replace(b"words 1", b"words 2"), signed(body)).status_code == 401


def test_another_towns_secret_opens_nothing(bed: Bed, web: FlaskClient) -> None:
    body = body_of(event(1))
    assert post(web, body, signed(body, "another-secret")).status_code == 401


def test_an_unknown_town_is_not_found(bed: Bed, web: FlaskClient) -> None:
    assert post(web, body_of(event(1)), town="atlantis").status_code == 404


def test_a_town_imported_while_we_run_is_found(bed: Bed, web: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.AGAIN_SECONDS", 0)
    assert post(web, body_of(event(1)), town="pilot").status_code == 404
    with bed.database.transaction() as session:
        a_town(session, "pilot")
    assert post(web, body_of(event(1)), town="pilot").status_code == 200


def test_the_same_event_id_in_two_towns_is_two_events(bed: Bed, web: FlaskClient) -> None:
    with bed.database.transaction() as session:
        a_town(session, "pilot")
    for town in ("rangsit", "pilot"):
        assert post(web, body_of(event(1)), town=town).status_code == 200
    assert len(bed.events()) == 2


def test_a_body_over_a_megabyte_is_not_even_signed_for(
    bed: Bed, web: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.line.webhook.is_genuine", lambda *_: pytest.fail("it was read and signed for"))
    body = b" " * (MOST_BYTES + 1)
    assert post(web, body).status_code == 413


def test_a_body_over_a_megabyte_that_does_not_say_so_is_not_read_to_its_end(bed: Bed, web: FlaskClient) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, into: Any) -> int:
            self.given += len(into)
            into[:] = b" " * len(into)
            return len(into)

    stream = Endless()
    environ = EnvironBuilder(path="/line/rangsit/webhook", method="POST", headers=signed(b"")).get_environ()
    environ |= {"wsgi.input": stream, "wsgi.input_terminated": True}
    environ.pop("CONTENT_LENGTH", None)
    answer = run_wsgi_app(web.application, environ)
    assert answer[1].startswith("413")
    assert stream.given <= MOST_BYTES + 65536


def test_a_body_just_below_a_megabyte_is_taken(bed: Bed, web: FlaskClient) -> None:
    body = body_of(event(1))
    padded = body + b" " * (MOST_BYTES - len(body))
    assert post(web, padded).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"events": [',
        b"[]",
        b'"events"',
        b"null",
        b"{}",
        b'{"events": {}}',
        b'{"events": "no"}',
        b'{"events": [{"type": "m\xff"}]}',
        '{"events": []}'.encode("utf-16"),
        b"\x00",
        b'{"events":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"events":[{"a":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}]}",
        b'{"events":[{"timestamp": ' + b"9" * 5000 + b"}]}",
    ],
)
def test_what_is_no_json_object_with_events_is_refused(bed: Bed, web: FlaskClient, body: bytes) -> None:
    assert post(web, body).status_code == 400
    assert bed.events() == []
