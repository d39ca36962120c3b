"""What cards are built of: colours, texts, facts, pictures and buttons as Flex components.

Kept plain on purpose: one bubble size, boxes inside boxes only where two
things stand side by side, sizes by LINE's own names, and `scaling`, so that
letters grow with the size a person has set in LINE.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bot.line.actions import Json, Speaker, in_card
from bot.line.counting import cut, graphemes, visible
from bot.replies import Bar, Button, Chart, Line, Picture, Style, Tone

BUBBLE_BYTES = 30_000  # LINE says 30 KB without saying which KB
CAROUSEL_BYTES = 50_000
BUBBLES = 12
#: How many graphemes of a free text are shown, tried in this order until the card is small enough.
LIMITS = (3_000, 1_500, 700, 300, 120, 50, 30)
LINES = 30
HISTORY = 12
PICTURES = 4
BUTTONS = 26
BARS = 8
SHORT_LABEL = 13  # graphemes of a button that fits half the width
WIDE_BADGE = 16  # graphemes beside which a ticket number no longer fits
TINY_LABEL = 6  # graphemes of an answer that needs no line of its own (5 ดาว)

INK = "#14383a"
FAINT = "#5b6f6e"
PAPER = "#eef5f3"
COLOURS: dict[Tone, str] = {
    "calm": "#0c6b66",
    "good": "#2e7d32",
    "attention": "#a85b00",
    "urgent": "#c62828",
    "ended": "#5b6766",
}


def size(container: Json) -> int:
    """The bytes of a container as it is sent: JSON in ASCII, where a Thai letter takes six."""
    return len(json.dumps(container))


def text(words: str, limit: int, **style: Any) -> Json:
    """A wrapping text of at most `limit` graphemes, never empty."""
    shown = visible(cut(words, limit))
    return {"type": "text", "text": shown, "wrap": True, "scaling": True, "color": INK, **style}


def column(contents: Sequence[Json], **style: Any) -> Json:
    """Components under one another."""
    return {"type": "box", "layout": "vertical", "contents": list(contents), **style}


def row(contents: Sequence[Json], **style: Any) -> Json:
    """Components side by side."""
    return {"type": "box", "layout": "horizontal", "contents": list(contents), **style}


def badge(words: str, tone: Tone, limit: int) -> Json:
    """A short state in white on the tone's colour; a long one takes the whole row, so that it can wrap."""
    inner = text(words, limit, size="xs", color="#ffffff", weight="bold")
    style = {"backgroundColor": COLOURS[tone], "cornerRadius": "md", "paddingAll": "6px"}
    share = 0 if graphemes(words) <= WIDE_BADGE else 1
    return column([inner], paddingStart="10px", paddingEnd="10px", flex=share, **style)


def fact(line: Line, limit: int) -> Json:
    """A labelled fact: the label in a narrow column, the value beside it."""
    label = text(line.label, min(limit, 30), size="sm", color=FAINT, flex=3)
    return row([label, text(line.value, limit, size="sm", flex=7)], spacing="md")


def facts(lines: Sequence[Line], limit: int) -> list[Json]:
    """The facts of a card as one column, or nothing."""
    return [column([fact(line, limit) for line in lines[:LINES]], spacing="sm", margin="lg")] if lines else []


def note(words: str, limit: int) -> list[Json]:
    """A closing sentence on a tinted ground, or nothing."""
    if not words.strip():
        return []
    inner = text(words, limit, size="sm")
    return [column([inner], backgroundColor=PAPER, cornerRadius="md", paddingAll="12px", margin="lg")]


def history(lines: Sequence[str], limit: int) -> list[Json]:
    """Short dated lines under a separator, the newest that fit, or nothing."""
    if not lines:
        return []
    shown = [text(line, min(limit, 200), size="xs", color=FAINT) for line in lines[-HISTORY:]]
    return [{"type": "separator", "margin": "lg"}, column(shown, spacing="xs", margin="lg")]


