"""Typing a label while it is on offer does what pressing it does (LINE on a PC has neither menus nor quick replies)."""

from __future__ import annotations

from collections.abc import Sequence

from bot import queries
from bot.line.events import ButtonPressed, TextSaid
from bot.line.postbacks import Press
from bot.replies import Button, Choices, Reply, Say, buttons_of
from bot.wording import key_of_label
from handlers.line import menu, mine
from handlers.line.talk import Talk

#: Offers kept from one answer; a carousel of twelve cards with eight buttons is the most there is.
_MOST = 120


#: Labels of the draft card, understood while there is a draft, whatever was offered last.
_OF_A_DRAFT = {"send": "draft.send", "place_unknown": "draft.place_unknown", "change_category": "draft.change"}
_LANGUAGES = {"english": "en", "ไทย": "th", "ภาษาไทย": "th", "thai": "th"}


def remember_offers(talk: Talk, replies: Sequence[Reply]) -> None:
    """Keep what the answer puts on offer; an answer without buttons leaves the earlier offer standing."""
    pressable = [button for reply in replies for button in buttons_of(reply) if button.kind in ("press", "keyboard")]
    if pressable:
        talk.conversation.offers = [
            {"label": button.label, "action": button.action, "args": button.args} for button in pressable[:_MOST]
        ]


def meant(talk: Talk, said: TextSaid) -> ButtonPressed | Sequence[Reply] | None:
    """The button these words name: on offer, in the menu, or one that a ticket of theirs allows. None: just words."""
    words = " ".join(said.text.split())
    fitting = _offered(talk, words)
    if len(fitting) == 1:
        return _pressed(fitting[0])
    if len(fitting) > 1:
        return [_which(talk, fitting)]
    item = key_of_label(words, "menu.")
    if item in menu.ITEMS:
        return menu.chosen(talk, item)
    if talk.conversation.task is not None:
        return None  # an officer's unfinished act decides about its own words
    label = key_of_label(words, "label.")
    if label in mine.TYPED:
        return mine.typed(talk, label)
    if label == "cancel":
        return mine.choose_to_cancel(talk)
    if label == "acknowledge":
        return menu.chosen(talk, label)
    if label in ("send_place", "camera", "camera_roll"):
        return [Say(talk.w("place.how"))]
    if label in _OF_A_DRAFT:
        draft = talk.draft
        return _pressed(Button(words, _OF_A_DRAFT[label], {"draft": draft.token if draft else ""}))
    if words.casefold() in _LANGUAGES:
        return menu.chosen(talk, _LANGUAGES[words.casefold()])
    return None


def _offered(talk: Talk, words: str) -> list[Button]:
    found = {
        (offer["action"], tuple(sorted(offer["args"].items()))): Button(
            offer["label"], offer["action"], dict(offer["args"])
        )
        for offer in talk.conversation.offers or ()
        if offer["label"].casefold() == words.casefold()
    }
    return list(found.values())


def _pressed(button: Button) -> ButtonPressed:
    args = {name: str(value) for name, value in button.args.items()}
    return ButtonPressed(Press(button.action, args, True), {})


def _which(talk: Talk, buttons: list[Button]) -> Choices:
    """The same label stands on several cards: ask which, by number."""
    named = []
    for button in buttons[:12]:
        ticket = queries.by_id(talk.session, talk.town, int(button.args.get("ticket", 0)))
        name = ticket.number if ticket else button.label
        named.append(Button(f"{button.label} {name}"[:40], button.action, button.args))
    return Choices(talk.w("mine.which"), tuple(named))
