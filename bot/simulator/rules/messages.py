"""The message objects of reply, push and their kin."""

import re

from bot.simulator.refusals import Json, Refusal
from bot.simulator.rules import actions, flex
from bot.simulator.rules.checks import (
    Check,
    Findings,
    Where,
    anything,
    by_type,
    label,
    list_of,
    matching,
    number,
    one_of,
    picture_url,
    shape,
    text,
    typed,
    url,
    whole,
)
from bot.simulator.rules.templates import template

_quick_reply_item = shape({"type": one_of("action"), "action": actions.in_quick_reply}, {"imageUrl": picture_url})


def _sender_rules(sender: Json, where: Where, found: Findings) -> None:
    if "line" in str(sender.get("name") or "").lower().split():
        found.add(where.field("name"), "Cannot be LINE")


_common: dict[str, Check] = {
    "quickReply": shape({"items": list_of(_quick_reply_item, 1, 13)}),
    "sender": shape({}, {"name": label(20), "iconUrl": picture_url}, _sender_rules),
}
_emoji = shape({"index": whole(0, 5_000), "productId": text(100), "emojiId": text(100)})
_duration = whole(1, 2**53)
_area = shape(dict.fromkeys(("x", "y", "width", "height"), whole(0, 10_000)))
_imagemap_action = by_type(
    {
        "message": typed({"text": text(400), "area": _area}, {"label": label(50)}),
        "uri": typed({"linkUri": url(("http", "https", "line", "tel"), 1_000), "area": _area}, {"label": label(50)}),
        "clipboard": typed({"clipboardText": text(1_000), "area": _area}, {"label": label(50)}),
    }
)
_mention = typed({"mentionee": by_type({"user": typed({"userId": matching(r"U[0-9a-f]{32}")}), "all": typed({})})})
_substitution = by_type({"mention": _mention, "emoji": typed({"productId": text(100), "emojiId": text(100)})})


def _emoji_rules(message: Json, where: Where, found: Findings) -> None:
    """Each emoji must point at a `$` of the text, counted in UTF-16 units."""
    words, emojis = message.get("text"), message.get("emojis")
    if not isinstance(words, str) or not isinstance(emojis, list):
        return
    units = words.encode("utf-16-le", "surrogatepass")
    for number_, emoji in enumerate(emojis):
        index = emoji.get("index") if isinstance(emoji, dict) else None
        if isinstance(index, int) and units[index * 2 : index * 2 + 2] != "$".encode("utf-16-le"):
            found.add(where.field("emojis").item(number_).field("index"), "Must be the position of a $")


def _substitution_rules(message: Json, where: Where, found: Findings) -> None:
    """Every `{key}` needs its substitution; literal braces are doubled."""
    words = message.get("text")
    given = message.get("substitution") or {}
    if not isinstance(words, str) or not isinstance(given, dict):
        return
    bare = words.replace("{{", "").replace("}}", "")
    keys = set(re.findall(r"\{([A-Za-z0-9_]{1,20})\}", bare))
    if re.search(r"[{}]", re.sub(r"\{[A-Za-z0-9_]{1,20}\}", "", bare)):
        found.add(where.field("text"), "Unbalanced braces, literal braces must be doubled")
    for key in sorted(keys - set(given)):
        found.add(where.field("substitution").field(key), "Must be specified")
    if len(given) > 100:
        found.add(where.field("substitution"), "Size must be between 0 and 100")
    for key, value in given.items():
        _substitution(value, where.field("substitution").field(str(key)), found)


_text = typed(
    {"text": text(5_000)}, {**_common, "emojis": list_of(_emoji, 0, 20), "quoteToken": text(1_000)}, _emoji_rules
)
_text_v2 = typed(
    {"text": text(5_000)},
    {**_common, "substitution": anything, "quoteToken": text(1_000)},
    _substitution_rules,
)
_imagemap = typed(
    {
        "baseUrl": picture_url,
        "altText": text(1_500),
        "baseSize": shape({"width": whole(1040, 1040), "height": whole(1, 10_000)}),
        "actions": list_of(_imagemap_action, 0, 50),
    },
    {
        **_common,
        "video": shape(
            {"originalContentUrl": picture_url, "previewImageUrl": picture_url, "area": _area},
            {"externalLink": shape({"linkUri": url(("http", "https", "line", "tel"), 1_000), "label": label(30)})},
        ),
    },
)
message = by_type(
    {
        "text": _text,
        "textV2": _text_v2,
        "sticker": typed(
            {"packageId": matching(r"\d{1,20}"), "stickerId": matching(r"\d{1,20}")},
            {**_common, "quoteToken": text(1_000)},
        ),
        "image": typed({"originalContentUrl": picture_url, "previewImageUrl": picture_url}, _common),
        "video": typed(
            {"originalContentUrl": picture_url, "previewImageUrl": picture_url},
            {**_common, "trackingId": matching(r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}")},
        ),
        "audio": typed({"originalContentUrl": picture_url, "duration": _duration}, _common),
        "location": typed(
            {
                "title": text(100),
                "address": text(100),
                "latitude": number(-90, 90),
                "longitude": number(-180, 180),
            },
            _common,
        ),
        "imagemap": _imagemap,
        # The inside of these two has its own path style, so it is looked at in a second step.
        "template": typed({"altText": text(1_500), "template": anything}, _common),
        "flex": typed({"altText": text(1_500), "contents": anything}, _common),
        "coupon": typed({"couponId": text(100)}, {**_common, "deliveryTag": matching(r"[A-Za-z0-9_]{1,30}")}),
    }
)
_messages = list_of(message, 1, 5)


def check_body(body: object, required: dict[str, Check], optional: dict[str, Check] | None = None) -> Json:
    """The body of a sending request, once its messages and everything else are in order.

    Raises:
        Refusal: 400 with LINE's error body; nothing was sent.
    """
    found = Findings()
    shape({"messages": _messages, **required}, optional)(body, Where(), found)
    if found.details:
        raise Refusal(400, f"The request body has {len(found.details)} error(s)", found.details)
    assert isinstance(body, dict)
    for index, one in enumerate(body["messages"]):
        inside = Findings()
        if one["type"] == "flex":
            flex.container(one["contents"], Where("", slashes=True), inside)
        elif one["type"] == "template":
            template(one["template"], Where("/template", slashes=True), inside)
        if inside.details:
            raise Refusal(400, f"A message (messages[{index}]) in the request body is invalid", inside.details)
    return body