def charts(drawn: Sequence[Chart], limit: int) -> list[Json]:
    """Bars under their titles, or nothing."""
    return [
        column(
            [
                text(one.title, min(limit, 100), size="sm", weight="bold"),
                *(_bar(bar, limit) for bar in one.bars[:BARS]),
            ],
            spacing="sm",
            margin="lg",
        )
        for one in drawn
    ]


def _bar(drawn: Bar, limit: int) -> Json:
    """A label, a box as long as the share, and the value in words."""
    share = round(min(max(drawn.share, 0), 1) * 100)
    filled = {"type": "filler"}
    bar = column([filled], width=f"{share}%", height="10px", backgroundColor=COLOURS["calm"], cornerRadius="5px")
    ground = column([bar] if share else [filled], height="10px", backgroundColor=PAPER, cornerRadius="5px", flex=5)
    ground |= {"margin": "sm", "justifyContent": "center"}
    label = text(drawn.label, min(limit, 40), size="xs", color=FAINT, flex=4)
    value = text(drawn.value, min(limit, 20), size="xs", align="end", flex=2)
    return row([label, ground, value], spacing="sm", alignItems="center")


def picture(shown: Picture, speaker: Speaker, ratio: str) -> Json | None:
    """A picture that opens in full when tapped, or None where it cannot be shown."""
    address = speaker.picture_address(shown, "card")
    if address is None:
        return None
    image = {"type": "image", "url": address, "size": "full", "aspectMode": "cover", "aspectRatio": ratio}
    full = speaker.picture_address(shown, "full")
    return image | {"action": {"type": "uri", "uri": full}} if full else image


def pictures(all_shown: Sequence[Picture], speaker: Speaker) -> tuple[Json | None, list[Json]]:
    """The hero of a card and, for more than one picture, a row of small ones."""
    images = [one for shown in all_shown if (one := picture(shown, speaker, "20:13")) is not None]
    if not images:
        return None, []
    small = [image | {"aspectRatio": "1:1"} for image in images[1:PICTURES]]
    return images[0], [row(small, spacing="sm", margin="lg")] if small else []


def buttons(pressed: Iterable[Button], speaker: Speaker, tone: Tone = "calm", paired: int = SHORT_LABEL) -> Json | None:
    """The buttons of a card as its footer, those of at most `paired` graphemes in pairs; None without buttons."""
    rows: list[Json] = []
    waiting: Json | None = None  # a short one that may get a neighbour
    for button in list(pressed)[:BUTTONS]:
        action = in_card(button, speaker)
        if action is None:
            continue
        made = press(action, button.style, tone)
        is_short = button.style == "secondary" and graphemes(action["label"]) <= paired
        if is_short and waiting is not None:
            waiting["contents"].append(made)
            waiting = None
        elif is_short:
            waiting = row([made], spacing="sm")
            rows.append(waiting)
        else:
            rows.append(made)
            waiting = None
    return column(rows, spacing="sm", paddingAll="16px", paddingTop="4px") if rows else None


def press(action: Json, style: Style, tone: Tone) -> Json:
    """One button; a long label shrinks before LINE would cut it."""
    made: Json = {"type": "button", "action": action, "style": style, "height": "sm", "scaling": True}
    if style == "primary":
        made["color"] = COLOURS[tone]
    elif style == "link":
        made["color"] = FAINT
    else:
        made["color"] = "#dfeae8"
    return made | {"adjustMode": "shrink-to-fit"}


def bubble(body: Sequence[Json], footer: Json | None = None, hero: Json | None = None) -> Json:
    """A card of one bubble."""
    made: Json = {"type": "bubble", "size": "mega"}
    if hero is not None:
        made["hero"] = hero
    made["body"] = column(body, paddingAll="18px")
    if footer is not None:
        made["footer"] = footer
    return made
