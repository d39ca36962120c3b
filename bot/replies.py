"""What we want to say, free of LINE. A handler returns these; bot/line/messages.py turns them into messages.

They are plain values that survive JSON, because a message waits in the outbox until it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Any, Literal

ButtonKind = Literal["press", "uri", "media", "location", "camera", "camera_roll", "keyboard", "day"]
Style = Literal["primary", "secondary", "link"]
Tone = Literal["calm", "good", "attention", "urgent", "ended"]


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `label` is what people read and may type instead.

    A "press" is a postback of `action` with `args` (signed when built); "keyboard" is a press that also opens the
    keyboard; "uri" opens `url`; "media" opens the recording or file `args["media"]` for officers (it is left out until
    it is stored); location, camera and camera_roll open LINE's pickers and exist only as quick replies. "day" is a
    press that asks for a day first, from `earliest` to `latest` (ISO 8601): phones only, so a day can be typed as well.
    """

    label: str
    action: str = ""
    args: dict[str, int | str] = field(default_factory=dict)
    kind: ButtonKind = "press"
    style: Style = "secondary"
    url: str = ""
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture as one audience may see it; nothing is shown where it cannot be."""

    media_id: int
    audience: Literal["reporter", "officer"]
    alt: str = ""
    map: str = ""  # instead of a stored picture: a map to be drawn, middle square and tickets ("13985:100625:4,7")


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled fact on a card. A short label ("ประเภท") and a value that may wrap."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it is, its value in words, and its length as a share of the longest (0 to 1)."""

    label: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A few bars under a title; every value stands beside its bar in words."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A text. `quick` are quick replies: phones only, so the text must also make sense without them."""

    text: str
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """A question with full-length answers (labels up to 40 graphemes), for phones and PCs alike."""

    text: str
    buttons: tuple[Button, ...]
    title: str = ""
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A draft, a ticket, or anything with facts and buttons.

    `title` is the headline (category with its icon), `badge` a short state ("รอรับเรื่อง") coloured by `tone`,
    `number` the ticket number, `lines` facts, `note` a closing sentence, `history` short dated lines.
    """

    title: str
    alt: str  # what a screen reader and the chat list say
    badge: str = ""
    tone: Tone = "calm"
    number: str = ""
    lines: tuple[Line, ...] = ()
    note: str = ""
    history: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    charts: tuple[Chart, ...] = ()
    buttons: tuple[Button, ...] = ()
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Carousel:
    """Several cards side by side, at most twelve; `alt` tells what they are together."""

    cards: tuple[Card, ...]
    alt: str
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What was and what is: the reader's own photo beside the officer's; either may be missing."""

    title: str
    alt: str
    number: str
    before: Picture | None
    after: Picture | None
    before_label: str
    after_label: str
    note: str = ""
    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class HotlineNumber:
    """A number to call now."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class HotlineCard:
    """Danger first: whom to call, the most fitting first, each a button that dials."""

    title: str
    text: str
    numbers: tuple[HotlineNumber, ...]
    tone: Tone = "urgent"
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """A picture by itself."""

    picture: Picture
    quick: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Play:
    """A recording or video for a ticket's reporter, by itself; `alt` where it cannot be played."""

    media_id: int
    kind: Literal["audio", "video"]
    milliseconds: int
    alt: str
    quick: tuple[Button, ...] = ()


Reply = Say | Choices | Card | Carousel | BeforeAfter | HotlineCard | Show | Play

_TYPES = {
    kind.__name__: kind
    for kind in (
        *(Bar, Button, Chart, Picture, Line, Say, Choices, Card, Carousel),
        *(BeforeAfter, HotlineNumber, HotlineCard, Show, Play),
    )
}


def to_json(value: Any) -> Any:
    """A reply (or a part of one) as plain JSON values, with its type's name."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: to_json(getattr(value, part.name)) for part in fields(value)}
        return {"is": type(value).__name__, **parts}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value


def from_json(value: Any) -> Any:
    """The reply that `to_json` wrote."""
    if isinstance(value, dict) and "is" in value:
        kind = _TYPES[value["is"]]
        return kind(**{key: from_json(item) for key, item in value.items() if key != "is"})
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        return {key: from_json(item) for key, item in value.items()}
    return value


def buttons_of(reply: Reply) -> tuple[Button, ...]:
    """Every button a person sees with this reply, quick replies included."""
    own: tuple[Button, ...] = getattr(reply, "buttons", ())
    if isinstance(reply, Carousel):
        own = tuple(button for card in reply.cards for button in card.buttons)
    return own + reply.quick


#: Offers kept from one answer; a carousel of twelve cards with eight buttons is the most there is.
_MOST_OFFERED = 120


def put_on_offer(
    replies: Sequence[Reply], before: Sequence[Mapping[str, Any]] | None, now: datetime
) -> list[dict[str, Any]] | None:
    """What stands on offer after this answer, as a dialogue remembers it, and since when it is asked (`at`).

    Typing such a label does what pressing it does. An answer without buttons leaves what was on offer `before` to be
    typed, but no short word chooses from it any more.
    """
    pressable = [button for reply in replies for button in buttons_of(reply) if button.kind in ("press", "keyboard")]
    if pressable:
        return [
            {"label": button.label, "action": button.action, "args": button.args, "at": now.isoformat()}
            for button in pressable[:_MOST_OFFERED]
        ]
    left_out = {"at"} if replies else set()
    return [{name: value for name, value in one.items() if name not in left_out} for one in before or ()] or None
