"""The dialogue of a report, pure: what is missing, what to ask next, and the card that gathers it all.

Read `next_turn` to know the order: words (or a photo) → category, only if unsure → place → the draft card. A report of
danger asks for nothing first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.drafts import Draft, Place
from bot.replies import Button, Card, Choices, Line, Reply, Say
from bot.wording import Wording


class Step(StrEnum):
    """Where the dialogue with a resident stands."""

    IDLE = "idle"  #: nothing is waited for
    REPORTING = "reporting"  #: แจ้งปัญหา was pressed: whatever is said next is a report
    ASKING_CATEGORY = "asking_category"
    ASKING_PLACE = "asking_place"
    READY = "ready"  #: the draft card is on the table
    PLACING = "placing"  #: an urgent ticket was made; its place is asked
    ADDING = "adding"  #: what is said next belongs to a ticket
    TALKING = "talking"  #: what is said next is for the desk
    RATING = "rating"  #: stars were given; a comment may follow


class Intent(StrEnum):
    """What the use-cases are to do after this turn."""

    ASK = "ask"
    FILE_URGENT = "file_urgent"


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """A category as the dialogue names it."""

    name: str  # full, with its sign
    label: str  # ≤ 20 graphemes


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dialogue must know of the town and the reader."""

    w: Wording
    categories: Mapping[str, CategoryWords]
    outside: str = ""  # what is said about a place that is not in the town


@dataclass(frozen=True, slots=True)
class Turn:
    """The next step, what to say, and what to do."""

    step: Step
    replies: tuple[Reply, ...]
    intent: Intent = Intent.ASK


def next_turn(draft: Draft, facts: Facts, *, lead: str = "") -> Turn:
    """Ask for the one thing that is missing, or lay the draft card on the table.

    `lead` is a short sentence said first ("ได้รับรูปแล้ว"), in the same bubble.
    """
    if draft.is_emergency:
        return Turn(Step.PLACING, (), Intent.FILE_URGENT)
    if draft.is_empty:
        return Turn(Step.REPORTING, (Say(_join(lead, facts.w("report.begin")), _pickers(facts.w)),))
    if not draft.words and draft.category is None:
        return Turn(Step.REPORTING, (Say(_join(lead, facts.w("report.ask_words")), (_cancel(facts.w),)),))
    if draft.category is None:
        return Turn(Step.ASKING_CATEGORY, (category_question(draft, facts, lead=lead),))
    if draft.place is None:
        return Turn(Step.ASKING_PLACE, (place_question(draft, facts, lead=lead),))
    replies: tuple[Reply, ...] = (draft_card(draft, facts),)
    if lead:
        replies = (Say(lead), *replies)
    return Turn(Step.READY, replies)


def category_question(draft: Draft, facts: Facts, *, lead: str = "") -> Choices:
    """Which of the three likeliest, or let the desk choose; one question, with the full names."""
    w = facts.w
    likely = [code for code in draft.alternatives if code in facts.categories][:3]
    buttons = [_category_button(draft, code, facts) for code in likely]
    buttons.append(Button(w("label.desk_chooses"), "draft.category", {"draft": draft.token, "code": "other"}))
    return Choices(_join(lead, w("report.ask_category")), tuple(buttons), quick=(_cancel(w),))


def all_categories(draft: Draft, facts: Facts) -> Choices:
    """Every category of the town, the likeliest first."""
    likely = [code for code in draft.alternatives if code in facts.categories]
    rest = [code for code in facts.categories if code not in likely]
    buttons = tuple(_category_button(draft, code, facts) for code in likely + rest)
    return Choices(facts.w("report.choose_category"), buttons, quick=(_cancel(facts.w),))


def place_question(draft: Draft, facts: Facts, *, lead: str = "") -> Say:
    """Where is it? With LINE's picker, in words, or not known; the guessed category can be seen and changed."""
    w = facts.w
    name = facts.categories[draft.category].name if draft.category else ""
    text = w("report.ask_place", category=name)
    change = Button(w("label.change_category"), "draft.change", {"draft": draft.token})
    return Say(_join(lead, text), (_picker(w), _unknown(draft, w), change, _camera(w), _roll(w), _cancel(w, draft)))


def draft_card(draft: Draft, facts: Facts) -> Card:
    """Everything on one card, with ส่งเรื่อง."""
    w = facts.w
    assert draft.category is not None
    category = facts.categories[draft.category].name
    lines = [Line(w("card.words"), _short(draft.text) or w("card.only_pictures"))]
    if draft.place is not None:
        lines.append(Line(w("card.place"), place_words(draft.place, w)))
    if draft.media:
        lines.append(Line(w("card.media"), w("card.media_count", n=len(draft.media))))
    note = facts.outside if draft.place is not None and draft.place.is_outside else w("draft.note")
    token: dict[str, int | str] = {"draft": draft.token}
    change = Button(w("label.change_category"), "draft.change", token)
    return Card(
        title=category,
        alt=w("draft.alt", category=category),
        badge=w("draft.badge"),
        tone="attention",
        lines=tuple(lines),
        note=note,
        buttons=(
            Button(w("label.send"), "draft.send", token, style="primary"),
            change,
            Button(w("label.cancel"), "draft.cancel", token, style="link"),
        ),
        quick=(Button(w("label.send"), "draft.send", token), _picker(w), _camera(w), _roll(w)),
    )


def urgent_place_question(w: Wording, ticket_id: int) -> Say:
    """Where is the danger? Asked after the ticket was made."""
    unknown = Button(w("label.place_unknown"), "mine.place_unknown", {"ticket": ticket_id})
    return Say(w("danger.ask_place"), (_picker(w), unknown))


def place_words(place: Place, w: Wording) -> str:
    """A place as its reporter gave it."""
    if place.is_unknown:
        return w("place.unknown")
    return place.words or w("place.pinned")


def _category_button(draft: Draft, code: str, facts: Facts) -> Button:
    return Button(facts.categories[code].name, "draft.category", {"draft": draft.token, "code": code})


def _pickers(w: Wording) -> tuple[Button, ...]:
    return (_camera(w), _roll(w), _picker(w), _cancel(w))


def _picker(w: Wording) -> Button:
    return Button(w("label.send_place"), kind="location")


def _camera(w: Wording) -> Button:
    return Button(w("label.camera"), kind="camera")


def _roll(w: Wording) -> Button:
    return Button(w("label.camera_roll"), kind="camera_roll")


def _unknown(draft: Draft, w: Wording) -> Button:
    return Button(w("label.place_unknown"), "draft.place_unknown", {"draft": draft.token})


def _cancel(w: Wording, draft: Draft | None = None) -> Button:
    return Button(w("label.cancel"), "draft.cancel", {"draft": draft.token} if draft else {})


def _join(lead: str, text: str) -> str:
    return f"{lead}\n{text}" if lead else text


def _short(text: str, most: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
