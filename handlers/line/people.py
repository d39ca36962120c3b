"""Who is speaking: residents are met on their first word, and remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, lazyload

from bot import news_words
from bot.database import insert_into
from bot.outbox import show_menu as show_menu, wish as wish
from bot.understanding import Understanding
from handlers.line.talk import Talk
from models import Conversation, Municipality, Officer, Resident
from models.effect import FETCH_PROFILE

#: The rich menus, by who somebody is; deployed by `flask menus deploy`.
RESIDENT_MENU = {"th": "resident-th", "en": "resident-en"}
#: No language is told by an address of the web.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
#: Enough of a language to answer in it: a Thai sentence has no spaces, and one English word is in everybody's Thai.
_ENOUGH = {"th": re.compile(r"[ก-๎]{2}"), "en": re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}")}

#: Built once: both are asked for every event.
_PERSON = select(Resident).where(
    Resident.municipality_id == bindparam("town"), Resident.line_user_id == bindparam("line_user")
)
_OFFICER = select(Officer).where(Officer.resident_id == bindparam("person"), Officer.revoked_at.is_(None))
_SPEAKER = (
    select(Resident, Conversation, Officer)
    .join(Conversation, Conversation.resident_id == Resident.id)
    .outerjoin(Officer, (Officer.resident_id == Resident.id) & Officer.revoked_at.is_(None))
    .where(Resident.municipality_id == bindparam("town"), Resident.line_user_id == bindparam("line_user"))
    .options(lazyload(Officer.resident))  # it is the same person
    .with_for_update(of=Conversation, key_share=True)
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the person, their dialogue (locked: two events of one person at once are one after the other), and
    the officer this person is, if any."""

    person: Resident
    conversation: Conversation
    officer: Officer | None


def speaker(session: Session, town: Municipality, line_user_id: str, now: datetime) -> Speaker:
    """Who speaks with this LINE account; met now if nobody knows them."""
    found = session.execute(_SPEAKER, {"town": town.id, "line_user": line_user_id}).one_or_none()
    if found is not None:
        return Speaker(*found)
    person = meet(session, town, line_user_id, now)
    return Speaker(person, news_words.conversation_of(session, person, lock=True), officer_of(session, person))


def meet(session: Session, town: Municipality, line_user_id: str, now: datetime) -> Resident:
    """The resident with this LINE account, created on the first word; two events at once create one."""
    found = _find(session, town, line_user_id)
    if found is not None:
        return found
    session.execute(
        insert_into(session, Resident)
        .values(municipality_id=town.id, line_user_id=line_user_id, first_seen_at=now)
        .on_conflict_do_nothing()
    )
    person = _find(session, town, line_user_id)
    assert person is not None
    # The language of the LINE profile decides until the resident chooses.
    wish(session, person, FETCH_PROFILE, f"profile:{person.id}", now)
    return person


def answer_in_their_language(talk: Talk, text: str, understood: Understanding) -> None:
    """As long as neither LINE nor the person has told a language, we speak the one that is written to us first.

    Who has a report in Thai and puts a word of English between goes on in Thai.
    """
    person, language = talk.person, understood.language
    is_told = person.is_language_chosen or person.display_name is not None or talk.officer is not None
    if is_told or language == person.language or language not in RESIDENT_MENU:
        return
    if language == "en" and talk.own_tickets:
        return
    if _ENOUGH[language].search(_ADDRESS.sub(" ", text)) is None and understood.intent != "greeting":
        return
    if person.menu == RESIDENT_MENU[person.language]:
        show_menu(talk.session, person, RESIDENT_MENU[language], talk.event.id, talk.now)
    person.language = language
    talk.w = talk.wording()


def is_known(session: Session, town: Municipality, line_user_id: str) -> bool:
    """Whether this LINE account has spoken to us before."""
    return _find(session, town, line_user_id) is not None


def _find(session: Session, town: Municipality, line_user_id: str) -> Resident | None:
    return session.scalars(_PERSON, {"town": town.id, "line_user": line_user_id}).one_or_none()


def officer_of(session: Session, person: Resident) -> Officer | None:
    """The officer this person is, while the town has not revoked it."""
    return session.scalars(_OFFICER, {"person": person.id}).one_or_none()
