"""Draft: a report that is not sent yet. A frozen value, kept as JSON in the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.understanding import Understanding

#: The category of what nobody could name: the desk's, which then changes it.
UNKNOWN_CATEGORY = "other"
#: What the name of a second draft of the same words ends with.
_TWIN = "-2"


@dataclass(frozen=True, slots=True)
class Words:
    """One message of the report: LINE's id and its text."""

    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: a pin, words, both, or *unknown* because the resident said so. `said` is its message's id."""

    latitude: float | None = None
    longitude: float | None = None
    words: str = ""
    said: str = ""
    is_unknown: bool = False
    is_outside: bool = False
    named: str = ""  # the code of the named place that the resident said yes to
    accuracy_m: int | None = None  # how far off its point may be
    ground: str = ""  # what its reporter answered about the ground: inside, outside, ours, or an owner's code

    @property
    def is_beyond_the_border(self) -> bool:
        """Its reporter says that it is on the other side, whatever side of our outline the pin is on."""
        return self.ground == "outside"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far. `token` names this draft on its card's buttons, so that old cards are recognised."""

    token: str
    words: tuple[Words, ...] = ()
    media: tuple[int, ...] = ()  # ids of Media rows
    photos: int = 0
    place: Place | None = None
    category: str | None = None
    is_chosen: bool = False  # by the resident, not guessed
    was_asked: bool = False  # which category it is; words that still leave it open go to the desk
    guessed: str | None = None
    confidence: float = 0.0
    alternatives: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # further problems that the words assert
    model_version: str = ""
    is_emergency: bool = False
    hotline: str | None = None
    channel: str = "line"  # another one: an officer enters it for somebody without LINE
    contact_name: str = ""
    contact: str = ""  # a telephone number
    contact_said: str = ""  # the officer's message that name and number are of
    group: str = ""  # the LINE group in which it was begun
    earlier: Draft | None = None  # what waits until this one is done
    is_pending: bool = False  # no report: which ticket it belongs to was asked
    ended: int | None = None  # the ended ticket whose work may not be done after all, as long as that is asked
    is_for_desk: bool = False  # said to a person: what belongs to no ticket is a question, not a report

    @property
    def text(self) -> str:
        """Everything said, message after message."""
        return "\n".join(words.text for words in self.words)

    def has_heard(self, text: str) -> bool:
        """Whether these very words are in it already."""
        return text.split() in [words.text.split() for words in self.words]

    @property
    def is_empty(self) -> bool:
        """Nothing to report yet."""
        return not self.words and not self.media

    @property
    def is_blank(self) -> bool:
        """Nothing at all was given, not even for whom it is."""
        return self.channel == "line" and self.is_empty and self.place is None and self.earlier is None

    @property
    def is_recognised(self) -> bool:
        """A problem and a place are known: forgotten, it goes to the desk instead of being erased."""
        return bool(self.category) and self.place is not None and not self.is_empty

    def for_another_team(self, teams: Mapping[str, str]) -> str | None:
        """The first further problem that another team works on; `teams` are those of the town's categories."""
        if self.category is None or self.category == UNKNOWN_CATEGORY or self.category not in teams:
            return None
        others = (code for code in self.also if code in teams and code != UNKNOWN_CATEGORY)
        return next((code for code in others if teams[code] != teams[self.category]), None)

    def twin(self, code: str) -> Draft:
        """The same words and place for another team's problem; pictures belong to the first, and are shown with it."""
        also = tuple(one for one in self.also if one != code)
        named = replace(self, token=f"{self.token}{_TWIN}", category=code, guessed=code, confidence=0.0, also=also)
        return replace(named, is_chosen=False, media=(), photos=0)

    @property
    def twin_of(self) -> str | None:
        """The token of the draft whose words it shares."""
        return self.token.removesuffix(_TWIN) if self.token.endswith(_TWIN) else None

    @property
    def said(self) -> frozenset[str]:
        """The LINE messages whose words it holds."""
        others = {self.place.said if self.place is not None else "", self.contact_said} - {""}
        return frozenset({words.said for words in self.words} | others)

    def chain(self) -> Iterator[Draft]:
        """This draft and every unfinished one before it."""
        draft: Draft | None = self
        while draft is not None:
            yield draft
            draft = draft.earlier

    def with_first(self, token: str) -> Draft | None:
        """The same drafts with the one of this token first; None where it is not among them."""
        chain = list(self.chain())
        first = next((draft for draft in chain if draft.token == token), None)
        if first is None:
            return None
        found: Draft | None = None
        for draft in reversed([first, *(one for one in chain if one is not first)]):
            found = replace(draft, earlier=found)
        return found

    def with_words(self, said: str, text: str, understood: Understanding) -> Draft:
        """Add a message; the guess is made of all words together, and never overrules the resident's choice."""
        draft = replace(
            self,
            words=(*self.words, Words(said, text)),
            alternatives=tuple(guess.code for guess in understood.alternatives),
            also=tuple(guess.code for guess in understood.categories[1:]),
            model_version=understood.model_version,
            is_emergency=self.is_emergency or understood.emergency,
            hotline=self.hotline or understood.hotline,
        )
        if self.is_chosen:
            return draft
        if understood.categories and not understood.unsure:
            first = understood.categories[0]
            return replace(draft, category=first.code, guessed=first.code, confidence=first.confidence)
        if self.category is not None and self.category != UNKNOWN_CATEGORY:
            return draft  # shown already, and nobody objected: a word more takes nothing back
        guessed = draft.alternatives[0] if draft.alternatives else None
        # Once asked is enough: who cannot say which category it is need not be asked a second time.
        return replace(draft, category=UNKNOWN_CATEGORY if self.was_asked else None, guessed=guessed, confidence=0.0)

    def with_media(self, media_id: int, *, is_photo: bool) -> Draft:
        """Add a photo, recording or file."""
        return replace(self, media=(*self.media, media_id), photos=self.photos + is_photo)

    def with_category(self, code: str) -> Draft:
        """The resident chose."""
        return replace(self, category=code, is_chosen=True)

    def with_place(self, place: Place) -> Draft:
        """Where it is."""
        return replace(self, place=place)

    def rewritten(self, said: str, text: str) -> Draft:
        """The draft, and those before it, after their author edited one message; what it is about stays as it was."""
        return replace(
            self,
            words=tuple(Words(said, text) if words.said == said else words for words in self.words),
            earlier=self.earlier.rewritten(said, text) if self.earlier is not None else None,
        )

    def without(self, said: str, media: frozenset[int] = frozenset()) -> Draft:
        """The draft, and those before it, after their author took one message back; `media` came with it."""
        place = None if self.place is not None and self.place.said == said else self.place
        words = tuple(words for words in self.words if words.said != said)
        kept = tuple(item for item in self.media if item not in media)
        earlier = self.earlier.without(said, media) if self.earlier is not None else None
        knows_whom = not self.contact_said or self.contact_said != said
        draft = replace(
            self,
            contact_name=self.contact_name if knows_whom else "",
            contact=self.contact if knows_whom else "",
            contact_said=self.contact_said if knows_whom else "",
            words=words,
            place=place,
            media=kept,
            photos=min(self.photos, len(kept)),
            earlier=earlier if earlier is not None and not earlier.is_blank else None,
        )
        if words or self.is_chosen or len(words) == len(self.words):
            return draft
        return replace(draft, category=None, guessed=None, confidence=0.0, alternatives=(), also=())


def to_json(draft: Draft | None) -> dict[str, Any] | None:
    """A draft as plain values."""
    return _as_before(asdict(draft)) if draft is not None else None


def _as_before(value: dict[str, Any]) -> dict[str, Any]:
    """Without what only few drafts have, so that the release before reads all others."""
    if value["channel"] == "line":
        value = {key: kept for key, kept in value.items() if key not in ("channel", "contact_name", "contact")}
    rare = ("contact_said", "is_pending", "is_for_desk", "ended")
    value = {key: kept for key, kept in value.items() if kept or key not in rare}
    if value["earlier"] is not None:
        value["earlier"] = _as_before(value["earlier"])
    return value


def from_json(value: dict[str, Any] | None) -> Draft | None:
    """The draft that `to_json` wrote, also in a release that did not know every field yet."""
    if value is None:
        return None
    place = value.get("place")
    return Draft(
        **{
            **value,
            "words": tuple(Words(**words) for words in value["words"]),
            "media": tuple(value["media"]),
            "alternatives": tuple(value["alternatives"]),
            "also": tuple(value.get("also", ())),
            "place": Place(**place) if place else None,
            "earlier": from_json(value.get("earlier")),
        }
    )
