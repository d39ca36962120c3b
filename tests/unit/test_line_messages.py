"""Replies become LINE messages: within every limit whatever the words, and readable on a phone and on a PC."""

from __future__ import annotations

import pytest

from bot.line import counting
from bot.line.actions import dial, web_address
from bot.line.messages import build
from bot.line.postbacks import read
from bot.replies import (
    BeforeAfter,
    Button,
    Card,
    Carousel,
    Choices,
    HotlineCard,
    HotlineNumber,
    Line,
    Picture,
    Say,
    Show,
)
from tests.unit.line_accepts import BLIND, KEY, SPEAKER, accepted, inside, labels, words


def test_a_text_stands_as_it_was_written() -> None:
    assert build([Say("ได้รับเรื่องแล้ว\nขอบคุณ {คุณ}")], SPEAKER) == [{"type": "text", "text": "ได้รับเรื่องแล้ว\nขอบคุณ {คุณ}"}]


def test_a_button_carries_a_seal_that_only_this_town_made() -> None:
    messages = accepted(
        build([Choices("ประเภทใด", (Button("ขยะตกค้าง", "draft.category", {"code": "garbage"}),))], SPEAKER)
    )
    action = next(part for part in inside(messages) if part.get("type") == "postback")
    assert (action["label"], action["displayText"]) == ("ขยะตกค้าง", "ขยะตกค้าง")
    press = read(action["data"], KEY, "rangsit")
    assert (press.is_genuine, press.action, press.args) == (True, "draft.category", {"code": "garbage"})
    assert not read(action["data"], KEY, "another").is_genuine


def test_quick_replies_of_every_reply_stand_on_the_last_message() -> None:
    replies = [
        Say("รับแล้ว", (Button("ยกเลิก", "draft.cancel"), Button("ข้าม", "draft.skip"))),
        Say(
            "อยู่ตรงไหน",
            (
                Button("ส่งตำแหน่ง", kind="location"),
                Button("ถ่ายรูป", kind="camera"),
                Button("เลือกรูป", kind="camera_roll"),
                Button("พิมพ์บอก", "draft.words", kind="keyboard"),
                Button("ยกเลิก", "draft.cancel"),
            ),
        ),
    ]
    messages = accepted(build(replies, SPEAKER))
    items = [item["action"] for item in messages[1]["quickReply"]["items"]]
    assert [(item["type"], item["label"]) for item in items] == [
        ("location", "ส่งตำแหน่ง"),
        ("camera", "ถ่ายรูป"),
        ("cameraRoll", "เลือกรูป"),
        ("postback", "พิมพ์บอก"),
        ("postback", "ยกเลิก"),
        ("postback", "ข้าม"),
    ]
    assert items[3]["inputOption"] == "openKeyboard"
    assert "quickReply" not in messages[0]


def test_pickers_on_a_card_open_by_address_because_line_has_them_only_as_quick_replies() -> None:
    messages = accepted(build([Choices("ที่ไหน", (Button("ส่งตำแหน่ง", kind="location"),))], SPEAKER))
    action = next(part for part in inside(messages) if "label" in part)
    assert action == {"type": "uri", "label": "ส่งตำแหน่ง", "uri": "https://line.me/R/nv/location/"}


def test_a_full_length_choice_is_never_cut_and_shrinks_to_its_button() -> None:
    name = "น้ำท่วมขัง ท่อระบายน้ำอุดตัน ฝาท่อชำรุด"
    assert 20 < counting.graphemes(name) <= 40
    messages = accepted(build([Choices("ประเภทใด", (Button(name, "c"),))], SPEAKER))
    assert labels(messages) == [name]
    assert next(part for part in inside(messages) if part.get("type") == "button")["adjustMode"] == "shrink-to-fit"

    longer = name + " และอื่น ๆ อีกมากมาย"
    messages = accepted(build([Choices("ประเภทใด", (Button(longer, "c"),))], SPEAKER))
    assert labels(messages)[0].endswith("…")
    assert longer in words(messages), "what a button must cut is written out above it"


