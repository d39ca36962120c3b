"""The first word to somebody who adds the account, in the language of the LINE profile where that is known in time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from bot import cards, clock, outbox
from bot.replies import Button, Say, to_json
from models import Municipality, OutboxMessage, Resident

#: So long a welcome waits for the profile; a reply token lives much longer.
PATIENCE = timedelta(seconds=3)


def welcome(person: Resident, town: Municipality, key: str = "welcome.new") -> Say:
    """Who we are, what to do, and that there is a privacy notice; it informs and gates nothing."""
    w = cards.wording_for(person, town)
    other = ("English", "menu.en") if w.language == "th" else ("ไทย", "menu.th")
    buttons = (
        Button(w("label.read_notice"), "menu.notice"),
        Button(w("label.acknowledge"), "menu.acknowledge"),
        Button(w("menu.report"), "menu.report"),
        Button(*other),
    )
    return Say(w(key), buttons)


def wait_for_profile(message: OutboxMessage) -> None:
    """Send this welcome a little later: the profile, asked for at this moment, names the language."""
    message.next_at = clock.real_now() + PATIENCE


def profile_came(session: Session, person: Resident, before: str) -> None:
    """A welcome that still waits is said now, in the language that the profile names (`before` was assumed)."""
    town = session.get_one(Municipality, person.municipality_id)
    now_known, person.language = person.language, before
    assumed = to_json(welcome(person, town))
    person.language = now_known
    for message in outbox.unsent_answers(session, person, clock.real_now()):
        said = list(message.content or [])
        if said and said[-1] == assumed:
            message.content = [*said[:-1], to_json(welcome(person, town))]
        outbox.send_now(session, message)
