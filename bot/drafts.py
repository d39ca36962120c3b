"""Draft: a report that is not sent yet. A frozen value, kept as JSON in the conversation."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Words:
    """One message of the report: LINE's id and its text."""

    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: a pin, words, both, or *unknown* because the resident said so."""

    latitude: float | None = None
    longitude: float | None = None
    words: str = ""
    said: str = ""  # the LINE message it came with; "" when it was read from the report's own words
    is_unknown: bool = False
    is_outside: bool = False


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
    guessed: str | None = None
    confidence: float = 0.0
    alternatives: tuple[str, ...] = ()
    model_version: str = ""
    is_emergency: bool = False
    hotline: str | None = None

    @property
    def text(self) -> str:
        """Everything said, message after message."""
        return "\n".join(words.text for words in self.words)

    @property
    def is_empty(self) -> bool:
        """Nothing to report yet."""
        return not self.words and not self.media

    @property
    def is_recognised(self) -> bool:
        """A problem and a place are known: forgotten, it goes to the desk instead of being erased."""
        return bool(self.category) and self.place is not None and not self.is_empty

    def with_words(self, said: str, text: str, understood: Understanding) -> Draft:
        """Add a message; the guess is made of all words together, and never overrules the resident's choice."""
        draft = replace(
            self,
            words=(*self.words, Words(said, text)),
            alternatives=tuple(guess.code for guess in understood.alternatives),
            model_version=understood.model_version,
            is_emergency=self.is_emergency or understood.emergency,
            hotline=self.hotline or understood.hotline,
        )
        if self.is_chosen:
            return draft
        if understood.categories and not understood.unsure:
            first = understood.categories[0]
            return replace(draft, category=first.code, guessed=first.code, confidence=first.confidence)
        return replace(draft, category=None, guessed=draft.alternatives[0] if draft.alternatives else None)

    def with_media(self, media_id: int, *, is_photo: bool) -> Draft:
        """Add a photo, recording or file."""
        return replace(self, media=(*self.media, media_id), photos=self.photos + is_photo)

    def with_category(self, code: str) -> Draft:
        """The resident chose."""
        return replace(self, category=code, is_chosen=True)

    def with_place(self, place: Place) -> Draft:
        """Where it is."""
        return replace(self, place=place)

    def without(self, said: str) -> Draft:
        """The draft after its author took one message back."""
        place = None if self.place is not None and self.place.said == said else self.place
        words = tuple(words for words in self.words if words.said != said)
        if place is not None and not place.said and not place.is_unknown and len(words) < len(self.words):
            place = None  # it had been read from the words that are gone
        return replace(self, words=words, place=place)


def replace_media(draft: Draft, media: tuple[int, ...]) -> Draft:
    """The draft with these media only."""
    return replace(draft, media=media, photos=min(draft.photos, len(media)))


def to_json(draft: Draft | None) -> dict[str, Any] | None:
    """A draft as plain values."""
    return asdict(draft) if draft is not None else None


def from_json(value: dict[str, Any] | None) -> Draft | None:
    """The draft that `to_json` wrote."""
    if value is None:
        return None
    place = value.get("place")
    return Draft(
        **{
            **value,
            "words": tuple(Words(**words) for words in value["words"]),
            "media": tuple(value["media"]),
            "alternatives": tuple(value["alternatives"]),
            "place": Place(**place) if place else None,
        }
    )
