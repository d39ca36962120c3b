"""Network acts that are no messages: claim, commit, act, settle. Each is a row, so none is forgotten."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot import metrics, retry
from bot.channels import Channels
from bot.database import Database, server_now
from bot.effects.acts import Act, Ending, Gone, NotYet, Refused
from bot.effects.media import MediaHook, erase_files as erase_files, fetch_media, give_up_media
from bot.effects.people import MenuAliases, fetch_profile, link_menu
from bot.errors import DeliveryDelayed, DeliveryProblem
from bot.logs import place_of
from bot.outbox import lanes_to_wake
from bot.photos import Folder
from models import Effect
from models.effect import DONE, FETCH_MEDIA, FETCH_PROFILE, GONE, LINK_MENU, REFUSED, WANTED

log = logging.getLogger(__name__)

#: Longer than the slowest download may take.
CLAIM = timedelta(seconds=180)
#: Effects in one turn of a worker; then others get the thread.
MOST = 20


@dataclass
class Effects:
    """Performs what is wished of the network, at most `most_at_once` at the same time in this process.

    `media_settled` is told, in the settling transaction, of each photo or recording that was stored, gone or refused.
    `wake` is told, after it, of each chat that this gave something to say: a welcome in the right language, a card with
    its picture.
    """

    database: Database
    channels: Channels
    folder: Folder
    name: str
    media_settled: MediaHook
    most_at_once: int = 2
    wake: Callable[[str], None] = lambda lane: None
    _slots: threading.BoundedSemaphore = field(init=False)
    _acts: dict[str, Callable[[Session, Effect], Act]] = field(init=False)

    def __post_init__(self) -> None:
        self._slots = threading.BoundedSemaphore(self.most_at_once)
        aliases = MenuAliases(self.channels)
        self._acts = {
            FETCH_MEDIA: lambda session, effect: fetch_media(
                session, effect, self.channels, self.folder, self.media_settled
            ),
            FETCH_PROFILE: lambda session, effect: fetch_profile(session, effect, self.channels),
            LINK_MENU: lambda session, effect: link_menu(session, effect, self.channels, aliases),
        }

    def are_due(self, now: datetime) -> bool:
        """Whether there is an effect to be performed that nobody performs."""
        with self.database.reading() as session:
            return session.scalars(select(Effect.id).where(_is_due(now)).limit(1)).first() is not None

    def perform_due(self) -> int:
        """Perform what is due, at most `MOST`, and count it; 0 while enough other threads are at it."""
        if not self._slots.acquire(blocking=False):
            return 0
        try:
            performed = 0
            while performed < MOST and self._perform_next():
                performed += 1
            return performed
        finally:
            self._slots.release()

    def _perform_next(self) -> bool:
        with self.database.transaction() as session:
            now = server_now(session)
            effect = session.scalars(
                select(Effect).where(_is_due(now)).order_by(Effect.next_at).limit(1).with_for_update(skip_locked=True)
            ).one_or_none()
            if effect is None:
                return False
            effect.attempts += 1
            effect.claimed_by, effect.claimed_until = self.name, now + CLAIM
            act = self._prepare(session, effect)
            number, claim = effect.id, effect.claimed_until
        self._settle(number, claim, self._ending_of(number, act))
        return True

    def _prepare(self, session: Session, effect: Effect) -> Act:
        """What is to be done, with all it needs; nothing can be done for what is not there any more."""
        if effect.attempts > retry.EFFECT_ATTEMPTS:
            problem = "ended this process each time"
            return lambda: NotYet(problem, instead=Refused(problem))
        try:
            return self._acts[effect.kind](session, effect)
        except (LookupError, NoResultFound) as error:
            problem = place_of(error)
            return lambda: Refused(problem)

    def _ending_of(self, number: int, act: Act) -> Ending:
        """Perform an act, outside of any transaction."""
        try:
            return act()
        except DeliveryProblem as problem:
            return NotYet(str(problem), is_ours=isinstance(problem, DeliveryDelayed) and problem.kind == "access")
        except Exception as error:
            # What nobody thought of must not stop the other effects: it is noted, tried again, and at last given up.
            log.error("effect %d failed: %s", number, place_of(error), exc_info=error)
            return NotYet(place_of(error))

    def _settle(self, number: int, claim: datetime, ending: Ending) -> None:
        with self.database.transaction() as session:
            effect = session.get_one(Effect, number, with_for_update=True)
            if effect.claimed_by != self.name or effect.claimed_until != claim:
                return  # it took longer than our claim, and somebody else has it now
            effect.claimed_by = effect.claimed_until = None
            now = server_now(session)
            ending = ending.settle(session)
            if isinstance(ending, NotYet):
                if ending.is_ours:  # afterwards it still has a day
                    effect.attempts = min(effect.attempts, len(retry.EFFECT_DELAYS))
                again = retry.next_effect(effect.attempts, now, random.random())
                if again is not None:
                    effect.last_problem, effect.next_at = ending.problem[:400], again
                    return
                ending = self._given_up(session, effect, ending)
            effect.state = GONE if isinstance(ending, Gone) else REFUSED if isinstance(ending, Refused) else DONE
            effect.last_problem = ending.problem[:400] or None
            effect.settled_at = now
            if ending.is_overtaken:
                effect.state, effect.attempts, effect.settled_at = WANTED, 0, None
            kind, state = effect.kind, effect.state
        for lane in lanes_to_wake(session):
            self.wake(lane)
        metrics.effects.labels(kind, state).inc()

    def _given_up(self, session: Session, effect: Effect, ending: NotYet) -> Ending:
        """The end after the last attempt, whatever failed; somebody may wait for a photo."""
        if effect.kind == FETCH_MEDIA:
            return give_up_media(session, effect, self.folder, self.media_settled)
        return ending.given_up(session)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """To be done now, and nobody does it. A first attempt is due at once, by whatever clock it was wished."""
    return and_(
        Effect.state == WANTED,
        or_(Effect.attempts == 0, Effect.next_at <= now),
        or_(Effect.claimed_until.is_(None), Effect.claimed_until < now),
    )


def release_all(session: Session) -> None:
    """Free every claim. Only for a process that knows that it is the only worker of its database."""
    for effect in session.scalars(select(Effect).where(Effect.claimed_until.is_not(None))):
        effect.claimed_by = effect.claimed_until = None
