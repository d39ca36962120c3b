"""The client to LINE: what is sent is exactly ours, and how a call can end."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot import clock
from bot.errors import (
    AlreadyAccepted,
    DeliveryDelayed,
    DeliveryProblem,
    DeliveryRefused,
    ReplyTokenInvalid,
)
from bot.line import transport
from bot.line.answers import Accepted, Profile
from bot.line.client import LineClient, shared_client
from tests.unit.line_fake import Asked, FakeLine, Says, client, line

__all__ = ["client", "line"]

NOK = "U" + "0a" * 16
TEXT = [{"type": "text", "text": "สวัสดี"}]
KEY = uuid.UUID("3f0c7a52-4c8f-4d05-9d6c-2a3f5e0a1b11")


def test_importing_bot_line_never_imports_the_slow_half_of_the_sdk() -> None:
    code = (
        "import sys, bot.line, bot.line.client, bot.line.menus\n"
        "sys.exit(any(name.startswith('linebot') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_reply_posts_our_dicts_untouched_with_the_token_of_the_channel(line: FakeLine, client: LineClient) -> None:
    line.says(Says(body={"sentMessages": [{"id": "461230966842064897", "quoteToken": "q"}]}))
    messages = [{"type": "text", "text": "กี่วัน {x} \U0001f6b0", "newerThanTheSdk": {"a": None, "b": []}}]

    assert client.reply("reply-1", messages) == Accepted("r-1", ("461230966842064897",))

    asked = line.asked[0]
    assert (asked.method, asked.path) == ("POST", "/v2/bot/message/reply")
    assert asked.json == {"replyToken": "reply-1", "messages": messages}
    assert asked.headers["authorization"] == "Bearer token-1"
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["user-agent"].startswith("line-bot-sdk-python/")
    assert "x-line-retry-key" not in asked.headers


def test_a_push_carries_its_retry_key(line: FakeLine, client: LineClient) -> None:
    line.says(Says(body={"sentMessages": [{"id": "1"}, {"id": "2"}]}))

    assert client.push(NOK, TEXT, KEY).message_ids == ("1", "2")
    client.multicast([NOK, NOK], TEXT, str(KEY))

    assert [asked.headers["x-line-retry-key"] for asked in line.asked] == [str(KEY)] * 2
    assert line.asked[0].json == {"to": NOK, "messages": TEXT}
    assert line.asked[1].json == {"to": [NOK, NOK], "messages": TEXT}


@pytest.mark.parametrize(
    ("says", "kind", "known"),
    [
        (Says(429, {"message": "You have reached your monthly limit."}), "quota", True),
        (Says(429, {"message": "The API rate limit has been exceeded. Try again later."}), "rate", True),
        (Says(429, b"<html>too many</html>"), "rate", True),
        (Says(500, b"<html>\xa1\xa2 oops</html>"), "server", False),
        (Says(503, {"message": "unavailable"}), "server", False),
        (Says(302, b"", {"location": "http://127.0.0.1:1/login"}), "server", True),
        (Says(401, {"message": "Authentication failed."}), "access", True),
        (Says(403, {"message": "Your ip address is not allowed"}), "access", True),
        (Says(drop=True), "network", False),
        (Says(200, b'{"sentMessages": []}', cut_after=4), "network", False),
    ],
)
def test_a_delay_says_its_kind_and_whether_line_may_have_it(
    line: FakeLine, client: LineClient, says: Says, kind: str, known: bool
) -> None:
    line.says(says)

    with pytest.raises(DeliveryDelayed) as caught:
        client.push(NOK, TEXT, KEY)

    assert (caught.value.kind, caught.value.outcome_known) == (kind, known)
    assert len(line.asked) == 1, "the SDK must not retry by itself"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("Tue, 24 Nov 2026 04:00:45 GMT", 45),
        ("Tue, 24 Nov 2026 03:00:00 GMT", 0),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_a_rate_limit_says_for_how_long_line_wants_to_be_left_alone(
    line: FakeLine, client: LineClient, monkeypatch: pytest.MonkeyPatch, said: str | None, seconds: float
) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 11, 24, 4, tzinfo=UTC))
    line.says(Says(429, {"message": "The API rate limit has been exceeded."}, {"retry-after": said} if said else {}))

    with pytest.raises(DeliveryDelayed) as caught:
        client.push(NOK, TEXT, KEY)

    assert (caught.value.kind, caught.value.wait_seconds) == ("rate", seconds)


def test_nobody_listening_is_known_not_to_have_been_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = LineClient(f"http://127.0.0.1:{taken.getsockname()[1]}", "http://127.0.0.1:1", "t")
        with pytest.raises(DeliveryDelayed) as caught:
            client.reply("reply-1", TEXT)
    assert (caught.value.kind, caught.value.outcome_known) == ("network", True)


def test_an_answer_that_does_not_come_in_time_leaves_the_outcome_unknown(
    line: FakeLine, client: LineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert transport.TIMEOUT == (3.05, 5.0)
    released = threading.Event()

    def stall(asked: Asked) -> Says:
        released.wait(10)
        return Says(drop=True)

    line.script = stall
    with pytest.raises(DeliveryDelayed) as caught:
        client._api.call("POST", "/v2/bot/message/push", body={}, timeout=(3.05, 0.2))
    released.set()
    assert (caught.value.kind, caught.value.outcome_known) == ("network", False)


def test_a_used_reply_token_is_told_apart_from_a_refused_message(line: FakeLine, client: LineClient) -> None:
    line.says(Says(400, {"message": "Invalid reply token"}))
    with pytest.raises(ReplyTokenInvalid):
        client.reply("reply-1", TEXT)

    details = [{"message": "May not be empty", "property": "messages[0].text"}]
    line.says(Says(400, {"message": "The request body has 1 error(s)", "details": details}))
    with pytest.raises(DeliveryRefused) as caught:
        client.reply("reply-1", TEXT)
    assert caught.value.reason == "400 The request body has 1 error(s) · messages[0].text"


def test_a_known_retry_key_means_line_has_it(line: FakeLine, client: LineClient) -> None:
    headers = {"x-line-accepted-request-id": "r-0"}
    line.says(Says(409, {"message": "The retry key is already accepted"}, headers))
    with pytest.raises(AlreadyAccepted) as caught:
        client.push(NOK, TEXT, KEY)
    assert caught.value.accepted_request_id == "r-0"


def test_problems_and_logs_hold_no_id_no_word_and_no_token(
    line: FakeLine, client: LineClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret_words = [{"type": "text", "text": "ความลับของนก"}]
    line.says(
        Says(400, {"message": f"The property, 'to' {NOK}, is invalid", "details": [{"message": "ความลับของนก"}]}),
        Says(200, {"displayName": "นก", "userId": NOK}),
        Says(drop=True),
    )
    shown = []
    calls: tuple[Callable[[], object], ...] = (
        lambda: client.push(NOK, secret_words, KEY),
        lambda: client.profile(NOK),
        lambda: client.link_menu(NOK, "richmenu-1"),
    )
    for call in calls:
        try:
            call()
        except DeliveryProblem as problem:
            shown += [repr(problem), str(problem), str(problem.__cause__)]
    everything = caplog.text + "".join(shown)

    assert "POST /v2/bot/message/push: 400" in caplog.text
    assert "GET /v2/bot/profile/{user}: 200" in caplog.text
    assert "request r-1" in caplog.text
    for private in (NOK, "ความลับ", "นก", "token-1"):
        assert private not in everything


def test_one_connection_serves_many_calls(line: FakeLine, client: LineClient) -> None:
    for _ in range(5):
        client.reply("reply-1", TEXT)
    assert line.connections == 1
    assert shared_client("http://a.test", "http://b.test", "t") is shared_client("http://a.test", "http://b.test", "t")


def test_threads_share_a_client(line: FakeLine, client: LineClient) -> None:
    line.script = lambda asked: Says(body={"displayName": asked.path.rsplit("/", 1)[1]})
    seen: dict[int, Profile | None] = {}

    def ask(number: int) -> None:
        seen[number] = client.profile(f"U{number:032x}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == {number: Profile(f"U{number:032x}", None) for number in range(16)}
