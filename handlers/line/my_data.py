"""ข้อมูลของฉัน: see what the town holds of oneself, take a copy, have it erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from bot import dates, queries
from bot.line.events import ButtonPressed
from bot.privacy.copying import copy_of
from bot.privacy.forgetting import forget
from bot.privacy.links import Links
from bot.privacy.owning import own_media
from bot.privacy.terms import terms_of
from bot.replies import Button, Card, Choices, Line, Reply, Say
from handlers.line.talk import Talk
from models import Media, Report
from models.lifecycle import OPEN

#: Nothing brings back what this erases.
FOR_GOOD = "data.erase_yes"


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """One of the buttons of the card."""
    acts = {"show": show, "copy": copy, "erase": ask_to_erase, "erase_yes": erase}
    return acts.get(pressed.press.action.removeprefix("data."), show)(talk)


def show(talk: Talk) -> Sequence[Reply]:
    """What is held, in numbers: everything else stands in the copy."""
    w, person, terms = talk.w, talk.person, terms_of(talk.town)
    reports = talk.session.scalar(select(func.count()).where(Report.resident_id == person.id)) or 0
    own = own_media(talk.session, person).where(Media.municipality_id == talk.town.id, Media.state == "stored")
    media = talk.session.scalar(select(func.count()).select_from(own.subquery()))
    held = copy_of(talk.session, person).said
    words = sum(len(report["messages"]) for report in held["reports"]) + len(held["other_messages"])
    since = dates.day(person.first_seen_at, talk.town.timezone, w.language)
    lines = (
        Line(w("data.name"), person.display_name or w("data.no_name")),
        Line(w("data.since"), since),
        Line(w("data.reports"), w("data.count", n=reports)),
        Line(w("data.words"), w("data.count", n=words)),
        Line(w("data.media"), w("data.count", n=media or 0)),
    )
    buttons = (
        Button(w("label.data_copy"), "data.copy", style="primary"),
        Button(w("label.data_erase"), "data.erase"),
        Button(w("label.read_notice"), "menu.notice", style="link"),
    )
    note = w("data.note", years=terms.words_years)
    return [Card(title=w("label.my_data"), alt=w("data.alt"), lines=lines, note=note, buttons=buttons)]


def copy(talk: Talk) -> Sequence[Reply]:
    """A file by a signed address; where we have no public address a person helps."""
    link = Links(talk.settings.secret_key, talk.settings.public_url).link(talk.person.id)
    if link is None:
        return [Say(talk.w("data.no_copy"), (Button(talk.w("menu.talk"), "menu.talk"),))]
    download = Button(talk.w("label.data_download"), kind="uri", url=link, style="primary")
    return [Choices(talk.w("data.copy"), (download,))]


def ask_to_erase(talk: Talk, *, is_yes: bool = False) -> Sequence[Reply]:
    """It cannot be taken back: say what goes and what stays, and ask once.

    `is_yes`: a bare yes was the answer, which is too little for that.
    """
    if talk.officer is not None:
        return [Say(talk.w("data.officer"))]
    at_work = [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in OPEN]
    text = talk.w("data.ask_erase_open", n=len(at_work)) if at_work else talk.w("data.ask_erase")
    yes = Button(talk.w("label.data_erase_yes"), FOR_GOOD, style="primary")
    text = f"{text}\n{talk.w('data.say_so', label=yes.label)}" if is_yes else text
    return [Choices(text, (yes, Button(talk.w("label.data_keep"), "data.show")))]


def erase(talk: Talk) -> Sequence[Reply]:
    """Everything goes that may go."""
    if talk.officer is not None:
        return [Say(talk.w("data.officer"))]
    forget(talk.session, talk.person, talk.conversation, talk.now)
    return [Say(talk.w("data.erased"))]


#: What may be typed at any time.
TYPED = {"my_data": show, "data_copy": copy, "data_erase": ask_to_erase}
