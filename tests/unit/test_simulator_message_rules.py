"""Each thing LINE refuses in a message, a quick reply or an action is refused once here, by name."""

import pytest

from bot.simulator.refusals import Refusal
from bot.simulator.rules.messages import check_body
from tests.unit.line_samples import (
    GOOD,
    IMAGEMAP,
    PICTURE,
    PLACE,
    POSTBACK,
    STICKER,
    TEXT,
    TEXT_V2,
    URL,
    VIDEO,
    Json,
    body,
    changed,
    quick,
)

ACTION = "quickReply.items.0.action"
BAD: dict[str, tuple[Json, str]] = {
    "unknown message type": ({"type": "audio2"}, "messages[0].type"),
    "no type": ({"text": "ก"}, "messages[0].type"),
    "text missing": ({"type": "text"}, "messages[0].text"),
    "text empty": ({**TEXT, "text": ""}, "messages[0].text"),
    "text only spaces": ({**TEXT, "text": " \n "}, "messages[0].text"),
    "text not a string": ({**TEXT, "text": 5}, "messages[0].text"),
    "half a character": ({**TEXT, "text": "ก\ud800"}, "messages[0].text"),
    "text of 2,501 emoji": ({**TEXT, "text": "😀" * 2_501}, "messages[0].text"),
    "misspelt property": ({**TEXT, "quickreply": {}}, "messages[0].quickreply"),
    "emoji beside the $": (
        {**TEXT, "text": "a$", "emojis": [{"index": 0, "productId": "1", "emojiId": "1"}]},
        "messages[0].emojis[0].index",
    ),
    "21 emojis": (
        {**TEXT, "text": "$", "emojis": [{"index": 0, "productId": "1", "emojiId": "1"}] * 21},
        "messages[0].emojis",
    ),
    "sender named LINE": ({**TEXT, "sender": {"name": "LINE"}}, "messages[0].sender.name"),
    "sender of 21": ({**TEXT, "sender": {"name": "ก" * 21}}, "messages[0].sender.name"),
    "sender icon on http": (
        {**TEXT, "sender": {"iconUrl": "http://bot.test/a.png"}},
        "messages[0].sender.iconUrl",
    ),
    "braces of a user in textV2": ({**TEXT_V2, "text": "{บ้าน}", "substitution": {}}, "messages[0].text"),
    "substitution missing": ({**TEXT_V2, "substitution": {}}, "messages[0].substitution.who"),
    "substitution of unknown type": (
        {**TEXT_V2, "substitution": {"who": {"type": "x"}}},
        "messages[0].substitution.who.type",
    ),
    "sticker id no number": ({**STICKER, "stickerId": "x"}, "messages[0].stickerId"),
    "image on http": ({**PICTURE, "originalContentUrl": "http://a/b.jpg"}, "messages[0].originalContentUrl"),
    "image address in Thai": (
        {**PICTURE, "originalContentUrl": "https://a/ก.jpg"},
        "messages[0].originalContentUrl",
    ),
    "image address with a space": (
        {**PICTURE, "previewImageUrl": "https://a/b c.jpg"},
        "messages[0].previewImageUrl",
    ),
    "image address half encoded": (
        {**PICTURE, "previewImageUrl": "https://a/%E0%zz"},
        "messages[0].previewImageUrl",
    ),
    "image address of 2,001": (
        {**PICTURE, "previewImageUrl": URL + "a" * 2_001},
        "messages[0].previewImageUrl",
    ),
    "image address without host": ({**PICTURE, "previewImageUrl": "https:///x"}, "messages[0].previewImageUrl"),
    "audio without duration": ({"type": "audio", "originalContentUrl": URL}, "messages[0].duration"),
    "video with a bad trackingId": ({**VIDEO, "trackingId": "ก"}, "messages[0].trackingId"),
    "location without address": ({**PLACE, "address": None}, "messages[0].address"),
    "location title of 101": ({**PLACE, "title": "a" * 101}, "messages[0].title"),
    "latitude out of range": ({**PLACE, "latitude": 91}, "messages[0].latitude"),
    "longitude no number": ({**PLACE, "longitude": "100"}, "messages[0].longitude"),
    "imagemap width": ({**IMAGEMAP, "baseSize": {"width": 700, "height": 5}}, "messages[0].baseSize.width"),
    "imagemap text of 401": (changed(IMAGEMAP, "actions.0.text", "a" * 401), "messages[0].actions[0].text"),
    "51 imagemap actions": ({**IMAGEMAP, "actions": IMAGEMAP["actions"] * 51}, "messages[0].actions"),
    "coupon tag": ({"type": "coupon", "couponId": "1", "deliveryTag": "ก"}, "messages[0].deliveryTag"),
    # Quick replies and actions.
    "no quick reply items": ({**TEXT, "quickReply": {"items": []}}, "messages[0].quickReply.items"),
    "14 quick replies": (quick(*[POSTBACK] * 14), "messages[0].quickReply.items"),
    "quick reply icon on http": (
        changed(quick(POSTBACK), "quickReply.items.0.imageUrl", "http://a/b.png"),
        "messages[0].quickReply.items[0].imageUrl",
    ),
    "quick reply without label": (
        changed(quick(POSTBACK), f"{ACTION}.label", None),
        "messages[0].quickReply.items[0].action.label",
    ),
    "quick reply label of 21": (
        quick({**POSTBACK, "label": "กี่" * 21}),
        "messages[0].quickReply.items[0].action.label",
    ),
    "tab switch in a quick reply": (
        quick({"type": "richmenuswitch", "label": "ก", "richMenuAliasId": "a", "data": "1"}),
        "messages[0].quickReply.items[0].action.type",
    ),
    "postback data of 301 units": (
        quick({**POSTBACK, "data": "😀" * 150 + "a"}),
        "messages[0].quickReply.items[0].action.data",
    ),
    "postback without data": (
        quick({"type": "postback", "label": "ก"}),
        "messages[0].quickReply.items[0].action.data",
    ),
    "displayText and text": (
        quick({**POSTBACK, "displayText": "ก", "text": "ก"}),
        "messages[0].quickReply.items[0].action.text",
    ),
    "displayText of 301": (
        quick({**POSTBACK, "displayText": "ก" * 301}),
        "messages[0].quickReply.items[0].action.displayText",
    ),
    "fillInText without keyboard": (
        quick({**POSTBACK, "fillInText": "ก"}),
        "messages[0].quickReply.items[0].action.fillInText",
    ),
    "unknown inputOption": (
        quick({**POSTBACK, "inputOption": "openCamera"}),
        "messages[0].quickReply.items[0].action.inputOption",
    ),
    "message text of 301": (
        quick({"type": "message", "label": "ก", "text": "ก" * 301}),
        "messages[0].quickReply.items[0].action.text",
    ),
    "uri with javascript": (
        quick({"type": "uri", "label": "ก", "uri": "javascript:alert(1)"}),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "uri in Thai": (
        quick({"type": "uri", "label": "ก", "uri": "https://bot.test/ก"}),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "uri of 10,001": (
        quick({"type": "uri", "label": "ก", "uri": "https://bot.test/" + "a" * 9_984}),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "date with a zone": (
        quick({"type": "datetimepicker", "label": "ก", "data": "", "mode": "date", "initial": "2026-01-01Z"}),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "date in 2101": (
        quick({"type": "datetimepicker", "label": "ก", "data": "", "mode": "date", "max": "2101-01-01"}),
        "messages[0].quickReply.items[0].action.max",
    ),
    "min after max": (
        quick(
            {
                "type": "datetimepicker",
                "label": "ก",
                "data": "",
                "mode": "time",
                "min": "10:00",
                "max": "09:00",
            }
        ),
        "messages[0].quickReply.items[0].action.max",
    ),
    "unknown mode": (
        quick({"type": "datetimepicker", "label": "ก", "data": "", "mode": "week"}),
        "messages[0].quickReply.items[0].action.mode",
    ),
    "clipboard of 1,001": (
        quick({"type": "clipboard", "label": "ก", "clipboardText": "a" * 1_001}),
        "messages[0].quickReply.items[0].action.clipboardText",
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_line_accepts_is_accepted(name: str) -> None:
    check_body(body(GOOD[name]), {})


@pytest.mark.parametrize("name", BAD)
def test_what_line_refuses_is_refused_with_its_path(name: str) -> None:
    message, path = BAD[name]
    with pytest.raises(Refusal) as refused:
        check_body(body(message), {})
    assert refused.value.status == 400
    assert refused.value.details[0]["property"] == path


@pytest.mark.parametrize("count", [0, 6])
def test_a_request_takes_one_to_five_messages(count: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_body(body(*[TEXT] * count), {})
    assert refused.value.body() == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "Size must be between 1 and 5", "property": "messages"}],
    }


def test_every_fault_of_a_body_is_named_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        check_body({"messages": [{"type": "text", "text": ""}], "to": 5, "extra": 1}, {})
    paths = [detail["property"] for detail in refused.value.details]
    assert paths == ["messages[0].text", "to", "extra"]
