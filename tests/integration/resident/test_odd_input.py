"""Whatever LINE sends: a clear answer or silence, never an error, never somebody else's business."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bot.line.postbacks import sign
from models import InboxEvent, Media, Report, Resident
from tests.people import KEY
from tests.talking import Person, Rangsit


def test_text_of_five_thousand_units_is_kept_whole(town: Rangsit, nok: Person) -> None:
    long = "น้ำประปาแดงมาก " + "แดงมาก " * 700
    nok.sends(long[:5000])
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง", "…")
    nok.presses("ส่งเรื่อง")
    report = town.every(Report)[0]
    from models import Message

    assert [m.text for m in town.every(Message, report_id=report.id)] == [long[:5000]]


@pytest.mark.parametrize(
    "text",
    [
        "😡😡😡",
        "🚰",
        "   ",
        "\n\t",
        "\u200b\u200c\u200d",
        "\u200f\u202e\u200f",
        "\u00a0",
        ".",
        "?",
        "ๆ",
        "5555",
        "\ufeff",
    ],
    ids=lambda text: text.encode("unicode_escape").decode(),
)
def test_text_without_words_gets_a_kind_answer(town: Rangsit, nok: Person, text: str) -> None:
    nok.sends(text)
    assert nok.count("reply") == 1
    assert town.tickets() == []


@pytest.mark.parametrize("text", ["   ", "\u200b\u200c", "\u200f"])
def test_invisible_text_is_no_place_and_no_part_of_a_report(town: Rangsit, nok: Person, text: str) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.reads_on()
    nok.sends(text)
    nok.sees("อยู่ที่ไหน")
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง")


def test_right_to_left_marks_do_not_hide_a_report(town: Rangsit, nok: Person) -> None:
    nok.sends("\u202eน้ำ\u200bประปา\u200fแดงมาก\u202c")
    nok.sees("น้ำประปาแดง", "อยู่ที่ไหน")


@pytest.mark.parametrize(
    "text", ["น้ำประปาแดงมาก\x00", "น้ำประปาแดงมาก \ud83d", "\udc00น้ำประปาแดงมาก", "น้ำประปา\x07แดงมาก"]
)
def test_nul_and_lone_surrogates_are_read_all_the_same(town: Rangsit, nok: Person, text: str) -> None:
    nok.sends(text)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง", "น้ำประปาแดง")


def test_braces_and_percent_signs_are_only_words(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก {town} {0} %s ${x}")
    nok.sends("บ้าน {number} %d")
    nok.sees("ตรวจดูก่อนส่ง", "{town} {0} %s ${x}", "บ้าน {number} %d")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (91, 100), (-90.1, 100), (13.9, 180.5), (math.nan, 100.6), (13.9, math.inf), ("13.9", "100.6"), (True, False),
        (None, None), (10**400, 100), ([13.9], {"a": 1}),
    ],
    ids=str,
)  # fmt: skip
def test_a_place_that_is_none_is_asked_for_again(town: Rangsit, nok: Person, latitude: Any, longitude: Any) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.reads_on()
    nok.sends_place(latitude, longitude)
    nok.sees("อ่านไม่ได้")
    nok.sends_place()
    nok.sees("ตรวจดูก่อนส่ง")


def test_the_edges_of_the_earth_are_places(town: Rangsit, nok: Person) -> None:
    nok.sends("น้ำประปาแดงมาก")
    nok.sends_place(-90, 180)
    nok.sees("อยู่นอกเขต", "นอกประเทศไทย")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "beacon", "beacon": {"hwid": "1"}},
        {"type": "videoPlayComplete"},
        {"type": "membership"},
        {"type": "accountLink", "link": {"result": "ok", "nonce": "1"}},
        {"type": "somethingNew", "newField": {"a": [1]}},
        {"type": ""},
        {},
        {"type": 5},
        {"type": "unsend"},
        {"type": "unsend", "unsend": {"messageId": 7}},
        {"type": "message", "message": None, "replyToken": None},
    ],
    ids=str,
)
def test_events_nobody_knows_yet_pass_in_silence(town: Rangsit, nok: Person, event: dict[str, Any]) -> None:
    nok.event({"type": None, **event})
    nok.sees_nothing()
    nok.sends("สวัสดี")
    nok.sees("มีปัญหาอะไรในเมือง")


@pytest.mark.parametrize(
    "message",
    [
        {"type": "hologram"},
        {"type": None},
        {"type": "text", "text": None},
        {"type": "text", "text": 5},
        {"type": "text"},
    ],
    ids=str,
)
def test_messages_nobody_knows_yet_are_answered_kindly(town: Rangsit, nok: Person, message: dict[str, Any]) -> None:
    nok.message(message)
    assert nok.count("reply") == 1


@pytest.mark.parametrize("source", [None, "nok", {}, {"type": "user"}, {"type": "newKind", "userId": None}], ids=str)
def test_an_event_without_a_person_is_nobody_s(town: Rangsit, nok: Person, source: Any) -> None:
    nok.event({"type": "message", "message": {"type": "text", "id": "1", "text": "สวัสดี"}, "source": source})
    assert town.every(Resident) == []


def test_a_group_is_answered_only_when_it_mentions_us_and_without_anybody_s_data(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    group = {"type": "group", "groupId": "C" + "1" * 32}
    with_person = {**group, "userId": nok.user_id}
    mention = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
    chat = town.person("group")
    chat.user_id = group["groupId"]
    nok.message({"type": "text", "text": number}, source=with_person)
    nok.message({"type": "text", "text": "สวัสดี"}, source=group)  # a member who did not consent has no id
    nok.message({"type": "image"}, source=with_person)
    nok.event({"type": "join", "source": group})
    nok.event({"type": "postback", "postback": {"data": "menu:track"}, "source": with_person})
    chat.sees_nothing()
    nok.message({"type": "text", "text": f"@เทศบาล {number}", "mention": mention}, source=group)
    assert number not in chat.sees("แชทส่วนตัว")
    nok.message(
        {"type": "text", "text": "@เทศบาล", "mention": mention}, source={"type": "room", "roomId": "R" + "1" * 32}
    )
    assert town.every(Media) == []
    nok.sees_nothing()


def test_standby_is_silence(town: Rangsit, nok: Person) -> None:
    nok.event({"type": "message", "mode": "standby", "message": {"type": "text", "id": "1", "text": "สวัสดี"}})
    nok.sees_nothing()


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "draft.send",
        "mine.cancel_yes?ticket=1",
        ".mine.cancel_yes?ticket=1",
        "A" * 20 + ".mine.fixed?ticket=1",
        "menu:",
        "menu:nothing",
        "menu:" + "x" * 5000,
        "tab:",
        "tab:secret",
        "work.accept?ticket=1",
        "ก" * 300,
        "\x00",
    ],
    ids=lambda data: data[:24],
)
def test_buttons_that_are_not_ours_do_nothing(town: Rangsit, nok: Person, data: str) -> None:
    number = nok.reports()
    before = town.standing(number, "status", "version")
    nok.posts_back(data)
    assert nok.count("reply") > 0
    assert town.standing(number, "status", "version") == before


def test_a_button_of_another_town_or_changed_by_a_letter_is_forged(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    args: dict[str, int | str] = {"ticket": town.standing(number, "id")}
    elsewhere = sign("mine.cancel_yes", args, KEY.encode(), "elsewhere")
    good = sign("mine.cancel_yes", args, KEY.encode(), "rangsit")
    for data in (elsewhere, good[:-1], good + "0", good.replace("cancel", "Cancel"), good.swapcase()):
        nok.posts_back(data)
        nok.sees("ปุ่มนี้ใช้ไม่ได้")
    assert town.standing(number) == "new"
    nok.posts_back(good)
    assert town.standing(number) == "cancelled"


@pytest.mark.parametrize(
    ("action", "args"),
    [
        ("mine.show", {}),
        ("mine.show", {"ticket": "x"}),
        ("mine.show", {"ticket": "²"}),
        ("mine.show", {"ticket": 10**12}),
        ("mine.stars", {"ticket": 1, "n": "nine"}),
        ("mine.attach", {"ticket": 1, "draft": "none"}),
        ("mine.category", {"ticket": 1, "code": "none"}),
        ("mine.of_a_later_release", {"ticket": 1}),
        ("draft.category", {"draft": "none", "code": "garbage"}),
        ("draft.of_a_later_release", {"draft": "none"}),
        ("later.release", {}),
    ],
)
def test_our_own_old_and_future_buttons_are_answered(
    town: Rangsit, nok: Person, action: str, args: dict[str, int | str]
) -> None:
    number = nok.reports()
    before = nok.count("reply")
    nok.posts_back(sign(action, args, KEY.encode(), "rangsit"))
    assert nok.count("reply") == before + 1
    assert town.standing(number) == "new"


def test_the_same_photo_under_two_events_is_kept_once(town: Rangsit, nok: Person) -> None:
    photo = {"type": "message", "message": {"id": "same", "type": "image", "contentProvider": {"type": "line"}}}
    nok.event(photo)
    nok.event(photo)
    assert len(town.every(Media)) == 1


def test_odd_fields_of_known_messages_do_no_harm(town: Rangsit, nok: Person) -> None:
    nok.message({"type": "image", "imageSet": {"index": "x", "total": None}, "contentProvider": "line"})
    nok.message({"type": "sticker", "keywords": [1, None, {"a": 1}] * 20})
    nok.message({"type": "text", "text": "สวัสดี", "mention": {"mentionees": "all"}, "quotedMessageId": 5})
    nok.event({"type": "postback", "postback": {"data": 5, "params": ["x"]}})
    nok.event({"type": "follow", "follow": "yes", "timestamp": 10**400})
    nok.event(
        {"type": "message", "timestamp": True, "message": {"id": "y" * 500, "type": "text", "text": "น้ำประปาแดงมาก"}}
    )
    nok.sees("อยู่ที่ไหน")


def test_an_invitation_code_that_was_typed_stays_in_no_stored_event(town: Rangsit, nok: Person) -> None:
    nok.sends("TEAM-ABCDE-FGHJK")
    assert nok.text
    assert town.every(InboxEvent)[-1].body is None
    assert all("ABCDE" not in str(message.content) for message in town.said_to(nok))
