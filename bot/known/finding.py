"""Which ticket might a draft be about? Candidates by place and kind, then judged by words, photos and age.

A ticket is asked about only when its category may be shown to everybody, it lies within the category's radius, and
somebody who reads both reports would say *the same* nine times in ten (`flask nearby evaluate` measures it).

A pin can be moved as often as one likes, so what is told, and whether a ticket is asked about again, depends on the
public square that the ticket lies in and on nothing finer: nobody finds out by trying where another reporter stood.
Which pins are near enough for a first question tells a little more; so one person's drafts are compared at so many
places a day and no more (`limits.PLACES_A_DAY`, kept by who asks).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Float, Row, Select, Table, and_, bindparam, exists, literal, select, union_all
from sqlalchemy.orm import Session

from bot.database import INSERTS
from bot.drafts import Draft
from bot.places.areas import Point, box, distance_metres
from bot.places.cells import HALF_ACROSS_M, cell_of, middle_of
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


# Statements are built once, and of tables, not of what the ORM makes of their rows: both take as long as asking.
_TICKETS, _CATEGORIES, _ASKED_OF = (cast(Table, model.__table__) for model in (Ticket, Category, SameQuestion))
_MESSAGES, _REPORTS = cast(Table, Message.__table__).c, cast(Table, Report.__table__).c
_CATEGORY = select(_CATEGORIES.c.id, _CATEGORIES.c.radius_m).where(
    _CATEGORIES.c.municipality_id == bindparam("town"), _CATEGORIES.c.code == bindparam("code"),
    _CATEGORIES.c.is_public, _CATEGORIES.c.radius_m > 0,
)  # fmt: skip


def _of_the_kind(*more: ColumnElement[bool], was_asked: bool = False) -> Select[Any]:
    ticket = _TICKETS.c
    what = (
        ticket.id, ticket.latitude, ticket.longitude, ticket.status, ticket.created_at, ticket.resolved_at,
        ticket.ended_at, literal(was_asked).label("was_asked"),
    )  # fmt: skip
    of_it = ticket.municipality_id == bindparam("town"), ticket.category_id == bindparam("category")
    return select(*what).where(*of_it, *more)


def _nearest_first() -> Select[Any]:
    """Each part reads an index of its own, so that what ended long ago is never read."""
    ticket, asked = _TICKETS.c, _ASKED_OF.c
    is_open = ticket.ended_at.is_(None), ticket.status.in_(OPEN)
    closed_late = ticket.ended_at >= bindparam("late"), ticket.status == TicketStatus.CLOSED
    of_this_person = asked.ticket_id == ticket.id, asked.resident_id == bindparam("person")
    for_the_first_time = (
        ticket.latitude.between(bindparam("south"), bindparam("north")),
        ticket.longitude.between(bindparam("west"), bindparam("east")),
        # Not "exists": a planner without statistics would go through what this person was asked once a ticket.
        ticket.id.not_in(select(asked.ticket_id).where(asked.resident_id == bindparam("person"))),
    )
    again = _of_the_kind(
        *of_this_person, asked.answer.is_distinct_from(DIFFERENT), ticket.latitude.is_not(None),
        and_(*is_open) | and_(*closed_late), was_asked=True,
    )  # fmt: skip
    either = union_all(
        _of_the_kind(*is_open, *for_the_first_time), _of_the_kind(*closed_late, *for_the_first_time), again
    ).subquery()
    up = either.c.latitude - bindparam("latitude", type_=Float)
    aside = (either.c.longitude - bindparam("longitude", type_=Float)) * bindparam("squeeze", type_=Float)
    is_own = exists().where(
        _REPORTS.ticket_id == either.c.id,
        _REPORTS.resident_id == bindparam("person"),
        _REPORTS.withdrawn_at.is_(None),
    )
    away = (up * up + aside * aside).label("away")
    return select(either, is_own.label("is_own"), away).order_by(away).limit(_COMPARED)


#: The nearest open tickets of a kind, and those closed of late; not those of which this person said that they are
#: another problem. `is_own`: they reported it themselves; `was_asked`: they were asked about it before, wherever it is.
NEAREST = _nearest_first()


def _with_words() -> Select[Any]:
    near = NEAREST.cte("near")
    said = and_(_MESSAGES.ticket_id == near.c.id, _MESSAGES.kind == "report", _MESSAGES.text.is_not(None))
    rows = near.outerjoin(Message.__table__, said)
    return select(near, _MESSAGES.text.label("words")).select_from(rows).order_by(near.c.away, near.c.id, _MESSAGES.id)


#: The same, each as often as its reports have words, which come with it, the oldest first.
NEAREST_AND_WORDS = _with_words()


def _asking(insert: Any) -> Any:
    """Remember that somebody is asked; asked before, nothing changes, and what was told then, on which draft's card,
    comes back."""
    names = ("municipality_id", "resident_id", "ticket_id", "metres", "draft_token", "asked_at")
    asked = insert(_ASKED_OF).values({name: bindparam(name) for name in names})
    kept = asked.on_conflict_do_update(index_elements=["resident_id", "ticket_id"], set_={"metres": _ASKED_OF.c.metres})
    return kept.returning(_ASKED_OF.c.metres, _ASKED_OF.c.draft_token)


_ASKED = {name: _asking(insert) for name, insert in INSERTS.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket that may be the draft's problem, as its reader may hear of it: no words, no photo, no number.

    `metres` is to the middle of its public square, and None where another distance was told before, or on another
    draft's card. `since` is when it was reported, or, `is_again`, done.
    """

    ticket_id: int
    status: TicketStatus
    metres: int | None
    since: datetime
    is_again: bool
    is_own: bool


