"""Talk: one event of one person, with everything a handler needs to answer it.

A handler takes (talk, input) and returns what to say; it does not send. What it changed and what it says are
committed together by the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cards, drafts
from bot.casework import By
from bot.config import Settings
from bot.conversation import CategoryWords, Facts, Step
from bot.drafts import Draft, Place
from bot.line.events import Heard
from bot.places import areas
from bot.replies import Reply
from bot.wording import Wording
from models import Category, Conversation, InboxEvent, Municipality, News, Officer, Resident
from models.lifecycle import Actor


@dataclass
class Talk:
    """One event being answered. `now` is the town's clock; `event.received_at` the real one."""

    session: Session
    settings: Settings
    town: Municipality
    person: Resident
    officer: Officer | None  # set while this person works for the town
    conversation: Conversation
    event: InboxEvent
    heard: Heard
    now: datetime
    w: Wording
    quotes: set[str] = field(default_factory=set)  # LINE message ids whose words stand in the answer
    carried: list[News] = field(default_factory=list)  # news that the answer itself tells

    @property
    def as_resident(self) -> By:
        """In this person's own name."""
        return By(Actor.RESIDENT, resident_id=self.person.id)

    @property
    def as_officer(self) -> By:
        """In the town's name; only where `officer` is set."""
        assert self.officer is not None
        return By(Actor.OFFICER, officer=self.officer)

    @property
    def step(self) -> Step:
        """Where the dialogue stands; a step of an older release counts as idle."""
        try:
            return Step(self.conversation.step)
        except ValueError:
            return Step.IDLE

    @property
    def draft(self) -> Draft | None:
        """The report that is not sent yet."""
        return drafts.from_json(self.conversation.draft)

    def wording(self) -> Wording:
        """The sentences in the language that this person has now."""
        return cards.wording_for(self.person, self.town)

    def stand(self, step: Step, *, draft: Draft | None = None, about: int | None = None) -> None:
        """Set where the dialogue stands from now on."""
        self.conversation.step = step
        self.conversation.draft = drafts.to_json(draft)
        self.conversation.about_id = about

    def facts(self, draft: Draft | None = None) -> Facts:
        """What the pure dialogue must know of the town, and of the draft's place when it is outside."""
        found = self.session.scalars(
            select(Category)
            .where(Category.municipality_id == self.town.id, Category.is_active)
            .order_by(Category.position)
        )
        words = {
            category.code: CategoryWords(
                cards.category_title(category, self.w), self.w.either(category.label_th, category.label_en)
            )
            for category in found
        }
        return Facts(self.w, words, self.outside_words(draft.place if draft else None))

    def outside_words(self, place: Place | None) -> str:
        """What is said about a place that is not in the town: who is responsible there, and that we keep the report."""
        if place is None or not place.is_outside or place.latitude is None or place.longitude is None:
            return ""
        assert self.town.outline is not None
        names = areas.neighbour(self.town.outline, self.town.settings, place.latitude, place.longitude)
        return self.w("place.outside", neighbour=names[self.w.language] if names else "").strip()

    def is_outside(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies outside the town's outline (a town without outline has no outside)."""
        return self.town.outline is not None and not areas.contains(self.town.outline, latitude, longitude)


Handler = Callable[[Talk, Any], Sequence[Reply]]
