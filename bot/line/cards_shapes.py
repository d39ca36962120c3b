"""The cards: a ticket or draft, choices, before and after, and whom to call in danger."""

from __future__ import annotations

from collections.abc import Sequence

from bot.line import cards_parts as parts
from bot.line.actions import BUTTON_LABEL, Json, Speaker, dial, in_card
from bot.line.counting import cut, graphemes, is_visible
from bot.replies import BeforeAfter, Button, Card, Choices, HotlineCard, HotlineNumber, Tone

NUMBERS = 20  # on one card of numbers
BESIDE = 9  # graphemes of a telephone number that is read whole on a button beside its name


def card(shown: Card, speaker: Speaker, limit: int) -> Json:
    """State and number on top, the headline, facts, the closing sentence, history, buttons."""
    hero, small = parts.pictures(shown.pictures, speaker)
    body = [*_top(shown.badge, shown.number, shown.tone), *_headline(shown.title, limit)]
    body += parts.facts(shown.lines, limit)
    body += small
    body += parts.charts(shown.charts, limit)
    body += parts.note(shown.note, limit)
    body += parts.history(shown.history, limit)
    return parts.bubble(body, parts.buttons(shown.buttons, speaker, _press_tone(shown.tone)), hero)


def _top(badge: str, number: str, tone: Tone) -> list[Json]:
    """The state at the left and the number at the right, or under it where the state is long."""
    left = [parts.badge(badge, tone, 60)] if is_visible(badge) else []
    if not is_visible(number):
        return [parts.row(left)] if left else []
    style = {"size": "sm", "color": parts.FAINT}
    if left and graphemes(badge) > parts.WIDE_BADGE:
        return [parts.row(left), parts.text(number, 60, margin="sm", **style)]
    return [parts.row([*left, parts.text(number, 60, align="end", gravity="center", **style)], spacing="md")]


def _headline(title: str, limit: int) -> list[Json]:
    return [parts.text(title, min(limit, 200), weight="bold", size="lg", margin="md")]


def _press_tone(tone: Tone) -> Tone:
    """Buttons keep the town's own colour except where there is danger."""
    return "urgent" if tone == "urgent" else "calm"


def choices(shown: Choices, speaker: Speaker, limit: int) -> Json:
    """A question, and under it each answer in full on a button of its own."""
    body = _headline(shown.title, limit) if is_visible(shown.title) else []
    body.append(parts.text(shown.text, limit, size="md", margin="md"))
    long = [button.label for button in shown.buttons if graphemes(button.label) > BUTTON_LABEL]
    if long:  # LINE cuts a button's label, so such a choice is also written out
        body.append(parts.text("\n".join(f"• {label}" for label in long), limit, size="sm", margin="md"))
    return parts.bubble(body, parts.buttons(shown.buttons, speaker, paired=parts.TINY_LABEL))


def before_after(shown: BeforeAfter, speaker: Speaker, limit: int) -> Json:
    """What was beside what is; one picture alone takes the whole width, none leaves only the words."""
    sides = []
    pairs = ((shown.before, shown.before_label), (shown.after, shown.after_label))
    for picture, label in pairs:
        image = parts.picture(picture, speaker, "1:1") if picture is not None else None
        if image is not None:
            name = parts.text(label, 40, size="xs", color=parts.FAINT, align="center")
            sides.append(parts.column([image, name], spacing="sm", flex=1))
    body = [*_top("", shown.number, "good"), *_headline(shown.title, limit)]
    if sides:
        body.append(parts.row(sides, spacing="md", margin="lg"))
    body += parts.facts(shown.lines, limit)
    body += parts.note(shown.note, limit)
    return parts.bubble(body, parts.buttons(shown.buttons, speaker))


def hotline(shown: HotlineCard, speaker: Speaker, limit: int) -> Json:
    """Who, and beside it a button with the number that dials; the number can also be read and typed."""
    head = parts.text(shown.title, min(limit, 200), weight="bold", size="xl", color="#ffffff")
    colour = parts.COLOURS[shown.tone]
    body = [parts.column([head], backgroundColor=colour, cornerRadius="md", paddingAll="14px")]
    if is_visible(shown.text):
        body.append(parts.text(shown.text, limit, size="md", margin="lg"))
    calls = [_call(number, speaker, shown.tone) for number in shown.numbers[:NUMBERS]]
    if calls:
        body.append(parts.column(calls, spacing="md", margin="lg"))
    return parts.bubble(body)


def _call(number: HotlineNumber, speaker: Speaker, tone: Tone) -> Json:
    """A name with its number: a button where there is something to dial, words where there is not."""
    name = parts.text(number.name, 80, size="md", gravity="center", flex=5)
    address = dial(number.phone)
    button = Button(cut(number.phone, BUTTON_LABEL), kind="uri", url=address or "", style="primary")
    action = in_card(button, speaker) if address else None
    if action is None:
        return parts.row([name, parts.text(number.phone, 40, size="md", gravity="center", flex=4)], spacing="md")
    call = parts.press(action, "primary", tone)
    if graphemes(number.phone) > BESIDE:
        return parts.column([name | {"flex": 0}, call], spacing="xs")
    return parts.row([name, call | {"flex": 4, "gravity": "center"}], spacing="md")


def hotline_alt(shown: HotlineCard) -> str:
    """The card as a sentence, for the chat list and for screen readers."""
    called = " · ".join(f"{number.name} {number.phone}" for number in shown.numbers)
    return " ".join(said for said in (shown.title, shown.text, called) if said)


def fits(made: Json) -> bool:
    """Whether a bubble is small enough for LINE."""
    return parts.size(made) <= parts.BUBBLE_BYTES


def carousel(cards: Sequence[Card], speaker: Speaker) -> Json:
    """Cards side by side: texts are shortened until all fit, and cards left out only if even that is too much."""
    shown = list(cards[: parts.BUBBLES])
    while True:
        for limit in parts.LIMITS:
            bubbles = [_in_a_row(card(one, speaker, limit)) for one in shown]
            made: Json = {"type": "carousel", "contents": bubbles}
            if parts.size(made) <= parts.CAROUSEL_BYTES and all(map(fits, bubbles)):
                return made
        if len(shown) <= 1:
            return made
        shown.pop()


def _in_a_row(bubble: Json) -> Json:
    """A card beside others: its picture opens nothing, because one address fewer lets more cards fit."""
    bubble.get("hero", {}).pop("action", None)
    return bubble