def test_a_broken_button_is_left_out_and_logged_without_its_contents(caplog: pytest.LogCaptureFixture) -> None:
    bad = (
        Button(" ", "draft.send"),
        Button("แผนที่", kind="uri", url="ftp://secret.test/ซอย"),
        Button("ส่ง", "draft.send", {"words": "ความลับ" * 50}),
        Button("ดี", "draft.good"),
    )
    messages = accepted(build([Card("t", "a", buttons=bad)], SPEAKER))
    assert labels(messages) == ["ดี"]
    assert len(caplog.records) == 3
    assert "secret" not in caplog.text
    assert "ความลับ" not in caplog.text


TICKET = Card(
    title="🚰 น้ำประปาแดง ขุ่น มีกลิ่น",
    alt="RS-6911-00042 น้ำประปาแดง รอรับเรื่อง",
    badge="รอรับเรื่อง",
    number="RS-6911-00042",
    lines=(Line("สถานที่", "ซอยรังสิต-นครนายก 46"), Line("หน่วยงาน", "กองช่าง")),
    note="เทศบาลจะแจ้งความคืบหน้าภายใน 24 พ.ย.",
    history=("20 พ.ย. 10:02 รอรับเรื่อง",),
    pictures=(Picture(1, "officer"), Picture(2, "officer"), Picture(3, "officer")),
    buttons=(Button("รับเรื่อง", "case.accept", style="primary"), Button("ตอบกลับ", "case.reply")),
)


def test_a_card_shows_everything_it_was_given() -> None:
    [message] = accepted(build([TICKET], SPEAKER))
    assert message["altText"] == TICKET.alt
    shown = words([message])
    for said in (TICKET.title, TICKET.badge, TICKET.number, TICKET.note, TICKET.history[0], "ซอยรังสิต-นครนายก 46"):
        assert said in shown
    images = [part for part in inside(message) if part.get("type") == "image"]
    assert [image["url"][-6:] for image in images] == ["1-card", "2-card", "3-card"]
    assert images[0]["action"]["uri"] == "https://bot.test/media/1-full"
    assert labels([message]) == ["รับเรื่อง", "ตอบกลับ"]


def test_a_card_without_shown_pictures_still_says_all_else() -> None:
    [message] = accepted(build([TICKET], BLIND))
    assert not [part for part in inside(message) if part.get("type") == "image"]
    assert TICKET.number in words([message])


def test_the_longest_report_is_shortened_and_the_buttons_stay() -> None:
    report = "น้ำท่วมในซอย " * 600
    long = Card("t", "a", lines=(Line("เรื่อง", report),), buttons=TICKET.buttons)
    [message] = accepted(build([long], SPEAKER))
    assert labels([message]) == ["รับเรื่อง", "ตอบกลับ"]
    shown = max((part["text"] for part in inside(message) if "text" in part), key=len)
    assert len(shown) > 2_500
    assert shown.endswith("…")


def test_a_list_of_twelve_cards_keeps_every_card_and_button() -> None:
    many = tuple(
        Card(
            title="🗑️ ขยะตกค้าง ไม่มาเก็บตามรอบ",
            alt="x",
            badge="รอรับเรื่อง",
            number=f"RS-6911-{number:05}",
            lines=(Line("สถานที่", "หมู่บ้านเมืองเอก โครงการ 3 " * 30), Line("กำหนด", "24 พ.ย.")),
            buttons=tuple(Button(f"ปุ่มที่ {n}", "case.open", {"ticket": number}) for n in range(3)),
        )
        for number in range(14)
    )
    [message] = accepted(build([Carousel(many, "เรื่องใหม่ 14 เรื่อง")], SPEAKER))
    assert len(message["contents"]["contents"]) == 12
    assert len(labels([message])) == 36
    assert message["altText"] == "เรื่องใหม่ 14 เรื่อง"


def test_a_list_of_one_or_none_is_a_card_or_a_sentence() -> None:
    [one] = accepted(build([Carousel((TICKET,), "เรื่องของคุณ 1 เรื่อง")], SPEAKER))
    assert (one["contents"]["type"], one["altText"]) == ("bubble", "เรื่องของคุณ 1 เรื่อง")
    assert build([Carousel((), "ยังไม่มีเรื่อง")], SPEAKER) == [{"type": "text", "text": "ยังไม่มีเรื่อง"}]


