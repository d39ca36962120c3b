"""Which ticket might a draft be about? Candidates by place and kind, then judged by words, photos and age.

A ticket is asked about only when its category may be shown to everybody, it lies within the category's radius, and
somebody who reads both reports would say *the same* nine times in ten (`flask nearby evaluate` measures it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Float, Row, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from bot.database import INSERTS
from bot.drafts import Draft
from bot.places.areas import box, distance_metres
from bot.places.likeness import are_same_photo, likenesses
from models import Category, Media, Message, Municipality, Report, Resident, SameQuestion, Ticket
from models.lifecycle import OPEN, REOPEN_DAYS, TicketStatus
from models.same_question import DIFFERENT

#: Of words that are about one thing, found on pairs that people judged.
ALIKE = 0.21
#: Of words about what was reported long ago: more is asked of them.
ALIKE_AND_OLD, OLD = 0.3, timedelta(days=60)
#: Metres. A kind that reaches so far (water, floods, canals, smoke) is of an area, not of a spot: being near is enough.
OF_A_WHOLE_AREA_M = 200
#: The nearest tickets whose words are compared; more at one spot would be one incident.
_COMPARED = 16
#: Messages of one ticket that are compared.
_WORDS_OF_ONE = 5
#: Done or waiting for the last word: the same problem there is there again.
_FINISHED = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})


# Statements are built once: building one takes as long as asking it.
_CATEGORY = select(Category).where(
    Category.municipality_id == bindparam("town"), Category.code == bindparam("code")
)
_UP = Ticket.latitude - bindparam("latitude", type_=Float)
_ASIDE = (Ticket.longitude - bindparam("longitude", type_=Float)) * bindparam("squeeze", type_=Float)
#: The nearest open tickets of a kind, and those closed of late; not those of which this person said that they are
#: another problem. `is_own`: they reported it themselves.
NEAREST: Select[*tuple[Any, ...]] = (
    select(
        Ticket.id, Ticket.latitude, Ticket.longitude, Ticket.status, Ticket.created_at, Ticket.resolved_at,
        Ticket.ended_at,
        exists()
        .where(
            Report.ticket_id == Ticket.id,
            Report.resident_id == bindparam("person"),
            Report.withdrawn_at.is_(None),
        )
        .label("is_own"),
    )
    .where(
        Ticket.municipality_id == bindparam("town"),
        Ticket.category_id == bindparam("category"),
        Ticket.latitude.between(bindparam("south"), bindparam("north")),
        Ticket.longitude.between(bindparam("west"), bindparam("east")),
        or_(
            Ticket.status.in_(OPEN),
            and_(Ticket.status == TicketStatus.CLOSED, Ticket.ended_at >= bindparam("late")),
        ),
        ~exists().where(
            SameQuestion.ticket_id == Ticket.id,
            SameQuestion.resident_id == bindparam("person"),
            SameQuestion.answer == DIFFERENT,
        ),
    )
    .order_by(_UP * _UP + _ASIDE * _ASIDE)
    .limit(_COMPARED)
)  # fmt: skip
_WORDS = (
    select(Message.ticket_id, Message.text)
    .where(
        Message.ticket_id.in_(bindparam("tickets", expanding=True)),
        Message.kind == "report",
        Message.text.is_not(None),
    )
    .order_by(Message.id)
)


def _asking(insert: Any) -> Any:
    """Remember that somebody is asked; asked before, nothing changes, and what was told then comes back."""
    names = ("municipality_id", "resident_id", "ticket_id", "metres", "draft_token", "asked_at")
    asked = insert(SameQuestion).values({name: bindparam(name) for name in names})
    kept = asked.on_conflict_do_update(
        index_elements=["resident_id", "ticket_id"], set_={"metres": SameQuestion.metres}
    )
    return kept.returning(SameQuestion.metres)


_ASKED = {name: _asking(insert) for name, insert in INSERTS.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket that may be the draft's problem, as its reader may hear of it: no words, no photo, no number.

    `metres` is None where it was told before (it is told once). `since` is when it was reported, or, `is_again`, done.
    """

    ticket_id: int
    status: TicketStatus
    metres: int | None
    since: datetime
    is_again: bool
    is_own: bool


def most_alike(session: Session, town: Municipality, person: Resident, draft: Draft, now: datetime) -> Known | None:
    """The ticket that the draft is most likely about, remembered as asked; None when nothing is alike enough."""
    place, category = draft.place, _category(session, town, draft)
    if category is None or place is None or place.latitude is None or place.longitude is None or place.is_outside:
        return None
    here = (place.latitude, place.longitude)
    near = _nearest(session, category, here, now, person)
    best = _best(session, category, near, draft, now) if near else None
    return _asked(session, town, person, draft, best, now) if best is not None else None


