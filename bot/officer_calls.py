"""โทรแจ้งผล: calls to reporters without LINE, made and made in vain; and what an officer's card shows of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import officer_words, promises, rights, whole_words
from bot.line.actions import dial
from bot.replies import Button, Line
from bot.wording import Wording
from models import Call, Message, Officer, Report, Ticket
from models.call import TOLD, TRIES, UNREACHABLE, WAITING
from models.errors import MoveRefused
from models.lifecycle import OPEN, Actor, TicketStatus

#: What a reporter may say now, by status: each is a button of the officer who records it.
_OPEN_ACTS = ("comment", "fixed", "cancel")
THEIR_ACTS: dict[TicketStatus, tuple[str, ...]] = {
    **dict.fromkeys(OPEN, _OPEN_ACTS),
    TicketStatus.WAITING: ("answer", "fixed", "cancel"),
    TicketStatus.RESOLVED: ("content", "not_content"),
    TicketStatus.CLOSED: ("not_content",),
    TicketStatus.REJECTED: ("review",),
}
#: So much of a reporter's name stands on a button.
_ON_A_BUTTON = 20
#: Reporters without LINE that get buttons on one card.
_SHOWN = 2


def finish(session: Session, ticket: Ticket, call: Call, officer: Officer, now: datetime) -> None:
    """The reporter heard all that was to be told: as good as accepted by LINE, so the next word gets its date.

    :raises MoveRefused: the call was ended before.
    """
    told = _in_one_call(session, ticket, call)
    for one in told:
        _end(one, TOLD, officer, now)
    report = session.get_one(Report, call.report_id)
    report.unreachable_at = None
    ticket.last_word_at = now
    promises.set_next_word(session, ticket, now, is_news=any(one.kind != "overdue" for one in told))
    if ticket.status == TicketStatus.RESOLVED and report.asked_content_at is None:
        report.asked_content_at = now
    words = next((one.message_id for one in told if one.message_id is not None), None)
    ticket.remember("called", Actor.OFFICER, now, officer=officer, message_id=words)
    session.flush()


def fail(session: Session, ticket: Ticket, call: Call, officer: Officer, now: datetime) -> bool:
    """Called in vain; True when it was the third time, and the reporter counts as not reached.

    :raises MoveRefused: the call was ended before.
    """
    untold = _in_one_call(session, ticket, call)
    tries = max(one.tries for one in untold) + 1
    for one in untold:
        one.tries, one.tried_at = tries, now
    ticket.remember("call_failed", Actor.OFFICER, now, officer=officer, detail={"try": tries})
    if tries < TRIES:
        session.flush()
        return False
    for one in untold:
        _end(one, UNREACHABLE, officer, now)
    report = session.get_one(Report, call.report_id)
    report.unreachable_at = now
    ticket.remember("unreachable", Actor.OFFICER, now, officer=officer)
    session.flush()
    return True


def _in_one_call(session: Session, ticket: Ticket, call: Call) -> Sequence[Call]:
    """What the reporter hears on the telephone with this: what was to be told before it too, as the card said."""
    if call.state != WAITING:
        raise MoveRefused("this call was ended before")
    return [one for one in waiting(session, ticket) if one.report_id == call.report_id and one.id <= call.id]


def _end(call: Call, state: str, officer: Officer, now: datetime) -> None:
    call.state, call.ended_at, call.ended_by_id = state, now, officer.id


def waiting(session: Session, ticket: Ticket) -> Sequence[Call]:
    """The calls about this ticket that somebody is to make, oldest first."""
    return session.scalars(
        select(Call).where(Call.ticket_id == ticket.id, Call.state == WAITING).order_by(Call.id)
    ).all()


def to_make(session: Session, officer: Officer, most: int) -> list[Ticket]:
    """Tickets of this officer's departments about which somebody is to be called, the longest wait first."""
    statement = (
        select(Ticket)
        .join(Call, Call.ticket_id == Ticket.id)
        .where(Call.state == WAITING, rights.may_see(session, officer))
        .order_by(Call.id)
    )
    return list(dict.fromkeys(session.scalars(statement).unique()))[:most]