def most_alike(session: Session, town: Municipality, person: Resident, draft: Draft, now: datetime) -> Known | None:
    """The ticket that the draft is most likely about, remembered as asked; None when nothing is alike enough."""
    place = draft.place
    if place is None or place.latitude is None or place.longitude is None or place.is_outside:
        return None
    session.flush()  # questions to tables do not see to it, as those to models do
    kind = kind_of(session, town.id, draft.category)
    if kind is None:
        return None
    near = _nearest(session, town.id, kind, (place.latitude, place.longitude), now, person.id)
    best = _best(session, kind, near, draft, now) if near else None
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
    metres: float  # to the middle of its square
    words: list[str]


class Kind(NamedTuple):
    """A category that may be asked about, as far as it matters here."""

    id: int
    radius_m: int

    @property
    def is_of_an_area(self) -> bool:
        """Whether being near is enough, so that nobody's words are read: reading them is what costs."""
        return self.radius_m >= OF_A_WHOLE_AREA_M


def kind_of(session: Session, town_id: int, code: str | None) -> Kind | None:
    """The category of this code, where everybody may know of its tickets and they have a radius."""
    row = session.execute(_CATEGORY, {"town": town_id, "code": code or ""}).one_or_none()
    return Kind(*row) if row is not None else None


def candidates(town_id: int, kind: Kind, here: Point, now: datetime, person_id: int) -> dict[str, Any]:
    """What NEAREST is asked with: the box around a point that holds the category's circle, and who asks."""
    south, north, west, east = box(here, kind.radius_m)
    return {
        "town": town_id, "category": kind.id, "person": person_id,
        "south": south, "north": north, "west": west, "east": east, "latitude": here[0], "longitude": here[1],
        # Degrees of longitude are shorter than those of latitude; the box is as wide as it is high.
        "squeeze": (north - south) / (east - west),
        "late": now - timedelta(days=REOPEN_DAYS),
    }  # fmt: skip


def _nearest(session: Session, town_id: int, kind: Kind, here: Point, now: datetime, person_id: int) -> list[_Near]:
    statement = NEAREST if kind.is_of_an_area else NEAREST_AND_WORDS
    near: dict[int, _Near] = {}
    for row in session.execute(statement, candidates(town_id, kind, here, now, person_id)):
        one = near.get(row.id)
        if one is None:
            to_middle = distance_metres(here, middle_of(cell_of((row.latitude, row.longitude))))
            one = near[row.id] = _Near(row, to_middle, [])
        if not kind.is_of_an_area and row.words and len(one.words) < _WORDS_OF_ONE:
            one.words.append(row.words)
    return [one for one in near.values() if _is_near(one, here, kind.radius_m)]


def _is_near(one: _Near, here: Point, radius_m: int) -> bool:
    """Asked about before, it stays near as long as any point of its square is: another pin tells nothing new."""
    if one.row.was_asked:
        return one.metres <= radius_m + HALF_ACROSS_M
    return distance_metres(here, (one.row.latitude, one.row.longitude)) <= radius_m


def _best(session: Session, kind: Kind, near: Sequence[_Near], draft: Draft, now: datetime) -> _Near | None:
    """Open work before finished work, then the most alike, then the nearest."""
    alike = {} if kind.is_of_an_area else _words_alike(near, draft.text)
    same_photo = _same_photos(session, [one.row.id for one in near], draft)

    def is_enough(one: _Near) -> bool:
        if kind.is_of_an_area or one.row.id in same_photo:
            return True
        return alike.get(one.row.id, 0.0) >= (ALIKE_AND_OLD if now - one.row.created_at > OLD else ALIKE)

    def rank(one: _Near) -> tuple[bool, bool, float, float]:
        words = -alike.get(one.row.id, 0.0)
        return one.row.status in _FINISHED, one.row.id not in same_photo, words, one.metres

    return min((one for one in near if is_enough(one)), key=rank, default=None)


def _words_alike(near: Sequence[_Near], words: str) -> dict[int, float]:
    """For each ticket how alike its reports' words are to these, at best."""
    compared = [(one.row.id, text) for one in near for text in one.words]
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
    ).one()  # fmt: skip
    is_again = status in _FINISHED
    return Known(
        ticket_id=row.id,
        status=status,
        metres=metres if (told.metres, told.draft_token) == (metres, draft.token) else None,
        since=(row.ended_at or row.resolved_at or row.created_at) if is_again else row.created_at,
        is_again=is_again,
        is_own=bool(row.is_own),
    )
