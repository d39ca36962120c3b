"""LINE's JSON becomes our inputs: tolerant of everything, silent about nothing that matters."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.line import events
from bot.line.events import (
    ButtonPressed,
    FileSent,
    Followed,
    PhotoSent,
    PlaceBroken,
    PlaceSent,
    StickerSent,
    TextSaid,
    Unfollowed,
    Unknown,
    Unsent,
    VideoSent,
    VoiceSent,
)

KEY = b"k" * 40


def read(event: Any, us: str | None = None) -> events.Heard:
    return events.read(json.dumps(event).encode(), KEY, "rangsit", us)


def message(**content: Any) -> Any:
    return read({"type": "message", "message": {"id": "1", **content}}).input


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"type": "text", "text": "น้ำแดง"}, TextSaid("1", "น้ำแดง")),
        ({"type": "text", "text": "น้ำ\x00แดง\ud83d"}, TextSaid("1", "น้ำแดง?")),
        ({"type": "text", "text": "x", "quotedMessageId": "9"}, TextSaid("1", "x", "9")),
        ({"type": "image"}, PhotoSent("1")),
        ({"type": "image", "imageSet": {"index": 1, "total": 3}}, PhotoSent("1", is_last_of_set=False)),
        ({"type": "image", "imageSet": {"index": 3, "total": 3}}, PhotoSent("1")),
        ({"type": "image", "contentProvider": {"type": "external"}}, PhotoSent("1", is_external=True)),
        ({"type": "audio"}, VoiceSent("1")),
        ({"type": "video"}, VideoSent("1")),
        ({"type": "file", "fileName": "x.pdf"}, FileSent("1")),
        ({"type": "sticker", "keywords": ["love"]}, StickerSent("1", ("love",))),
        ({"type": "location", "latitude": 13, "longitude": 100.5, "title": "ตลาด", "address": " ซอย 5 "},
         PlaceSent("1", 13.0, 100.5, "ตลาด ซอย 5")),
        ({"type": "location", "latitude": 13, "longitude": 181}, PlaceBroken("1")),
        ({"type": "location", "latitude": True, "longitude": 1}, PlaceBroken("1")),
        ({"type": "location", "latitude": float("nan"), "longitude": 1}, PlaceBroken("1")),
        ({"type": "location", "latitude": 10**400, "longitude": 1}, PlaceBroken("1")),
        ({"type": "location"}, PlaceBroken("1")),
        ({"type": "hologram"}, Unknown("hologram", is_message=True)),
        ({"id": "", "type": "text", "text": "x"}, Unknown("message", is_message=True)),
        ({"id": 5, "type": "text", "text": "x"}, Unknown("message", is_message=True)),
    ],
    ids=str,
)  # fmt: skip
def test_messages(content: dict[str, Any], heard: Any) -> None:
    assert message(**content) == heard


@pytest.mark.parametrize(
    ("event", "heard"),
    [
        ({"type": "follow"}, Followed()),
        ({"type": "follow", "follow": {"isUnblocked": True}}, Followed(is_unblocked=True)),
        ({"type": "unfollow"}, Unfollowed()),
        ({"type": "unsend", "unsend": {"messageId": "7"}}, Unsent("7")),
        ({"type": "unsend"}, Unknown("unsend")),
        ({"type": "beacon"}, Unknown("beacon")),
        ({"type": None}, Unknown("")),
        ([], Unknown("")),
        ("text", Unknown("")),
        (None, Unknown("")),
    ],
    ids=str,
)
def test_other_events(event: Any, heard: Any) -> None:
    assert read(event).input == heard


def test_who_where_and_with_which_token() -> None:
    heard = read(
        {"type": "follow", "source": {"type": "group", "groupId": "C1", "userId": "U1"}, "replyToken": "t",
         "timestamp": 1_700_000_000_000, "mode": "standby"}
    )  # fmt: skip
    assert (heard.user_id, heard.group_id, heard.reply_token) == ("U1", "C1", "t")
    assert (heard.occurred_at_ms, heard.is_standby) == (1_700_000_000_000, True)
    room = read({"source": {"type": "room", "roomId": "R1"}})
    assert (room.user_id, room.group_id, room.reply_token) == (None, "R1", None)


@pytest.mark.parametrize("timestamp", [None, "1", True, -5, 0, 1.5, 10**400, [1]])
def test_an_impossible_time_is_no_time(timestamp: Any) -> None:
    assert read({"timestamp": timestamp}).occurred_at_ms == 0


@pytest.mark.parametrize(
    ("mentionees", "mentions_us"),
    [
        ([{"isSelf": True}], True),
        ([{"isSelf": "yes"}], False),
        ([{"userId": "Uus"}], True),
        ([{"userId": "Uthem"}, "x", None], False),
        ("all", False),
        (None, False),
    ],
)
def test_being_mentioned(mentionees: Any, mentions_us: bool) -> None:
    event = {
        "type": "message",
        "message": {"id": "1", "type": "text", "text": "x", "mention": {"mentionees": mentionees}},
    }
    heard = read(event, us="Uus").input
    assert isinstance(heard, TextSaid)
    assert heard.mentions_us is mentions_us


def test_a_postback_s_data_and_choices_are_read() -> None:
    heard = read({"type": "postback", "postback": {"data": "menu:report", "params": {"date": "2026-11-24", "n": 5}}})
    assert isinstance(heard.input, ButtonPressed)
    assert heard.input.press.action == "menu.report"
    assert heard.input.params == {"date": "2026-11-24", "n": "5"}


def test_bytes_that_are_no_text_are_read_around() -> None:
    body = b'{"type": "message", "message": {"id": "1", "type": "text", "text": "\xff\xfe"}}'
    heard = events.read(body, KEY, "rangsit").input
    assert heard == TextSaid("1", "\ufffd\ufffd")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KINDS = ["message", "postback", "follow", "unfollow", "unsend", "join", "x"]


@given(
    kind=st.sampled_from(KINDS),
    content=st.dictionaries(st.sampled_from(["id", "type", "text", "latitude", "longitude", "imageSet", "keywords",
                                             "mention", "data", "params", "messageId"]), json_values),
    source=json_values,
    what=st.sampled_from(["text", "image", "location", "sticker", "audio", ""]),
)  # fmt: skip
def test_nothing_that_line_may_send_is_an_error(kind: str, content: dict[str, Any], source: Any, what: str) -> None:
    event = {"type": kind, "source": source, "timestamp": content.get("id"), "replyToken": source}
    for name in ("message", "postback", "unsend"):
        event[name] = {**content, "type": what}
    heard = read(event)
    assert heard.user_id is None or len(heard.user_id) <= 40
    assert events.chat_of(event) is None or len(events.chat_of(event) or "") <= 40
    assert len(events.message_id(event) or "") <= 80
