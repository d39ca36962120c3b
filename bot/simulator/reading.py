"""What a person can read and press in a message: the same words in a test, a story and a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.simulator.refusals import Json

PLAIN = ("text", "textV2", "sticker", "image", "video", "audio", "file", "location")
"""Messages that are shown as a bubble of their own, without a card around them."""
_NAMES = {
    "image": "[ภาพ]",
    "video": "[วิดีโอ]",
    "audio": "[ข้อความเสียง]",
    "sticker": "[สติกเกอร์]",
    "file": "[ไฟล์]",
    "location": "[ตำแหน่ง]",
    "coupon": "[คูปอง]",
}

_PICTURE_NAMES = ("previewImageUrl", "previewUrl", "thumbnailImageUrl", "imageUrl", "iconUrl")


@dataclass(frozen=True)
class Button:
    """Something that can be pressed, the text of the card it stands on, and what it does."""

    label: str
    action: Json
    card: str = ""


def all_text(message: Json) -> str:
    """Every text a person can read in a message (or a chat entry), quick replies last, one a line."""
    message = _bare(message)
    lines = [line for card in cards(message) for line in card_lines(card)]
    return "\n".join(lines + [button.label for button in quick_replies(message)])


def cards(message: Json) -> list[Json]:
    """The parts that stand side by side: bubbles, columns, or the message itself."""
    message = _bare(message)
    if message.get("type") == "flex":
        contents = message["contents"]
        return list(contents["contents"]) if contents["type"] == "carousel" else [contents]
    if message.get("type") == "template":
        template = message["template"]
        return list(template["columns"]) if "columns" in template else [template]
    return [message]


def card_lines(card: Json) -> list[str]:
    """The readable lines of one card, the labels of its buttons in square brackets."""
    kind = card.get("type", "column")
    if kind in ("text", "textV2"):
        return [card["text"]]
    if kind == "imagemap":
        return [card["altText"], *(f"[{button.label}]" for button in buttons_of(card))]
    if kind in _NAMES:
        named = [card.get("title"), card.get("address"), card.get("fileName")]
        return [" ".join([_NAMES[kind], *(part for part in named if part)])]
    if kind == "bubble":
        return [line for block in _blocks(card) for line in _component_lines(block)]
    lines = [card[name] for name in ("title", "text") if card.get(name)]
    return lines + [f"[{button.label}]" for button in buttons_of(card)]


def quick_replies(message: Json) -> list[Button]:
    """The quick reply buttons under a message, in order."""
    items = (_bare(message).get("quickReply") or {}).get("items") or []
    return [Button(item["action"].get("label", ""), item["action"]) for item in items]


def buttons(message: Json) -> list[Button]:
    """Everything pressable on the cards of a message, in reading order."""
    return [button for card in cards(message) for button in buttons_of(card)]


def buttons_of(card: Json) -> list[Button]:
    """Everything pressable on one card."""
    words = _card_words(card)
    return [Button(_label(owner, action), action, words) for owner, action in _actions(card)]


def menu_areas(menu: Json) -> list[Button]:
    """The areas of a rich menu, by the label a screen reader speaks, else by what they send."""
    return [Button(_label({}, area["action"]), area["action"]) for area in menu["areas"]]


def picture_addresses(message: Json) -> list[str]:
    """The addresses of all pictures of a message, in reading order."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            for name, value in part.items():
                is_picture = part.get("type") in ("image", "icon") and name in ("url", "originalContentUrl")
                if is_picture or name in _PICTURE_NAMES:
                    found.append(value)
                else:
                    walk(value)
        elif isinstance(part, list):
            for one in part:
                walk(one)

    walk(_bare(message))
    return found


def _bare(message: Json) -> Json:
    """The LINE message, also when a whole chat entry was given."""
    inside = message.get("message")
    return inside if isinstance(inside, dict) else message


def _card_words(card: Json) -> str:
    if card.get("type") == "bubble":
        return "\n".join(line for block in _blocks(card) for line in _component_lines(block))
    return "\n".join(str(card[name]) for name in ("title", "text", "altText") if card.get(name))


def _blocks(bubble: Json) -> list[Json]:
    return [bubble[name] for name in ("header", "hero", "body", "footer") if bubble.get(name)]


def _component_lines(component: Json) -> list[str]:
    kind = component["type"]
    if kind == "box":
        return [line for child in component["contents"] for line in _component_lines(child)]
    if kind == "text":
        spans = component.get("contents")
        words = "".join(span["text"] for span in spans) if spans else component["text"]
        return [words]
    if kind == "button":
        return [f"[{component['action']['label']}]"]
    if kind == "image":
        return ["[ภาพ]"]
    return []


def _actions(card: Json) -> Iterator[tuple[Json, Json]]:
    """Each thing of a card that can be pressed, with its action."""
    kind = card.get("type")
    if kind == "bubble":
        for block in _blocks(card):
            yield from _component_actions(block)
        if card.get("action"):
            yield card, card["action"]
    elif kind == "imagemap":
        for action in card["actions"]:
            yield {}, _from_imagemap(action)
    elif kind not in ("text", "textV2"):
        for action in card.get("actions") or []:
            yield {}, action
        for name in ("action", "defaultAction"):
            if card.get(name):
                yield {}, card[name]


def _component_actions(component: Json) -> Iterator[tuple[Json, Json]]:
    for child in component.get("contents") or []:
        yield from _component_actions(child)
    if component.get("action"):
        yield component, component["action"]


def _from_imagemap(action: Json) -> Json:
    return {"uri": action["linkUri"], **action} if action["type"] == "uri" else action


def _label(owner: Json, action: Json) -> str:
    """What a person would call it: its label, else the words on it, else what it sends."""
    written = action.get("label")
    if not written and owner.get("type") in ("box", "text"):
        written = " ".join(_component_lines(owner))
    return str(written or action.get("text") or action.get("displayText") or "")
