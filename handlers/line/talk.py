"""Talk: one event of one person, with everything a handler needs to answer it.

A handler takes (talk, input) and returns what to say; it does not send. What it changed and what it says are
committed together by the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot import cards, conversation, drafts, news, queries
from bot.casework import By
from bot.config import Settings
from bot.conversation import REPORT_STEPS, CategoryWords, Facts, Step
from bot.drafts import Draft, Place
from bot.line.events import Heard
from bot.place_asking import Spot
from bot.places import areas, ground, remembered, thailand
from bot.places.areas import map_url
from bot.places.gazetteer import Gazetteer, Named
from bot.replies import BeforeAfter, Card, Reply
from bot.understanding import Hearing, hear
from bot.wording import Wording
from models import Category, Conversation, InboxEvent, Municipality, News, Officer, Resident, Ticket
from models.lifecycle import OPEN, Actor, TicketStatus

#: What a province says instead about ground that one of its towns looks after.
_IN_A_TOWN = {
    "place.outside": "place.outside_in_a_town",
    "place.outside_sent": "place.outside_sent_in_a_town",
}
#: What is said about a point at sea or in another country, where nobody can be named.
_ABROAD = {"place.outside": "place.abroad", "place.outside_sent": "place.abroad_sent"}
#: Built once: it is asked for nearly every answer.
_CATEGORIES = (
    select(Category)
    .where(Category.municipality_id == bindparam("town"), Category.is_active)
    .order_by(Category.position)
)


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
    pause: timedelta = timedelta()  # since this person's last event
    came_from: Step = Step.IDLE  # where the dialogue stood when the event came
    quotes: set[str] = field(default_factory=set)  # LINE message ids whose words stand in the answer
    urgency: str = "answer"  # of what is answered in a group, as its row in the outbox keeps it
    awaits_profile: bool = False  # the answer waits a little for the language of the LINE profile
    awaits_photos: bool = False  # the answer waits a little for what the officer's photos prove
    carried: list[News] = field(default_factory=list)  # news that the answer itself tells
    own: list[Ticket] | None = None  # this person's tickets, once they were asked for
    _hearings: dict[str, Hearing] = field(default_factory=dict, repr=False)

    def hear(self, text: str) -> Hearing:
        """What these words say; read once, however often it is asked what they mean here."""
        if text not in self._hearings:
            self._hearings[text] = hear(text)
        return self._hearings[text]

    @property
    def own_tickets(self) -> list[Ticket]:
        """This person's, newest first. Asked once an event: for finding out what is wanted, before anything changes."""
        if self.own is None:
            self.own = queries.own_tickets(self.session, self.person)
        return self.own

    @property
    def open_tickets(self) -> list[Ticket]:
        """Those of them that have not ended; asked once an event, as they are."""
        return [ticket for ticket in self.own_tickets if ticket.status in OPEN]

    @property
    def asked_tickets(self) -> list[Ticket]:
        """Those of them about which an officer waits for an answer."""
        return [ticket for ticket in self.open_tickets if ticket.status == TicketStatus.WAITING]

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
        """The report that is being made, the words whose ticket is asked for, or a report that waits for its turn."""
        draft = drafts.from_json(self.conversation.draft)
        if draft is not None and self.step is Step.CHOOSING:
            draft = replace(draft, is_pending=True)
        return draft

    @property
    def waiting(self) -> Draft | None:
        """What to come back to when something else is done: a report, or words whose ticket was asked for.

        What was merely offered to be sent does not wait: whatever comes instead of the press is read anew.
        """
        draft = self.draft
        if draft is not None and self.step is Step.OFFERED:
            draft = draft.earlier
        return draft if draft is not None and not draft.is_blank else None

    @property
    def unfinished(self) -> Draft | None:
        """The report that more may be added to."""
        draft = self.waiting
        return draft if draft is not None and not draft.is_pending else None

    @property
    def reporting(self) -> Draft | None:
        """The report that is being made just now, with something in it."""
        draft = self.draft
        return draft if draft is not None and self.step in REPORT_STEPS and not draft.is_blank else None

    def wording(self) -> Wording:
        """The sentences in the language that this person has now."""
        return cards.wording_for(self.person, self.town)

    def stand(self, step: Step, *, draft: Draft | None = None, about: int | None = None) -> None:
        """Set where the dialogue stands from now on."""
        self.conversation.step = step
        self.conversation.draft = drafts.to_json(draft)
        self.conversation.about_id = about

    def turn_to(self, step: Step, about: int | None = None) -> None:
        """Begin something else; an unfinished report, or a question that is still open, waits for its turn."""
        self.stand(step, draft=self.waiting, about=about)

    def go_back(self) -> None:
        """Something is done: go on with what waits for its turn, or with nothing."""
        self.take_up(self.waiting)

    def finish_draft(self) -> None:
        """This report is over, sent or not: go on with the one before it, or with nothing."""
        draft = self.draft
        self.take_up(draft.earlier if draft is not None else None)

    def take_up(self, draft: Draft | None) -> None:
        """Stand where this report stands, or nowhere."""
        self.stand(conversation.step_of(draft) if draft is not None else Step.IDLE, draft=draft)

    def shows(self, ticket: Ticket, note: str = "") -> Card | BeforeAfter:
        """A ticket as it stands; what waits to be told about it is told by this card."""
        told_at = self.now if self.tells(ticket) else None
        return cards.standing_card(self.session, ticket, self.person, self.quotes, note=note, told_at=told_at)

    def tells(self, ticket: Ticket) -> bool:
        """The answer says where this ticket stands: news that would say the same travels with it and shows nothing.

        Whether there was such news.
        """
        self.carried += [
            item
            for item in news.gather(self.session, self.person)
            if item.ticket_id == ticket.id
            and not item.is_for_officer
            and item.kind != "reply"
            and item not in self.carried
        ]
        return any(item.ticket_id == ticket.id for item in self.carried)

    def facts(self, draft: Draft | None = None) -> Facts:
        """What the pure dialogue must know of the town, and of the draft's place when it is outside."""
        found = self.session.scalars(_CATEGORIES, {"town": self.town.id})
        words = {
            category.code: CategoryWords(
                cards.category_title(category, self.w),
                self.w.either(category.label_th, category.label_en),
                team=f"{category.department_id}/{category.owner_id or ''}",
                is_confidential=category.is_confidential,
            )
            for category in found
        }
        place = draft.place if draft else None
        here, named = self._on_the_map(draft)
        return Facts(self.w, words, self.outside_words(place), here=here, named=named)

    def _on_the_map(self, draft: Draft | None) -> tuple[tuple[Spot, ...], Spot | None]:
        """What the draft's words may name, and what the resident said yes to."""
        place = draft.place if draft else None
        if draft is None or place is None or place.is_unknown:
            return (), None
        known = self.gazetteer
        if place.latitude is not None:
            named = known.get(place.named) if place.named else None
            return (), self._spot(named) if named is not None else None
        here = known.find(place.words).here or known.find(draft.text).here
        return self.spots(here), None

    def spots(self, places: Sequence[Named]) -> tuple[Spot, ...]:
        """Named places as this reader knows them."""
        return tuple(self._spot(one) for one in places)

    def _spot(self, place: Named) -> Spot:
        return Spot(
            place.code, self.w.either(place.name_th, place.name_en), place.accuracy_m, map_url(*place.point or (0, 0))
        )

    @property
    def gazetteer(self) -> Gazetteer:
        """The places of this town by name."""
        return remembered.gazetteer_of(self.session, self.town)

    def outside_words(self, place: Place | None, key: str = "place.outside") -> str:
        """What is said about a place that is not in the town: who is responsible there, and that we keep the report."""
        if place is None or not place.is_outside or place.latitude is None or place.longitude is None:
            return ""
        if self._is_abroad(place.latitude, place.longitude, place.words):
            return self.w(_ABROAD[key])
        if self.is_in_a_town(place.latitude, place.longitude):
            key = _IN_A_TOWN[key]
        return self.w(key, neighbour=self._responsible(place, place.latitude, place.longitude)).strip()

    def _is_abroad(self, lat: float, lon: float, address: str) -> bool:
        """Whether it seems to lie at sea or abroad, and neither a town, a neighbour nor an address says other."""
        if not thailand.seems_abroad(lat, lon) or ground.ground_of(self.session).at(lat, lon).towns:
            return False
        outline = self.town.outline
        is_far = outline is None or areas.metres_to_border(outline, lat, lon) > areas.NEXT_DOOR_M
        return is_far and thailand.subdistrict_in(address) is None

    def _responsible(self, place: Place, lat: float, lon: float) -> str:
        """Who answers there: a town of this installation, the subdistrict that the address names, or the neighbour.

        Beyond the border the address of a pin on our side names our own subdistrict, so it is not asked.
        """
        assert self.town.outline is not None
        is_beyond, language = place.is_beyond_the_border, self.w.language
        here = ground.ground_of(self.session).at(lat, lon)
        for piece in here.others(self.town.code, beyond_the_border=is_beyond):
            name = self.w.either(piece.name_th, piece.name_en)
            return self.w("place.with_phone", name=name, phone=piece.phone)
        subdistrict = None if is_beyond else thailand.subdistrict_in(place.words)
        if subdistrict is not None:
            return self.w("place.of_subdistrict", name=thailand.in_words(subdistrict, language))
        if areas.metres_to_border(self.town.outline, lat, lon) <= ground.BORDER_M:
            return areas.beyond(self.town.outline, self.town.settings, lat, lon)[language]
        names = areas.neighbour(self.town.outline, self.town.settings, lat, lon)
        return names[language] if names else ""

    def is_outside(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies outside the town's outline (a town without one has no outside but sea and abroad)."""
        if self.town.outline is None:
            return self._is_abroad(latitude, longitude, "")
        if not areas.contains(self.town.outline, latitude, longitude):
            return True
        return self.is_in_a_town(latitude, longitude)

    def pin(self, latitude: float, longitude: float, words: str, said: str) -> Place:
        """A point on the map as the place of something, with what was written beside it; `said` is LINE's message."""
        is_outside = self.is_outside(latitude, longitude)
        return Place(latitude=latitude, longitude=longitude, words=words, said=said, is_outside=is_outside)

    def is_in_a_town(self, latitude: float, longitude: float) -> bool:
        """Whether we are a province and one of the towns that we lie over has this ground."""
        over = self.town.settings.get("over", ())
        return bool(over) and any(
            piece.town in over for piece in ground.ground_of(self.session).at(latitude, longitude).towns
        )


Handler = Callable[[Talk, Any], Sequence[Reply]]
