"""A report from another town's ground is kept here and handed to that town, when it is on this installation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from bot import officer_news
from bot.drafts import Draft, Place
from bot.opening import open_ticket
from bot.outbox import wish
from bot.places import ground
from models import Category, Media, Message, Municipality, Report, Resident, Ticket
from models.effect import FETCH_MEDIA
from models.lifecycle import Actor

#: The category of what a town has no category for: the desk's.
_UNKNOWN = "other"
#: Media that are there, or on their way.
_TO_BE_SEEN = ("wanted", "stored")


def hand_over(session: Session, report: Report, person: Resident, draft: Draft, now: datetime) -> Ticket | None:
    """The same problem as a ticket of the town on whose ground it lies, or None where that town is not here.

    It goes without the reporter: their name and chat stay with the town they wrote to, which also tells them how it
    goes. The copy knows which report it was made of, and words and pictures keep their author, so that what is taken
    back or put right is so there too.
    """
    ticket = session.get_one(Ticket, report.ticket_id)
    place = draft.place or Place()
    if not place.is_outside or place.latitude is None or place.longitude is None or ticket.category.is_confidential:
        return None
    code = session.get_one(Municipality, ticket.municipality_id).code
    here = ground.ground_of(session).at(place.latitude, place.longitude)
    towns = [piece.town for piece in here.others(code, beyond_the_border=place.is_beyond_the_border)]
    there = session.scalars(
        select(Municipality)
        .where(Municipality.code.in_(towns), Municipality.id != ticket.municipality_id)
        .order_by(Municipality.id)
    ).first()
    if there is None:
        return None
    category = _category_there(session, there, ticket.category.code)
    pin = Place(place.latitude, place.longitude, place.words, accuracy_m=place.accuracy_m)
    twin = open_ticket(session, there, category, pin, now, is_urgent=ticket.is_urgent)
    there_too = _words(session, twin, ticket, report, place, now)
    _media(session, report, there_too, person, now)
    twin.remember("created", Actor.SYSTEM, now)
    ticket.handed_as = twin.number
    session.flush()
    event = "officer.urgent" if twin.is_urgent else "officer.new"
    officer_news.tell_officers(session, twin, event, now, urgent=twin.is_urgent)
    return twin


def copies(session: Session, reports: Iterable[Report]) -> list[Report]:
    """What other towns have of these reports, wherever it stands there by now; also what was handed on from there."""
    found: dict[int, Report] = {}
    ids = [report.id for report in reports]
    while ids:
        made = session.scalars(select(Report).where(Report.handed_from_id.in_(ids))).all()
        new = {report.id: report for report in made if report.id not in found}
        found |= new
        ids = list(new)
    return sorted(found.values(), key=lambda one: (one.ticket_id, one.id))


def standing_copies(session: Session, reports: Iterable[Report]) -> list[Report]:
    """Of those `copies` that were not taken back, one on each ticket: what is said there is said once."""
    return list({one.ticket_id: one for one in copies(session, reports) if one.withdrawn_at is None}.values())


def handed(session: Session, person: Resident) -> list[Report]:
    """What other towns have of this person, wherever it stands there by now."""
    own = select(Report.id).where(Report.resident_id == person.id)
    made = session.scalars(select(Report).where(Report.handed_from_id.in_(own))).all()
    first = {report.id: report for report in (*made, *_known_by_its_words(session, person))}
    found = first | {report.id: report for report in copies(session, first.values())}
    return sorted(found.values(), key=lambda one: (one.ticket_id, one.id))


def _known_by_its_words(session: Session, person: Resident) -> Iterable[Report]:
    """Copies of a release that did not note of what they were made: told by who said what stands there."""
    words = select(Message.report_id).where(Message.resident_id == person.id, Message.report_id.is_not(None))
    sent = select(Media.report_id).where(Media.resident_id == person.id, Media.report_id.is_not(None))
    theirs = select(Report).where(
        Report.id.in_(union(words, sent)),
        Report.handed_from_id.is_(None),
        Report.resident_id.is_(None),
        Report.municipality_id != person.municipality_id,
    )
    return session.scalars(theirs).all()


def comment_there(
    session: Session, there: Ticket, message: Message | None, media: Iterable[Media], now: datetime
) -> Message | None:
    """What a reporter added here, on that town's ticket: words and pictures keep their author, as the report's do."""
    said = _say(session, there, message, "comment", now) if message is not None else None
    session.flush()
    for medium in media:
        if medium.state in _TO_BE_SEEN and _known_there(session, there.municipality_id, medium) is None:
            person = session.get_one(Resident, medium.resident_id)
            _fetch(session, there, medium, person, now, message_id=said.id if said is not None else None)
    return said


def is_beyond(session: Session, town: Municipality, place: Place) -> bool:
    """Whether a point lies on no ground of that town."""
    if place.latitude is None or place.longitude is None:
        return False
    here = ground.ground_of(session).at(place.latitude, place.longitude)
    return all(piece.town != town.code for piece in here.towns)


def _category_there(session: Session, there: Municipality, code: str) -> Category:
    """The same kind of problem as that town has it, or its desk's."""
    wanted = Category.code.in_((code, _UNKNOWN))
    found = session.scalars(select(Category).where(Category.municipality_id == there.id, Category.is_active, wanted))
    by_code = {category.code: category for category in found}
    return by_code.get(code) or by_code[_UNKNOWN]


