"""ตารางเวร in the chat: who is on duty when, entered by whoever it is or by a supervisor, taken out with one press."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import dates, officer_words, rights
from bot.replies import Button, Choices, Reply, Say
from bot.thai import normalise
from handlers.line.talk import Talk
from models import DutyShift, Officer

#: How far ahead a turn may lie, and how far the list looks.
AHEAD, SHOWN = timedelta(days=62), timedelta(days=14)
#: Turns that one list takes out with a press.
_BUTTONS = 10
#: เวร 28 พ.ย. 2569 16:30-08:30, with a colleague's name before the day where a supervisor enters it.
_TURN = re.compile(r"(?:เวร|duty) (.+?) (\d{1,2})[:.](\d{2}) ?(?:น\. ?)?(?:-|–|ถึง|to) ?(\d{1,2})[:.](\d{2})(?: ?น\.)?")


def entered(talk: Talk, words: str) -> Sequence[Reply] | None:
    """A turn that was typed; None when the words are none."""
    assert talk.officer is not None
    found = _TURN.fullmatch(normalise(words))
    if found is None:
        return None
    name, day = _name_and_day(found[1])
    try:
        starts, ends = time(int(found[2]), int(found[3])), time(int(found[4]), int(found[5]))
    except ValueError:
        day = None
    if day is None:
        return [Say(talk.w("officer.roster.how"))]
    zone = ZoneInfo(talk.town.timezone)
    begins = datetime.combine(day, starts, zone)
    until = datetime.combine(day + timedelta(days=ends <= starts), ends, zone)
    if until <= talk.now or begins > talk.now + AHEAD:
        return [Say(talk.w("officer.roster.not_that_day", n=AHEAD.days))]
    who = _who(talk, name)
    if who is None:
        return [Say(talk.w("officer.roster.nobody" if rights.is_above(talk.officer) else "officer.roster.only_own"))]
    _keep(talk, who, begins, until)
    text = talk.w("officer.roster.kept", name=officer_words.name_of(who, talk.w), turn=_turn(talk, begins, until))
    return [Say(text, (Button(talk.w("work_label.roster"), "work.roster"),))]


def _name_and_day(words: str) -> tuple[str, datetime | None]:
    parts = words.split(" ")
    for place in range(len(parts)):
        day = dates.typed_day(" ".join(parts[place:]))
        if day is not None:
            return " ".join(parts[:place]), datetime.combine(day, time())
    return words, None


def _who(talk: Talk, name: str) -> Officer | None:
    """The officer of this name, whom a supervisor may enter; nobody when two have it."""
    assert talk.officer is not None
    if not name:
        return talk.officer
    if not rights.is_above(talk.officer):
        return None
    wanted = name.removeprefix("คุณ").casefold()
    everybody = select(Officer).where(Officer.municipality_id == talk.town.id, Officer.revoked_at.is_(None))
    names = [(one, one.resident.display_name or one.name) for one in talk.session.scalars(everybody).unique()]
    found = [one for one, called in names if normalise(called).casefold() == wanted]
    return found[0] if len(found) == 1 else None


def _keep(talk: Talk, who: Officer, begins: datetime, until: datetime) -> None:
    """A turn that begins at the same moment is replaced."""
    same = select(DutyShift).where(DutyShift.officer_id == who.id, DutyShift.starts_at == begins)
    turn = talk.session.scalars(same).one_or_none()
    if turn is None:
        turn = DutyShift(municipality_id=talk.town.id, officer_id=who.id, starts_at=begins)
        talk.session.add(turn)
    turn.ends_at, turn.entered_at = until, talk.now
    turn.entered_by_id = talk.officer.id if talk.officer is not None else None
    talk.session.flush()


def shown(talk: Talk) -> Sequence[Reply]:
    """The turns of the next two weeks, and how to enter one; one's own (a supervisor: all) with a button each."""
    assert talk.officer is not None
    coming = (
        select(DutyShift)
        .where(
            DutyShift.municipality_id == talk.town.id,
            DutyShift.ends_at > talk.now,
            DutyShift.starts_at < talk.now + SHOWN,
        )
        .order_by(DutyShift.starts_at, DutyShift.id)
    )
    turns = [one for one in talk.session.scalars(coming).unique() if one.officer.is_active]
    how = talk.w("officer.roster.how")
    if not turns:
        return [Say(f"{talk.w('officer.roster.empty')}\n{how}")]
    names = [officer_words.name_of(one.officer, talk.w) for one in turns]
    lines = [f"{_turn(talk, one.starts_at, one.ends_at)} · {name}" for one, name in zip(turns, names, strict=True)]
    mine = [one for one in turns if one.officer_id == talk.officer.id or rights.is_above(talk.officer)]
    text = "\n".join([talk.w("officer.roster.title"), *lines, "", how])
    buttons = tuple(
        Button(talk.w("work_label.take_turn_out", when=_day(talk, one.starts_at)), "work.unroster", {"turn": one.id})
        for one in mine[:_BUTTONS]
    )
    return [Choices(text, buttons)] if buttons else [Say(text)]


def take_out(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """A turn's button: it is taken off the list, by whoever's it is or a supervisor."""
    assert talk.officer is not None
    said = args.get("turn", "")
    turn = talk.session.get(DutyShift, int(said)) if said.isascii() and said.isdigit() else None
    if turn is None or turn.municipality_id != talk.town.id:
        return [Say(talk.w("officer.roster.gone"))]
    if turn.officer_id != talk.officer.id and not rights.is_above(talk.officer):
        return [Say(talk.w("officer.roster.only_own"))]
    text = talk.w("officer.roster.taken_out", turn=_turn(talk, turn.starts_at, turn.ends_at))
    talk.session.delete(turn)
    talk.session.flush()
    return [Say(text, (Button(talk.w("work_label.roster"), "work.roster"),))]


def _turn(talk: Talk, begins: datetime, until: datetime) -> str:
    zone = ZoneInfo(talk.town.timezone)
    return f"{_day(talk, begins)} {begins.astimezone(zone):%H:%M}–{until.astimezone(zone):%H:%M}"


def _day(talk: Talk, moment: datetime) -> str:
    return dates.day(moment, talk.town.timezone, talk.w.language)