def reporters(session: Session, ticket: Ticket) -> Sequence[Report]:
    """The reports that came by telephone, counter or letter and still stand."""
    wanted = select(Report).where(
        Report.ticket_id == ticket.id, Report.resident_id.is_(None), Report.withdrawn_at.is_(None)
    )
    return session.scalars(wanted.order_by(Report.id)).all()


def name_of(report: Report, w: Wording) -> str:
    """How a reporter without LINE is called."""
    return report.contact_name or report.contact or w("officer.calls.somebody")


def _on_a_button(report: Report, w: Wording) -> str:
    return whole_words.shortened(name_of(report, w), _ON_A_BUTTON)


def lines(session: Session, ticket: Ticket, w: Wording) -> list[Line]:
    """By which channel it came and how to reach the reporter; what is to be told."""
    found = []
    for report in reporters(session, ticket):
        words = [w(f"officer.calls.by_{report.channel}"), report.contact_name, report.contact]
        if not report.contact:
            words.append(w("officer.calls.no_contact"))
        elif report.unreachable_at is not None:
            words.append(w("officer.calls.unreachable"))
        found.append(Line(w("officer.calls.reporter"), " · ".join(word for word in words if word)))
    for call in waiting(session, ticket):
        name = name_of(session.get_one(Report, call.report_id), w)
        key = "officer.calls.to_tell_again" if call.tries else "officer.calls.to_tell"
        about = w(f"officer.calls.about_{call.kind if call.kind in ('reply', 'overdue') else 'status'}")
        found.append(Line(w("officer.calls.call"), w(key, name=name, about=about, tries=call.tries)))
    return found


def brought_along(session: Session, ticket: Ticket, w: Wording, quotes: set[str]) -> list[Line]:
    """Words to be told that were said on another ticket, from which a report came here; notes whose they are."""
    ids = [call.message_id for call in waiting(session, ticket) if call.message_id is not None]
    theirs = select(Message).where(Message.id.in_(ids), Message.ticket_id != ticket.id).order_by(Message.id)
    return [
        Line(w("officer.card.our_word"), officer_words.said(one, w, whole_words.FULL // 2, quotes))
        for one in session.scalars(theirs)
    ]


def buttons(session: Session, ticket: Ticket, w: Wording) -> list[Button]:
    """Dial, told, in vain; and recording what the reporter says."""
    found: list[Button] = []
    newest = {call.report_id: call for call in waiting(session, ticket)}  # one telephone call tells them all
    for call in list(newest.values())[:_SHOWN]:
        report = session.get_one(Report, call.report_id)
        args: dict[str, int | str] = {"ticket": ticket.id, "call": call.id}
        name, address = _on_a_button(report, w), dial(report.contact or "")
        if address is not None:
            found.append(Button(w("work_label.dial", name=name), kind="uri", url=address, style="primary"))
        found.append(Button(w("work_label.called", name=name), "work.called", args))
        found.append(Button(w("work_label.call_failed", name=name), "work.call_failed", args))
    if TicketStatus(ticket.status) in THEIR_ACTS:
        found += [
            Button(
                w("work_label.their_word", name=_on_a_button(report, w)),
                "work.their",
                {"ticket": ticket.id, "report": report.id},
            )
            for report in reporters(session, ticket)[:_SHOWN]
        ]
    return found


def names(offer: Mapping[str, Any], reports: Collection[int], calls: Collection[int]) -> bool:
    """Whether a button on offer holds the name of who made one of these reports, or is to get one of these calls."""
    args = offer["args"]
    if offer["action"] == "work.their":
        return args.get("report") in reports
    return offer["action"] in ("work.called", "work.call_failed") and args.get("call") in calls
