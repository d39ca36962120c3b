"""One good message of every kind LINE knows, and ways to spoil it."""

import copy
from typing import Any

Json = dict[str, Any]
URL = "https://bot.test/a.jpg"
POSTBACK: Json = {"type": "postback", "label": "ส่งเรื่อง", "data": "send"}
TEXT: Json = {"type": "text", "text": "สวัสดี"}
STICKER: Json = {"type": "sticker", "packageId": "446", "stickerId": "1988"}
PICTURE: Json = {"type": "image", "originalContentUrl": URL, "previewImageUrl": URL}
PLACE: Json = {"type": "location", "title": "ตลาด", "address": "รังสิต", "latitude": 13.9, "longitude": 100.6}
AUDIO: Json = {"type": "audio", "originalContentUrl": URL, "duration": 1000}
VIDEO: Json = {"type": "video", "originalContentUrl": URL, "previewImageUrl": URL}
TEXT_V2: Json = {
    "type": "textV2",
    "text": "สวัสดี {who} {{x}}",
    "substitution": {"who": {"type": "mention", "mentionee": {"type": "all"}}},
}
IMAGEMAP: Json = {
    "type": "imagemap",
    "baseUrl": URL,
    "altText": "แผนที่",
    "baseSize": {"width": 1040, "height": 500},
    "actions": [{"type": "message", "text": "ไป", "area": {"x": 0, "y": 0, "width": 5, "height": 5}}],
}
BUBBLE: Json = {
    "type": "bubble",
    "hero": {"type": "image", "url": URL, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"},
    "body": {
        "type": "box",
        "layout": "vertical",
        "paddingAll": "12px",
        "contents": [
            {"type": "text", "text": "RS-6911-00042", "weight": "bold", "color": "#1F7A4D", "wrap": True},
            {"type": "text", "contents": [{"type": "span", "text": "รอรับเรื่อง", "size": "sm"}]},
            {"type": "separator", "margin": "md"},
            {
                "type": "box",
                "layout": "baseline",
                "contents": [{"type": "icon", "url": URL, "size": "xs"}, {"type": "text", "text": "5"}],
            },
        ],
    },
    "footer": {
        "type": "box",
        "layout": "vertical",
        "spacing": "sm",
        "contents": [{"type": "button", "style": "primary", "height": "sm", "action": POSTBACK}],
    },
}
FLEX: Json = {"type": "flex", "altText": "เรื่องของคุณ", "contents": BUBBLE}
CAROUSEL: Json = {
    "type": "flex",
    "altText": "เรื่อง",
    "contents": {"type": "carousel", "contents": [BUBBLE, copy.deepcopy(BUBBLE)]},
}
FILM: Json = {
    "type": "flex",
    "altText": "วิดีโอ",
    "contents": {
        "type": "bubble",
        "size": "mega",
        "hero": {
            "type": "video",
            "url": "https://bot.test/a.mp4",
            "previewUrl": URL,
            "altContent": {"type": "image", "url": URL},
            "aspectRatio": "20:13",
        },
    },
}
BUTTONS: Json = {
    "type": "template",
    "altText": "เลือก",
    "template": {"type": "buttons", "text": "เลือกประเภท", "actions": [POSTBACK]},
}
CONFIRM: Json = {
    "type": "template",
    "altText": "ใช่ไหม",
    "template": {"type": "confirm", "text": "ใช่ไหม", "actions": [POSTBACK, POSTBACK]},
}
COLUMNS: Json = {
    "type": "template",
    "altText": "เลือก",
    "template": {
        "type": "carousel",
        "columns": [{"text": "ก", "actions": [POSTBACK]}, {"text": "ข", "actions": [POSTBACK]}],
    },
}
PICTURES: Json = {
    "type": "template",
    "altText": "ภาพ",
    "template": {
        "type": "image_carousel",
        "columns": [{"imageUrl": URL, "action": {"type": "postback", "data": "1", "label": "ดู"}}],
    },
}


def quick(*actions: Json) -> Json:
    """A text with these quick replies."""
    return {**TEXT, "quickReply": {"items": [{"type": "action", "action": one} for one in actions]}}


GOOD: dict[str, Json] = {
    "text": TEXT,
    "text of 5,000 units": {**TEXT, "text": "ก" * 5_000},
    "text with an emoji": {
        **TEXT,
        "text": "😀$",
        "emojis": [{"index": 2, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}],
    },
    "null counts as absent": {**TEXT, "quoteToken": None, "sender": None},
    "sender": {**TEXT, "sender": {"name": "เทศบาลนครรังสิต", "iconUrl": URL}},
    "sticker": STICKER,
    "image": PICTURE,
    "location": PLACE,
    "audio": AUDIO,
    "video": VIDEO,
    "textV2": TEXT_V2,
    "imagemap": IMAGEMAP,
    "flex": FLEX,
    "flex carousel": CAROUSEL,
    "flex film": FILM,
    "buttons": BUTTONS,
    "confirm": CONFIRM,
    "carousel": COLUMNS,
    "image carousel": PICTURES,
    "13 quick replies of 20 graphemes": quick(*[{**POSTBACK, "label": "กี่" * 20}] * 13),
    "pickers in quick replies": quick(
        {"type": "camera", "label": "ถ่ายภาพ"},
        {"type": "cameraRoll", "label": "เลือกภาพ"},
        {"type": "location", "label": "ส่งตำแหน่ง"},
        {"type": "datetimepicker", "label": "วันที่", "data": "d", "mode": "date", "min": "2026-01-01"},
        {"type": "uri", "label": "โทร", "uri": "tel:199"},
        {"type": "uri", "label": "ไทย", "uri": "https://bot.test/%E0%B8%81?x=" + "a" * 5_000},
        {"type": "clipboard", "label": "คัดลอก", "clipboardText": "RS-6911-00042"},
        {
            "type": "postback",
            "label": "พิมพ์",
            "data": "",
            "inputOption": "openKeyboard",
            "fillInText": "ค้นหา ",
        },
    ),
}


def changed(message: Json, path: str, value: object) -> Json:
    """A copy of the message with one value changed; the path is dotted, numbers are list positions."""
    copied = copy.deepcopy(message)
    target: Any = copied
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        target = target[part]
    target[last] = value
    return copied


def body(*messages: Json) -> Json:
    """A sending request with these messages."""
    return {"messages": list(messages)}
