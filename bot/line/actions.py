"""Buttons become LINE actions: signed, labelled within the limit of where they stand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from bot.line.counting import cut, is_visible
from bot.line.postbacks import sign
from bot.replies import Button, Picture

log = logging.getLogger(__name__)

Json = dict[str, Any]
#: "card" is at most 1024 x 1024 and 1 MB (LINE's limit in Flex and for previews), "full" is what a tap opens, "file" is
#: a recording or file as it was sent.
Rendition = Literal["card", "full", "file"]

QUICK_ITEMS = 13
QUICK_LABEL = 20
BUTTON_LABEL = 40
LABEL_UNITS = 120  # graphemes may be long; labels are not
URI_LENGTH = 1_000  # 10,000 since 2026-10-27, but nothing of ours needs it
PICTURE_URL_LENGTH = 2_000
SCHEMES = ("http", "https", "tel", "line")
#: LINE's pickers exist only as quick replies; elsewhere these addresses open them.
PICKERS = {
    "location": "https://line.me/R/nv/location/",
    "camera": "https://line.me/R/nv/camera/",
    "camera_roll": "https://line.me/R/nv/cameraRoll/multi",
}
QUICK_TYPES = {"location": "location", "camera": "camera", "camera_roll": "cameraRoll"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the municipality's code, the key its buttons are signed with, where its pictures are.

    `address` gives the https address of a picture for its audience, or None
    where it cannot be shown (no public address of ours, picture gone).
    """

    municipality: str
    key: bytes
    address: Callable[[Picture, Rendition], str | None]

    def picture_address(self, picture: Picture, rendition: Rendition) -> str | None:
        """Where LINE finds the picture; None unless LINE would take the address (https, at most 2,000)."""
        said = self.address(picture, rendition)
        address = web_address(said, PICTURE_URL_LENGTH) if said else None
        return address if address and address.startswith("https://") else None


def web_address(url: str, most: int = URI_LENGTH) -> str | None:
    """The address as LINE takes it (percent-encoded), or None if it is none."""
    try:
        encoded = quote(url.strip(), safe="!#$%&'()*+,/:;=?@[]~")
        # an already encoded address keeps its %, a lone % is encoded
        encoded = "".join(_lone_percent(encoded))
        parts = urlsplit(encoded)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or len(encoded) > most:
        return None
    if parts.scheme in ("http", "https") and not has_host:
        return None
    return encoded


def _lone_percent(text: str) -> Iterable[str]:
    for index, letter in enumerate(text):
        digits = text[index + 1 : index + 3]
        is_code = len(digits) == 2 and all(digit in "0123456789abcdefABCDEF" for digit in digits)
        yield "%25" if letter == "%" and not is_code else letter


def dial(phone: str) -> str | None:
    """A tel: address for a number as people write it (0-2567-6000), or None if there is nothing to dial."""
    first = phone.split("ต่อ", maxsplit=1)[0].split(",", maxsplit=1)[0]
    digits = "".join(letter for letter in first if letter in "0123456789+#*")
    return f"tel:{quote(digits, safe='+*')}" if any(letter.isdigit() for letter in digits) else None


def in_card(button: Button, speaker: Speaker) -> Json | None:
    """The action of a button on a card, or None where it cannot be made (logged: it is a bug)."""
    return _action(button, speaker, BUTTON_LABEL, quick=False)


def quick_reply(buttons: Iterable[Button], speaker: Speaker) -> Json | None:
    """The quick replies of a message, each label once, at most thirteen; None if there are none."""
    items: dict[str, Json] = {}
    for button in buttons:
        action = _action(button, speaker, QUICK_LABEL, quick=True)
        if action is not None and len(items) < QUICK_ITEMS:
            items.setdefault(action["label"], {"type": "action", "action": action})
    return {"items": list(items.values())} if items else None


def _action(button: Button, speaker: Speaker, most: int, *, quick: bool) -> Json | None:
    label = cut(button.label, most, most_units=LABEL_UNITS)
    if not is_visible(label):
        log.error("a button of %s has no label", button.action or button.kind)
        return None
    if button.kind in QUICK_TYPES:
        if quick:
            return {"type": QUICK_TYPES[button.kind], "label": label}
        return {"type": "uri", "label": label, "uri": PICKERS[button.kind]}
    if button.kind == "uri":
        address = web_address(button.url)
        if address is None:
            log.error("a button has an address that LINE would refuse")
            return None
        return {"type": "uri", "label": label, "uri": address}
    if button.kind == "media":
        address = speaker.picture_address(Picture(int(button.args["media"]), "officer"), "file")
        return {"type": "uri", "label": label, "uri": address} if address else None
    try:
        data = sign(button.action, button.args, speaker.key, speaker.municipality)
    except ValueError:
        log.error("the data of a button of %s is too long", button.action)
        return None
    if button.kind == "day":
        days = {"initial": button.earliest, "min": button.earliest, "max": button.latest}
        return {"type": "datetimepicker", "label": label, "data": data, "mode": "date", **days}
    action = {"type": "postback", "label": label, "data": data, "displayText": label}
    return action | {"inputOption": "openKeyboard"} if button.kind == "keyboard" else action
