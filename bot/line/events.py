"""LINE's JSON -> our frozen inputs. Tolerant: what we do not know becomes Unknown, never an error.

Shapes: LINE's "Webhook event objects". New event types, fields and values may come at any time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.line.postbacks import Press, read as read_press


@dataclass(frozen=True, slots=True)
class TextSaid:
    """Words. `quoted` is the id of the message they answer; `mentions_us` matters in groups."""

    said: str
    text: str
    quoted: str | None = None
    mentions_us: bool = False
    bare: str = field(default="", compare=False)  # the words without our own mention


@dataclass(frozen=True, slots=True)
class Edited:
    """Words that were changed after they had been sent (groups only); `said` is the message's id of before."""

    said: str
    text: str
    bare: str
    mentions_us: bool = False


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """A photo; one of a set when several were sent at once (`is_last_of_set` is True for a single one)."""

    said: str
    is_last_of_set: bool = True
    is_external: bool = False
    image_set: str = ""  # the same for all that were sent at once


@dataclass(frozen=True, slots=True)
class VoiceSent:
    """A recording, kept for a person to hear."""

    said: str
    milliseconds: int = 0  # how long it is, where LINE says so
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class VideoSent:
    """A video, kept for a person to see."""

    said: str
    milliseconds: int = 0  # how long it is, where LINE says so
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file, kept for a person to open."""

    said: str


@dataclass(frozen=True, slots=True)
class StickerSent:
    """A sticker; `words` are what LINE says it expresses."""

    said: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceSent:
    """A location. Coordinates are degrees and were checked to be on this earth."""

    said: str
    latitude: float
    longitude: float
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlaceBroken:
    """A location whose coordinates are not on this earth."""

    said: str


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """A button of ours, or one that pretends to be (`press.is_genuine`)."""

    press: Press
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody added the account, or unblocked it (LINE does not always know which)."""

    is_unblocked: bool = False


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """Somebody blocked the account."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """Somebody took a message back: our copies must go."""

    said: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event or message we do not know yet. Only to a message somebody expects an answer."""

    kind: str
    is_message: bool = False