def _words(
    session: Session, twin: Ticket, ticket: Ticket, original: Report, place: Place, now: datetime
) -> Report:
    report = Report(
        municipality_id=twin.municipality_id,
        ticket_id=twin.id,
        channel="other",
        contact_name=ticket.number,  # whom to ask: the town that the reporter wrote to, by its number
        latitude=place.latitude,
        longitude=place.longitude,
        place_words=place.words or None,
        place_said=place.said or None,
        place_accuracy_m=place.accuracy_m,
        handed_from_id=original.id,
        created_at=now,
    )
    session.add(report)
    session.flush()
    for words in session.scalars(select(Message).where(Message.report_id == original.id).order_by(Message.id)).all():
        _say(session, twin, words, "report", now, report_id=report.id)
    return report


def _say(
    session: Session, there: Ticket, words: Message, kind: str, now: datetime, report_id: int | None = None
) -> Message:
    message = Message(
        municipality_id=there.municipality_id,
        ticket_id=there.id,
        report_id=report_id,
        resident_id=words.resident_id,
        officer_id=words.officer_id,
        kind=kind,
        said=words.said,
        text=words.text,
        said_at=now,
    )
    session.add(message)
    return message


def _media(session: Session, report: Report, there_too: Report, person: Resident, now: datetime) -> None:
    """What was sent to be seen or heard, as rows and files of the other town's own: each town keeps its own as long.

    Two tickets made of the same words share their pictures, there as here.
    """
    sent = select(Media).where(
        Media.report_id == (report.shares_media_of_id or report.id), Media.state.in_(_TO_BE_SEEN)
    )
    for medium in session.scalars(sent.order_by(Media.id)).all():
        found = _known_there(session, there_too.municipality_id, medium)
        if found is not None:
            there_too.shares_media_of_id = found.report_id
            continue
        twin = session.get_one(Ticket, there_too.ticket_id)
        _fetch(session, twin, medium, person, now, report_id=there_too.id)


def _known_there(session: Session, town_id: int, medium: Media) -> Media | None:
    known = select(Media).where(Media.municipality_id == town_id, Media.said == medium.said)
    return session.scalars(known).one_or_none()


def _fetch(
    session: Session, there: Ticket, medium: Media, person: Resident, now: datetime, **belongs_to: int | None
) -> None:
    copy = Media(
        municipality_id=there.municipality_id,
        resident_id=person.id,
        ticket_id=there.id,
        kind=medium.kind,
        purpose=medium.purpose,
        said=medium.said,
        milliseconds=medium.milliseconds,
        received_at=medium.received_at,
        **belongs_to,
    )
    session.add(copy)
    session.flush()
    wish(session, person, FETCH_MEDIA, f"media:{copy.id}", now, media_id=copy.id)
