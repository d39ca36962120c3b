"""The dialogue of a report, pure: what is missing, what to ask next, and the card that gathers it all.

Read `next_turn` to know the order: words (or a photo) → category, only if unsure → place → the draft card. A report of
danger asks for nothing first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot import place_asking
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.place_asking import GroundWords, Spot
from bot.replies import Button, Card, Choices, Line, Reply, Say, Style
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
    CHOOSING = "choosing"  #: something was said about one of several tickets; which one is asked
    OFFERED = "offered"  #: what was said may be sent to a person with one press; whatever comes instead is read anew
    UNREAD = "unread"  #: what was said in a language that we do not read may be sent; after a while it is
    TALKING = "talking"  #: what is said next is for the desk
    NEARBY = "nearby"  #: a location is waited for, to show what is open around it
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
    team: str = ""  # who works on it: the department, and the owner whose matter it is
    is_confidential: bool = False  # about somebody's conduct: only the few named for it read it, and no place is needed


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The question whether a known ticket is the same problem."""

    ticket_id: int
    question: str
    yes: str  # the label of yes: เรื่องเดียวกัน, or อีกแล้ว where the work was done


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dialogue must know of the town and the reader."""

    w: Wording
    categories: Mapping[str, CategoryWords]
    outside: str = ""  # what is said about a place that is not in the town
    known: KnownWords | None = None  # the ticket that the draft may be about
    here: tuple[Spot, ...] = ()  # what the words may name; never the place before the resident says yes
    named: Spot | None = None  # what the resident said yes to
    around: str = ""  # what is said about the incident that the place lies in
    ground: GroundWords | None = None  # asked only where nothing else is asked


@dataclass(frozen=True, slots=True)
class Turn:
    """The next step, what to say, and what to do."""

    step: Step
    replies: tuple[Reply, ...]
    intent: Intent = Intent.ASK


#: Steps of a report that is being made; in every other step a draft is one that waits for its turn.
REPORT_STEPS = frozenset({Step.REPORTING, Step.ASKING_CATEGORY, Step.ASKING_PLACE, Step.READY})
#: Here the draft is no report but words whose way is not decided yet.
PENDING_STEPS = frozenset({Step.CHOOSING, Step.OFFERED, Step.UNREAD})


def step_of(draft: Draft) -> Step:
    """Where a report stands: at what is missing, or at the draft card; and words whose ticket was asked: at that."""
    if draft.is_pending:
        return Step.CHOOSING
    if draft.is_empty or (not draft.words and draft.category is None):
        return Step.REPORTING
    if draft.category is None:
        return Step.ASKING_CATEGORY
    return Step.READY if draft.place is not None else Step.ASKING_PLACE


def next_turn(draft: Draft, facts: Facts, *, lead: str = "") -> Turn:
    """Ask for the one thing that is missing, or lay the draft card on the table.

    `lead` is a short sentence said first ("ได้รับรูปแล้ว"), in the same bubble.
    """
    if draft.is_emergency:
        return Turn(Step.PLACING, (), Intent.FILE_URGENT)
    step = step_of(draft)
    if step is Step.ASKING_CATEGORY:
        return Turn(step, (category_question(draft, facts, lead=lead),))
    if step is Step.ASKING_PLACE:
        return Turn(step, (place_question(draft, facts, lead=lead),))
    if step is Step.READY:
        replies: tuple[Reply, ...] = (draft_card(draft, facts),)
        return Turn(step, (Say(lead), *replies) if lead else replies)
    if draft.is_empty:
        begins = "report.begin" if draft.place is None else "report.begin_there"
        return Turn(step, (Say(_join(lead, facts.w(begins)), _pickers(facts.w, draft)),))
    asks = "report.ask_words" if draft.place is None else "report.ask_words_there"
    return Turn(step, (Say(_join(lead, facts.w(asks)), (_cancel(facts.w, draft),)),))


def category_question(draft: Draft, facts: Facts, *, lead: str = "") -> Choices:
    """Which of the three likeliest, or let the desk choose; one question, with the full names."""
    w = facts.w
    likely = [code for code in draft.alternatives if code in facts.categories and code != UNKNOWN_CATEGORY][:3]
    buttons = [_category_button(draft, code, facts) for code in likely]
    buttons.append(Button(w("label.desk_chooses"), "draft.category", {"draft": draft.token, "code": UNKNOWN_CATEGORY}))
    return Choices(_join(lead, w("report.ask_category")), tuple(buttons), quick=(_cancel(w, draft),))


#: Buttons on one card of choices; LINE would show no more than sixteen.
_CHOICES = 12


def all_categories(draft: Draft, facts: Facts) -> tuple[Choices, ...]:
    """Every category of the town, the likeliest first, on as many cards as they need."""
    likely = [code for code in draft.alternatives if code in facts.categories]
    rest = [code for code in facts.categories if code not in likely]
    buttons = [_category_button(draft, code, facts) for code in likely + rest]
    return pages(facts.w, buttons, (_cancel(facts.w, draft),))


def pages(w: Wording, buttons: Sequence[Button], quick: tuple[Button, ...]) -> tuple[Choices, ...]:
    """The question which category, with every answer in full."""
    parts = [tuple(buttons[start : start + _CHOICES]) for start in range(0, len(buttons), _CHOICES)]
    asked = [w("report.choose_category"), *[w("report.more_categories")] * (len(parts) - 1)]
    return tuple(
        Choices(text, part, quick=quick if part is parts[-1] else ()) for text, part in zip(asked, parts, strict=True)
    )


def place_question(draft: Draft, facts: Facts, *, lead: str = "") -> Say:
    """Where is it? With LINE's picker, in words, or not known; the guessed category can be seen and changed.

    A complaint about a person needs no place: where it was may be told, or skipped with one press.
    """
    w = facts.w
    category = facts.categories[draft.category] if draft.category else CategoryWords("", "")
    text = w("report.ask_place_if_any" if category.is_confidential else "report.ask_place", category=category.name)
    skip = Button(w("label.skip"), "draft.place_unknown", {"draft": draft.token})
    change = Button(w("label.change_category"), "draft.change", {"draft": draft.token})
    rest = (_picker(w), _unknown(draft, w), change, _camera(w), _roll(w), _cancel(w, draft))
    return Say(_join(lead, text), (skip, *rest) if category.is_confidential else rest)


def second_problem(draft: Draft, facts: Facts) -> str | None:
    """Another problem in the same words that another team works on: it may become a ticket of its own.

    Never beside a confidential one: the other team would read the same words.
    """
    own = facts.categories.get(draft.category or "")
    if own is not None and own.is_confidential:
        return None
    return draft.for_another_team({code: words.team for code, words in facts.categories.items()})


def draft_card(draft: Draft, facts: Facts) -> Card:
    """Everything on one card, with ส่งเรื่อง."""
    w = facts.w
    assert draft.category is not None
    category = facts.categories[draft.category].name
    lines = [Line(w("card.words"), _short(draft.text) or w("card.only_pictures"))]
    if draft.channel != "line":
        who = (w(f"officer.calls.by_{draft.channel}"), draft.contact_name, draft.contact)
        lines.insert(0, Line(w("card.for_somebody"), " · ".join(part for part in who if part)))
    if draft.place is not None:
        lines.append(Line(w("card.place"), place_words(draft.place, w)))
    lines += place_asking.lines(w, facts.here, facts.named)
    if draft.media:
        lines.append(Line(w("card.media"), w("card.media_count", n=len(draft.media))))
    token: dict[str, int | str] = {"draft": draft.token}
    asked = _same_buttons(facts.known, token, w) if facts.known is not None else ()
    else_asked = [facts.ground.question if facts.ground is not None else "", facts.outside]
    second = second_problem(draft, facts)
    asks = "\n".join(text for text in else_asked if text) or ("" if second else w("draft.note"))
    if facts.known is not None:
        asks = facts.known.question
    here, seen_on_map = place_asking.buttons(w, token, facts.here, facts.named)
    ground = place_asking.ground_buttons(facts.ground, token) if facts.known is None else ()
    # What is done with one press for both stands first and in colour, unless something must be answered before.
    style: Style = "secondary" if asked else "primary"
    split = (Button(w("label.split"), "draft.split", {**token, "code": second}, style=style),) if second else ()
    lines[:0] = [Line(w("card.also"), facts.categories[second].name)] if second else []
    note = "\n\n".join(part for part in (facts.around, w("draft.two_problems") if second else "", asks) if part)
    return Card(
        title=category,
        alt=w("draft.alt", category=category),
        badge=w("draft.badge"),
        tone="attention",
        lines=tuple(lines),
        note=note,
        buttons=(
            *asked,
            *split,
            Button(w("label.send"), "draft.send", token, style="secondary" if split else style),
            *ground,
            *here,
            *seen_on_map,
            Button(w("label.change_category"), "draft.change", token),
            Button(w("label.cancel"), "draft.cancel", token, style="link"),
        ),
        quick=(
            *split,
            Button(w("label.send"), "draft.send", token),
            *(here if len(here) == 1 else ()),
            *(_picker(w), _camera(w), _roll(w)),
        ),
    )


def _same_buttons(known: KnownWords, token: dict[str, int | str], w: Wording) -> tuple[Button, ...]:
    """The two answers. Neither has to be given: ส่งเรื่อง beside them makes a ticket of its own."""
    about = {**token, "ticket": known.ticket_id}
    return (
        Button(known.yes, "draft.same", about, style="primary"),
        Button(w("label.different"), "draft.different", about),
    )


def urgent_place_question(
    w: Wording, ticket_id: int, here: Sequence[Spot] = (), *, is_distress: bool = False
) -> Say | Choices:
    """Where is the danger? Asked after the ticket was made; `here` are places that the words may name."""
    about: dict[str, int | str] = {"ticket": ticket_id}
    unknown = Button(w("label.place_unknown"), "mine.place_unknown", about)
    if not here:
        return Say(w("danger.ask_place_in_distress" if is_distress else "danger.ask_place"), (_picker(w), unknown))
    yes, look = place_asking.buttons(w, about, here, None, action="mine.here")
    asked = "\n".join(f"{line.label} {line.value}" for line in place_asking.lines(w, here, None))
    return Choices(asked, (*yes, _picker(w), *look), quick=(*(yes if len(yes) == 1 else ()), _picker(w), unknown))


def place_words(place: Place, w: Wording) -> str:
    """A place as its reporter gave it."""
    if place.is_unknown:
        return w("place.unknown")
    return place.words or w("place.pinned")


def _category_button(draft: Draft, code: str, facts: Facts) -> Button:
    return Button(facts.categories[code].name, "draft.category", {"draft": draft.token, "code": code})


def _pickers(w: Wording, draft: Draft) -> tuple[Button, ...]:
    return (_camera(w), _roll(w), _picker(w), _cancel(w, draft))


def _picker(w: Wording) -> Button:
    return Button(w("label.send_place"), kind="location")


def _camera(w: Wording) -> Button:
    return Button(w("label.camera"), kind="camera")


def _roll(w: Wording) -> Button:
    return Button(w("label.camera_roll"), kind="camera_roll")


def _unknown(draft: Draft, w: Wording) -> Button:
    return Button(w("label.place_unknown"), "draft.place_unknown", {"draft": draft.token})


def _cancel(w: Wording, draft: Draft) -> Button:
    return Button(w("label.cancel"), "draft.cancel", {"draft": draft.token})


def _join(lead: str, text: str) -> str:
    return f"{lead}\n{text}" if lead else text


def _short(text: str, most: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