Input = (
    TextSaid
    | Edited
    | PhotoSent
    | VoiceSent
    | VideoSent
    | FileSent
    | StickerSent
    | PlaceSent
    | PlaceBroken
    | ButtonPressed
    | Followed
    | Unfollowed
    | Unsent
    | Unknown
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One event: who did what, where, when, and the token that answers it for free."""

    input: Input
    user_id: str | None
    group_id: str | None  # a group's or room's id; None in a private chat
    reply_token: str | None
    occurred_at_ms: int
    is_standby: bool


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def clean(text: str) -> str:
    """Text as databases can keep it: no NUL (PostgreSQL refuses it), no lone surrogates (UTF-8 has none)."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def message_id(event: dict[str, Any]) -> str | None:
    """The id of the LINE message in an event, if there is one."""
    found = _text(_dict(event.get("message")).get("id"))
    return clean(found)[:80] or None


def chat_of(event: dict[str, Any]) -> str | None:
    """The id of the chat an event belongs to: a group's, a room's, or the person's."""
    source = _dict(event.get("source"))
    for name in ("groupId", "roomId", "userId"):
        found = clean(_text(source.get(name)))
        if found:
            return found[:40]
    return None


def read(body: bytes, key: bytes, municipality: str, our_user_id: str | None = None) -> Heard:
    """One kept event as our input; anything odd becomes Unknown."""
    event = _dict(json.loads(body.decode("utf-8", "replace")))
    source = _dict(event.get("source"))
    group = clean(_text(source.get("groupId")) or _text(source.get("roomId")))
    return Heard(
        input=_input(event, key, municipality, our_user_id),
        user_id=clean(_text(source.get("userId")))[:40] or None,
        group_id=group[:40] or None,
        reply_token=clean(_text(event.get("replyToken")))[:100] or None,
        occurred_at_ms=_milliseconds(event.get("timestamp")),
        is_standby=event.get("mode") == "standby",
    )


def _milliseconds(timestamp: Any) -> int:
    is_time = isinstance(timestamp, int) and not isinstance(timestamp, bool) and 0 < timestamp < 10**15
    return timestamp if is_time else 0


def _input(event: dict[str, Any], key: bytes, municipality: str, us: str | None) -> Input:
    kind = _text(event.get("type"))
    if kind == "message":
        return _message(_dict(event.get("message")), us)
    if kind == "messageEdited":
        changed = _message(_dict(event.get("message")), us)
        if isinstance(changed, TextSaid):
            return Edited(changed.said, changed.text, changed.bare, changed.mentions_us)
        return Unknown("messageEdited")
    if kind == "postback":
        postback = _dict(event.get("postback"))
        params = {str(k): clean(str(v)) for k, v in _dict(postback.get("params")).items()}
        return ButtonPressed(read_press(clean(_text(postback.get("data"))), key, municipality), params)
    if kind == "follow":
        return Followed(_dict(event.get("follow")).get("isUnblocked") is True)
    if kind == "unfollow":
        return Unfollowed()
    if kind == "unsend":
        said = clean(_text(_dict(event.get("unsend")).get("messageId")))[:80]
        return Unsent(said) if said else Unknown("unsend")
    return Unknown(clean(kind)[:40])


def _message(message: dict[str, Any], us: str | None) -> Input:
    said = clean(_text(message.get("id")))[:80]
    kind = _text(message.get("type"))
    if not said:
        return Unknown("message", is_message=True)
    if kind == "text":
        mentioned = _dict(message.get("mention")).get("mentionees")
        people = [_dict(one) for one in mentioned] if isinstance(mentioned, list) else []
        ours = [one for one in people if one.get("isSelf") is True or (us and one.get("userId") == us)]
        text = _text(message.get("text"))
        return TextSaid(
            said,
            clean(text),
            _text(message.get("quotedMessageId")) or None,
            bool(ours),
            clean(_without(text, ours)).strip(),
        )
    if kind == "image":
        image_set = _dict(message.get("imageSet"))
        index, total = image_set.get("index"), image_set.get("total")
        return PhotoSent(said, index is None or index == total, _is_external(message), _text(image_set.get("id"))[:80])
    if kind == "location":
        return _place(said, message)
    if kind == "sticker":
        words = message.get("keywords")
        return StickerSent(said, tuple(clean(str(w)) for w in words[:15]) if isinstance(words, list) else ())
    if kind == "audio":
        return VoiceSent(said, _milliseconds(message.get("duration")), _is_external(message))
    if kind == "video":
        return VideoSent(said, _milliseconds(message.get("duration")), _is_external(message))
    if kind == "file":
        return FileSent(said)
    return Unknown(clean(kind)[:40], is_message=True)


def _is_external(message: dict[str, Any]) -> bool:
    """Whether LINE does not hold the bytes itself."""
    return _dict(message.get("contentProvider")).get("type") == "external"


def _without(text: str, mentions: list[dict[str, Any]]) -> str:
    """The text without these mentions; LINE counts their places in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    for one in sorted(mentions, key=lambda mention: -_milliseconds(mention.get("index"))):
        start, length = _milliseconds(one.get("index")), _milliseconds(one.get("length"))
        units = units[: 2 * start] + units[2 * (start + length) :]
    return units.decode("utf-16-le", "replace")


def _place(said: str, message: dict[str, Any]) -> Input:
    latitude, longitude = _degrees(message.get("latitude"), message.get("longitude"))
    for degrees, limit in ((latitude, 90), (longitude, 180)):
        # Written so that NaN is refused too, and a number of any length can be asked.
        if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not abs(degrees) <= limit:
            return PlaceBroken(said)
    assert isinstance(latitude, int | float)
    assert isinstance(longitude, int | float)
    words = [clean(_text(message.get(name))).strip() for name in ("title", "address")]
    return PlaceSent(said, float(latitude), float(longitude), " ".join(word for word in words if word)[:300])


def _degrees(latitude: Any, longitude: Any) -> tuple[object, object]:
    """No latitude is beyond 90: where only the other number can be it, the two were exchanged."""
    match latitude, longitude:
        case int() | float(), int() | float() if 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
            return longitude, latitude
    return latitude, longitude
