"""The lifecycle of a ticket: one table, and the only judge of a move. Pure.

Read MOVES to know what may happen. Every pair of statuses that is neither in it nor one of the two
restorations is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from models.errors import MoveRefused, NotAllowed, PhotoMissing, ReasonMissing


class TicketStatus(StrEnum):
    """Where a ticket stands."""

    NEW = "new"  #: รอรับเรื่อง
    ACCEPTED = "accepted"  #: รับเรื่องแล้ว
    PLANNED = "planned"  #: มีแผนดำเนินการ
    IN_PROGRESS = "in_progress"  #: กำลังดำเนินการ
    WAITING = "waiting"  #: รอข้อมูลจากผู้แจ้ง
    FORWARDED = "forwarded"  #: ส่งต่อให้เจ้าของเรื่องแล้ว
    RESOLVED = "resolved"  #: แก้ไขแล้ว รอผู้แจ้งยืนยัน
    CLOSED = "closed"  #: ปิดเรื่องแล้ว
    REOPENED = "reopened"  #: เปิดเรื่องอีกครั้ง
    REJECTED = "rejected"  #: ยุติเรื่อง
    CANCELLED = "cancelled"  #: ผู้แจ้งยกเลิก
    MERGED = "merged"  #: รวมกับเรื่องเดิม


S = TicketStatus
OPEN = frozenset({S.NEW, S.ACCEPTED, S.PLANNED, S.IN_PROGRESS, S.WAITING, S.FORWARDED, S.REOPENED, S.RESOLVED})
ENDED = frozenset(TicketStatus) - OPEN


class Actor(StrEnum):
    """In whose name a move is made."""

    RESIDENT = "resident"
    OFFICER = "officer"  #: of the ticket's department or the desk, a supervisor, an administrator
    TIME = "time"  #: a date passed without an answer
    SYSTEM = "system"  #: the two restorations


class Need(StrEnum):
    """What a move needs to be given."""

    DATE = "date"
    QUESTION = "question"
    OWNER = "owner"
    WAY = "way"
    WORDS = "words"
    AFTER_PHOTO = "after_photo"  #: only where the category says so
    REASON = "reason"  #: a listed reason or words
    OTHER_TICKET = "other_ticket"


class Hears(StrEnum):
    """By which way the resident hears of a move."""

    ANSWER = "answer"  #: it was the resident's own act: the answer to it
    NEXT_REPLY = "next_reply"
    PUSH_MAY_WAIT = "push_may_wait"  #: for company, at most ten minutes
    PUSH_AT_ONCE = "push_at_once"


@dataclass(frozen=True, slots=True)
class Move:
    """How a status is reached: from where, by whom, with what, and how the resident hears."""

    reached_from: frozenset[TicketStatus]
    who: frozenset[Actor]
    hears: Hears
    needs: tuple[Need, ...] = ()


_OFFICER = frozenset({Actor.OFFICER})
_RESIDENT = frozenset({Actor.RESIDENT})
_WORKED_ON = frozenset({S.ACCEPTED, S.PLANNED, S.IN_PROGRESS, S.WAITING, S.FORWARDED, S.REOPENED})

MOVES: dict[TicketStatus, Move] = {
    S.ACCEPTED: Move(frozenset({S.NEW, S.WAITING, S.FORWARDED, S.REOPENED}), _OFFICER, Hears.NEXT_REPLY),
    S.PLANNED: Move(_WORKED_ON, _OFFICER, Hears.PUSH_MAY_WAIT, (Need.DATE,)),
    S.IN_PROGRESS: Move(_WORKED_ON - {S.IN_PROGRESS}, _OFFICER, Hears.NEXT_REPLY),
    S.WAITING: Move((_WORKED_ON | {S.NEW}) - {S.WAITING}, _OFFICER, Hears.PUSH_AT_ONCE, (Need.QUESTION,)),
    # From one owner to another, too: the first one may have sent the letter back.
    S.FORWARDED: Move(_WORKED_ON | {S.NEW}, _OFFICER, Hears.PUSH_MAY_WAIT, (Need.OWNER, Need.WAY)),
    S.RESOLVED: Move(_WORKED_ON, _OFFICER, Hears.PUSH_AT_ONCE, (Need.WORDS, Need.AFTER_PHOTO)),
    S.CLOSED: Move(OPEN, frozenset({Actor.RESIDENT, Actor.TIME}), Hears.NEXT_REPLY),
    S.REOPENED: Move(frozenset({S.RESOLVED, S.CLOSED, S.REJECTED}), _RESIDENT, Hears.ANSWER),
    S.REJECTED: Move(_WORKED_ON | {S.NEW}, _OFFICER, Hears.PUSH_AT_ONCE, (Need.REASON,)),
    S.CANCELLED: Move(OPEN - {S.RESOLVED}, _RESIDENT, Hears.ANSWER),
    S.MERGED: Move(OPEN - {S.RESOLVED}, _OFFICER, Hears.NEXT_REPLY, (Need.OTHER_TICKET,)),
}

#: Every (from, to) that may stand in the history as a move; restorations are the system's.
PAIRS = frozenset((start, end) for end, move in MOVES.items() for start in move.reached_from)
RESTORATIONS = frozenset(
    {(S.WAITING, before) for before in MOVES[S.WAITING].reached_from}
    | {(S.MERGED, before) for before in MOVES[S.MERGED].reached_from}
)

#: Days within which a closed or rejected ticket may be reopened.
REOPEN_DAYS = 30

#: Statuses with a promise running (paused while waiting); resolved and ended tickets have none.
PROMISED = OPEN - {S.RESOLVED}

#: The town's list for ยุติเรื่อง. "Not our authority" is no reason: that is forwarding.
REJECTION_REASONS = ("not_found", "not_enough", "private_matter", "in_court", "nothing_to_do", "other")


def may_move(start: TicketStatus, end: TicketStatus, actor: Actor) -> bool:
    """Whether the table has this move for this actor (needs and dates are not looked at)."""
    if actor is Actor.SYSTEM:
        return (start, end) in RESTORATIONS
    move = MOVES.get(end)
    if move is None or start not in move.reached_from or actor not in move.who:
        return False
    # Time closes only what waits for the resident's word; it never ends work that goes on.
    return not (actor is Actor.TIME and start is not S.RESOLVED)


def moves_from(start: TicketStatus, actor: Actor) -> tuple[TicketStatus, ...]:
    """The statuses `actor` may move a ticket to, in the order of the table: the buttons of a card."""
    return tuple(end for end in MOVES if may_move(start, end, actor))


def check_move(
    start: TicketStatus,
    end: TicketStatus,
    actor: Actor,
    given: Collection[Need] = (),
    *,
    needs_after_photo: bool = False,
    is_within_reopen_days: bool = True,
    was_reviewed: bool = False,
) -> None:
    """Allow a move or say why not.

    `given` lists what came with it. `is_within_reopen_days` and `was_reviewed` (a rejected ticket was
    reopened before) matter only for reopening.

    :raises MoveRefused: the table does not have this pair, or its time is over.
    :raises NotAllowed: the pair exists, but not for this actor.
    :raises ReasonMissing: something it needs was not given (PhotoMissing for the after-photo).
    """
    if not may_move(start, end, actor):
        if any(may_move(start, end, other) for other in Actor):
            raise NotAllowed(f"{actor} may not move a ticket from {start} to {end}")
        raise MoveRefused(f"a ticket cannot go from {start} to {end}")
    if actor is Actor.SYSTEM:
        return
    if end is S.REOPENED and start is not S.RESOLVED:
        if not is_within_reopen_days:
            raise MoveRefused(f"a {start} ticket is reopened within {REOPEN_DAYS} days only")
        if start is S.REJECTED and was_reviewed:
            raise MoveRefused("a rejected ticket is reviewed once")
    for need in MOVES[end].needs:
        if need is Need.AFTER_PHOTO:
            if needs_after_photo and need not in given:
                raise PhotoMissing
        elif need not in given:
            raise ReasonMissing(f"moving to {end} needs {need}")