def may_still_join(ticket: Ticket, draft: Draft, now: datetime) -> bool:
    """Whether the draft may become one more report on this ticket: of its kind, shown to all, not over for good."""
    if ticket.category.code != draft.category or not ticket.category.is_public:
        return False
    if ticket.status == TicketStatus.CLOSED:
        return ticket.ended_at is not None and now - ticket.ended_at <= timedelta(days=REOPEN_DAYS)
    return ticket.status in OPEN


@dataclass(frozen=True, slots=True)
class _Near:
    row: Row[Any]
    metres: float


def _category(session: Session, town: Municipality, draft: Draft) -> Category | None:
    found = session.scalars(_CATEGORY, {"town": town.id, "code": draft.category or ""}).one_or_none()
    return found if found is not None and found.is_public and found.radius_m > 0 else None


def candidates(category: Category, here: tuple[float, float], now: datetime, person_id: int) -> dict[str, Any]:
    """What NEAREST is asked with: the box around a point that holds the category's circle, and who asks."""
    south, north, west, east = box(here, category.radius_m)
    return {
        "town": category.municipality_id, "category": category.id, "person": person_id,
        "south": south, "north": north, "west": west, "east": east, "latitude": here[0], "longitude": here[1],
        # Degrees of longitude are shorter than those of latitude; the box is as wide as it is high.
        "squeeze": (north - south) / (east - west),
        "late": now - timedelta(days=REOPEN_DAYS),
    }  # fmt: skip


def _nearest(
    session: Session, category: Category, here: tuple[float, float], now: datetime, person: Resident
) -> list[_Near]:
    rows = session.execute(NEAREST, candidates(category, here, now, person.id)).all()
    near = [_Near(row, distance_metres(here, (row.latitude, row.longitude))) for row in rows]
    return [one for one in near if one.metres <= category.radius_m]


def _best(session: Session, category: Category, near: Sequence[_Near], draft: Draft, now: datetime) -> _Near | None:
    """Open work before finished work, then the most alike, then the nearest."""
    ids = [one.row.id for one in near]
    is_of_an_area = category.radius_m >= OF_A_WHOLE_AREA_M
    alike = {} if is_of_an_area else _words_alike(session, ids, draft.text)  # reading words is what costs
    same_photo = _same_photos(session, ids, draft)

    def is_enough(one: _Near) -> bool:
        if is_of_an_area or one.row.id in same_photo:
            return True
        return alike.get(one.row.id, 0.0) >= (ALIKE_AND_OLD if now - one.row.created_at > OLD else ALIKE)

    def rank(one: _Near) -> tuple[bool, bool, float, float]:
        words = 0.0 if is_of_an_area else -alike.get(one.row.id, 0.0)
        return one.row.status in _FINISHED, one.row.id not in same_photo, words, one.metres

    return min((one for one in near if is_enough(one)), key=rank, default=None)


def _words_alike(session: Session, ids: Sequence[int], words: str) -> dict[int, float]:
    """For each ticket how alike its reports' words are to these, at best."""
    counts: Counter[int] = Counter()
    compared: list[tuple[int, str]] = []
    for ticket_id, text in session.execute(_WORDS, {"tickets": ids}):
        counts[ticket_id] += 1
        if counts[ticket_id] <= _WORDS_OF_ONE:
            compared.append((ticket_id, text or ""))
    alike: dict[int, float] = {}
    for (ticket_id, _), value in zip(compared, likenesses(words, [text for _, text in compared]), strict=True):
        alike[ticket_id] = max(alike.get(ticket_id, 0.0), value)
    return alike


def _same_photos(session: Session, ids: Sequence[int], draft: Draft) -> set[int]:
    """The tickets with a report whose photo is a near copy of one of the draft's."""
    if not draft.photos:
        return set()
    own = session.scalars(select(Media.likeness).where(Media.id.in_(draft.media), Media.likeness.is_not(None))).all()
    if not own:
        return set()
    there = select(Report.ticket_id, Media.likeness).join(Media, Media.report_id == Report.id)
    there = there.where(Report.ticket_id.in_(ids), Media.likeness.is_not(None), Media.state == "stored")
    return {
        ticket_id
        for ticket_id, theirs in session.execute(there)
        if any(are_same_photo(mine or "", theirs or "") for mine in own)
    }


def _asked(session: Session, town: Municipality, person: Resident, draft: Draft, best: _Near, now: datetime) -> Known:
    """Remember that this person is asked about this ticket, and what distance was told."""
    metres = max(10, round(best.metres / 10) * 10)
    row, status = best.row, TicketStatus(best.row.status)
    told = session.execute(
        _ASKED[session.get_bind().dialect.name],
        {
            "municipality_id": town.id, "resident_id": person.id, "ticket_id": row.id, "metres": metres,
            "draft_token": draft.token, "asked_at": now,
        },
    ).scalar_one()  # fmt: skip
    is_again = status in _FINISHED
    return Known(
        ticket_id=row.id,
        status=status,
        metres=metres if told == metres else None,
        since=(row.ended_at or row.resolved_at or row.created_at) if is_again else row.created_at,
        is_again=is_again,
        is_own=bool(row.is_own),
    )