@pytest.mark.parametrize(("before", "after", "seen"), [(1, 2, 2), (None, 2, 1), (1, None, 1), (None, None, 0)])
def test_before_and_after_show_what_there_is(before: int | None, after: int | None, seen: int) -> None:
    shown = BeforeAfter(
        title="ขยะ",
        alt="แก้ไขแล้ว",
        number="RS-6911-00042",
        before=Picture(before, "reporter") if before else None,
        after=Picture(after, "reporter") if after else None,
        before_label="ก่อน",
        after_label="หลัง",
        note="เรียบร้อยไหม",
        buttons=(Button("เรียบร้อยแล้ว", "mine.content"), Button("ยังไม่เรียบร้อย", "mine.not_content")),
    )
    [message] = accepted(build([shown], SPEAKER))
    assert len([part for part in inside(message) if part.get("type") == "image"]) == seen
    assert ("ก่อน" in words([message])) is (before is not None)
    assert labels([message]) == ["เรียบร้อยแล้ว", "ยังไม่เรียบร้อย"]


def test_danger_shows_numbers_that_dial_and_can_be_read() -> None:
    numbers = (
        HotlineNumber("ป้องกันและบรรเทาสาธารณภัย เทศบาลนครรังสิต ตลอด 24 ชั่วโมง", "0-2567-6000 ต่อ 191"),
        HotlineNumber("ดับเพลิง", "199"),
        HotlineNumber("สอบถาม", "ที่เคาน์เตอร์"),
    )
    [message] = accepted(build([HotlineCard("อันตราย", "ออกห่างจากสายไฟ", numbers)], SPEAKER))
    assert [part["uri"] for part in inside(message) if "uri" in part] == ["tel:025676000", "tel:199"]
    assert labels([message]) == ["0-2567-6000 ต่อ 191", "199"]
    for number in numbers:
        assert number.name in words([message]), "a name is never cut"
    assert "ที่เคาน์เตอร์" in words([message])
    assert "199" in message["altText"]


def test_a_long_number_has_a_line_of_its_own_and_a_short_one_stands_beside_its_name() -> None:
    numbers = (HotlineNumber("เทศบาล", "02-567-6000"), HotlineNumber("ดับเพลิง", "199"))
    [message] = accepted(build([HotlineCard("อันตราย", "", numbers)], SPEAKER))
    boxes = [part for part in inside(message) if part.get("type") == "box"]
    lines = [box["layout"] for box in boxes if any(one["type"] == "button" for one in box["contents"])]
    assert lines == ["vertical", "horizontal"]


def test_a_picture_alone_is_an_image_or_its_description() -> None:
    assert accepted(build([Show(Picture(7, "officer", "ภาพหลังแก้ไข"))], SPEAKER)) == [
        {
            "type": "image",
            "originalContentUrl": "https://bot.test/media/7-full",
            "previewImageUrl": "https://bot.test/media/7-card",
        }
    ]
    assert build([Show(Picture(7, "officer", "ภาพหลังแก้ไข"))], BLIND) == [{"type": "text", "text": "ภาพหลังแก้ไข"}]


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("https://maps.test/?q=13.98,100.61", "https://maps.test/?q=13.98,100.61"),
        ("https://town.test/ข่าว 1", "https://town.test/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7%201"),
        ("https://town.test/%E0%B8%82?x=100%", "https://town.test/%E0%B8%82?x=100%25"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://town.test/" + "a" * 1_000, None),
    ],
)
def test_addresses_go_out_encoded_or_not_at_all(said: str, sent: str | None) -> None:
    assert web_address(said) == sent


@pytest.mark.parametrize(
    ("phone", "address"),
    [("199", "tel:199"), ("0-2567-6000", "tel:025676000"), ("+66 2 567 6000", "tel:+6625676000"), ("-", None)],
)
def test_numbers_as_people_write_them_dial(phone: str, address: str | None) -> None:
    assert dial(phone) == address
