"""เข้าเวร, ออกเวร and ตารางเวร, typed: urgent tickets go to those on duty first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import update

from bot import dates, rights
from bot.officer_casework import trail
from bot.replies import Button, Reply, Say
from handlers.line.officer import roster
from handlers.line.talk import Talk
from models import DutyShift


def begin(talk: Talk) -> Sequence[Reply]:
    """เข้าเวร: from now on, for a day at most; said again it begins anew."""
    assert talk.officer is not None
    talk.officer.on_duty_since = talk.now
    trail.record(talk.session, talk.town.id, "on_duty", talk.officer, talk.now)
    when = dates.day(talk.now, talk.town.timezone, talk.w.language, with_time=True)
    return [Say(talk.w("officer.duty.on", when=when), (Button(talk.w("work_label.off_duty"), "work.off_duty"),))]


def end(talk: Talk) -> Sequence[Reply]:
    """ออกเวร."""
    assert talk.officer is not None
    was_on = bool(rights.on_duty(talk.session, [talk.officer], talk.now))
    talk.officer.on_duty_since = None
    turns = update(DutyShift).where(
        DutyShift.officer_id == talk.officer.id, DutyShift.starts_at <= talk.now, DutyShift.ends_at > talk.now
    )
    talk.session.execute(turns.values(ends_at=talk.now))
    trail.record(talk.session, talk.town.id, "off_duty", talk.officer, talk.now)
    return [Say(talk.w("officer.duty.off" if was_on else "officer.duty.was_off"))]


#: By the name of the label.
WORDS: dict[str, Callable[[Talk], Sequence[Reply]]] = {"on_duty": begin, "off_duty": end, "roster": roster.shown}
