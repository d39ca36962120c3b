"""What a person can read and press in a message."""

from bot.simulator import ids
from bot.simulator.counting import graphemes, utf16_units
from bot.simulator.deliveries import signature
from bot.simulator.reading import all_text, buttons, cards, picture_addresses, quick_replies
from tests.unit.line_samples import (
    BUTTONS,
    CAROUSEL,
    COLUMNS,
    FLEX,
    IMAGEMAP,
    PICTURES,
    PLACE,
    POSTBACK,
    TEXT,
    URL,
    quick,
)


def test_everything_readable_of_a_card_is_read_and_the_hidden_text_is_not() -> None:
    words = all_text(FLEX)
    assert words.splitlines() == ["[ภาพ]", "RS-6911-00042", "รอรับเรื่อง", "5", "[ส่งเรื่อง]"]
    assert "เรื่องของคุณ" not in words  # altText stands in notifications, not in the chat


def test_quick_replies_are_read_after_the_text() -> None:
    assert all_text(quick(POSTBACK)) == "สวัสดี\nส่งเรื่อง"


def test_templates_places_and_imagemaps_are_read() -> None:
    assert all_text(BUTTONS) == "เลือกประเภท\n[ส่งเรื่อง]"
    assert all_text(COLUMNS) == "ก\n[ส่งเรื่อง]\nข\n[ส่งเรื่อง]"
    assert all_text(PLACE) == "[ตำแหน่ง] ตลาด รังสิต"
    assert all_text(IMAGEMAP) == "แผนที่\n[ไป]"
    assert all_text(PICTURES) == "[ดู]"


def test_each_bubble_of_a_carousel_is_a_card_of_its_own() -> None:
    assert len(cards(CAROUSEL)) == 2
    assert [button.card.count("RS-6911-00042") for button in buttons(CAROUSEL)] == [1, 1]


def test_a_box_that_can_be_pressed_is_called_by_its_words() -> None:
    box = {
        "type": "box",
        "layout": "vertical",
        "contents": [{"type": "text", "text": "ขยะ"}],
        "action": {"type": "postback", "data": "garbage"},
    }
    message = {"type": "flex", "altText": "ก", "contents": {"type": "bubble", "body": box}}
    assert [button.label for button in buttons(message)] == ["ขยะ"]


def test_a_text_has_no_buttons_of_its_own() -> None:
    assert buttons(TEXT) == []
    assert quick_replies(TEXT) == []


def test_every_picture_of_a_message_is_found() -> None:
    assert picture_addresses(CAROUSEL) == [URL] * 4


def test_line_counts_emoji_twice_and_thai_marks_not_at_all_in_labels() -> None:
    assert utf16_units("กี่😀") == 5
    assert graphemes("กี่😀") == 2


def test_the_published_signature_is_reproduced() -> None:
    secret = "8c570fa6dd201bb328f1c1eac23a96d8"
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signature(secret, body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_event_ids_sort_by_time() -> None:
    earlier, later = ids.event_id(1_795_000_000_000), ids.event_id(1_795_000_000_001)
    assert len(earlier) == 26
    assert earlier < later
