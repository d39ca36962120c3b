"""A draft becomes a report and a ticket with its number, its promise and its acknowledgement, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import incidents, limits, news, officer_news, rights, understanding
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place, Words
from bot.handing_over import hand_over
from bot.opening import open_ticket
from bot.places import remembered
from models import (
    Category,
    Correction,
    Department,
    Media,
    Message,
    Municipality,
    Officer,
    Report,
    Resident,
    Ticket,
    TicketEvent,
)
from models.lifecycle import Actor, Hears


@dataclass(frozen=True, slots=True)
class Filed:
    """What a draft became."""

    ticket: Ticket
    report: Report


def category_of(session: Session, town: Municipality, code: str | None) -> Category:
    """The town's category; an unknown code is the desk's."""
    wanted = (code, UNKNOWN_CATEGORY)
    found = session.scalars(
        select(Category).where(Category.municipality_id == town.id, Category.code.in_([c for c in wanted if c]))
    ).all()
    by_code = {category.code: category for category in found}
    return by_code.get(code or "") or by_code[UNKNOWN_CATEGORY]


def desk_of(session: Session, town: Municipality) -> Department:
    """The complaint desk."""
    return session.scalars(
        select(Department).where(Department.municipality_id == town.id, Department.is_desk).limit(1)
    ).one()


def report_problem(
    session: Session,
    town: Municipality,
    person: Resident,
    draft: Draft,
    now: datetime,
    *,
    is_urgent: bool = False,
    is_unsent: bool = False,
    beside: Report | None = None,
) -> Filed:
    """Make the ticket. Its number is news to the resident: in the answer, or (unsent draft) with the next reply.

    `beside` is the report of the same words on the ticket of another team: its pictures are shown with this one too.
    """
    beside = beside or _of_the_same_words(session, person, draft)
    category = category_of(session, town, draft.category or draft.guessed)
    place = draft.place or Place()
    department = desk_of(session, town) if place.is_outside else category.department
    mark = "unsent_draft" if is_unsent else None
    ticket = open_ticket(
        session, town, category, place, now, is_urgent=is_urgent, department=department, mark=mark
    )
    report = keep_report(session, ticket, person, draft, now, is_unsent=is_unsent)
    if beside is None:
        _learn(session, town, report, draft, place, now)
    else:
        report.shares_media_of_id = beside.id
    _learn_from_choice(session, ticket, report, draft, now)
    if report.resident_id is not None:
        detail: dict[str, Any] | None = {"danger": True} if is_urgent else _may_be(session, draft)
        ticket.remember("created", Actor.RESIDENT, now, resident_id=person.id, detail=detail)
        session.flush()
        _tell(session, ticket, person, now, is_urgent=is_urgent, is_unsent=is_unsent)
    else:  # whoever reported it was told the number on the telephone or at the counter
        officer = _entered_by(session, person, draft)
        ticket.remember("created", Actor.OFFICER, now, officer=officer, detail={"channel": draft.channel})
        ticket.last_word_at = now
        session.flush()
        kind = "officer.urgent" if is_urgent else "officer.new"
        officer_news.tell_officers(session, ticket, kind, now, urgent=is_urgent)
    hand_over(session, report, person, draft, now)
    incidents.notice_report(session, town, report, ticket, now)
    return Filed(ticket, report)


def draft_again(session: Session, ticket: Ticket, report: Report) -> Draft:
    """The draft that a report was, as far as it is known: its words, pictures and place, and the category of now."""
    media = tuple(session.scalars(select(Media.id).where(Media.report_id == report.id).order_by(Media.id)))
    place = Place(
        latitude=report.latitude,
        longitude=report.longitude,
        words=report.place_words or "",
        said=report.place_said or "",
        is_outside=report.is_outside,
        accuracy_m=report.place_accuracy_m,
    )
    return Draft(
        token=report.draft_token or "",
        words=tuple(Words(one.said, one.text) for one in report.messages if one.said and one.text),
        media=media,
        place=place,
        category=ticket.category.code,
        guessed=report.guessed_category,
        confidence=report.guess_confidence or 0.0,
        model_version=report.model_version or "",
    )


def _may_be(session: Session, draft: Draft) -> dict[str, Any] | None:
    """For the officers: the ended ticket whose work it may be; nothing of one that only few may see."""
    ended = session.get(Ticket, draft.ended) if draft.ended is not None else None
    return {"may_be": ended.number} if ended is not None and not ended.category.is_confidential else None


def _of_the_same_words(session: Session, person: Resident, draft: Draft) -> Report | None:
    """What the other draft of these words became."""
    if draft.twin_of is None:
        return None
    first = select(Report).where(Report.resident_id == person.id, Report.draft_token == draft.twin_of)
    return session.scalars(first.order_by(Report.id.desc()).limit(1)).first()


def was_danger(session: Session, ticket: Ticket) -> bool:
    """Whether the ticket began with a resident's words of danger; others become urgent later, by an incident, say."""
    began = select(TicketEvent.detail).where(TicketEvent.ticket_id == ticket.id, TicketEvent.kind == "created")
    return any((detail or {}).get("danger") for detail in session.scalars(began))


def _learn(session: Session, town: Municipality, report: Report, draft: Draft, place: Place, now: datetime) -> None:
    """What a name and a pin of one resident teach; what an officer enters, or we proposed, teaches nothing."""
    if place.latitude is None or place.longitude is None or place.named or report.resident_id is None:
        return
    texts = [(words.said, words.text) for words in draft.words]
    pin = (place.latitude, place.longitude)
    remembered.learn(session, town, report.resident_id, texts, pin, place.said, now)


def _learn_from_choice(session: Session, ticket: Ticket, report: Report, draft: Draft, now: datetime) -> None:
    """A resident who chose another category than the guess has corrected it; "let the desk choose" says nothing."""
    if not draft.is_chosen or not draft.guessed or ticket.category.code in (draft.guessed, UNKNOWN_CATEGORY):
        return
    session.add(
        Correction(
            municipality_id=ticket.municipality_id,
            ticket_id=ticket.id,
            report_id=report.id,
            at=now,
            actor=Actor.RESIDENT if report.resident_id is not None else Actor.OFFICER,
            from_category=draft.guessed,
            to_category=ticket.category.code,
            model_version=draft.model_version or None,
        )
    )


def keep_report(
    session: Session, ticket: Ticket, person: Resident, draft: Draft, now: datetime, *, is_unsent: bool = False
) -> Report:
    """What this person said, on this ticket: words, media and place stay this report's own."""
    place = draft.place or Place()
    report = Report(
        municipality_id=ticket.municipality_id,
        ticket_id=ticket.id,
        resident_id=person.id if draft.channel == "line" else None,
        channel=draft.channel,
        contact_name=draft.contact_name or None,
        contact=draft.contact or None,
        contact_said=draft.contact_said or None,
        latitude=place.latitude,
        longitude=place.longitude,
        place_words=place.words or None,
        place_said=place.said or None,
        ground_owner=place.ground or None,
        place_accuracy_m=place.accuracy_m,
        is_outside=place.is_outside,
        guessed_category=draft.guessed,
        guess_confidence=draft.confidence or None,
        model_version=draft.model_version or understanding.version(),
        is_unsent_draft=is_unsent,
        draft_token=draft.token,
        created_at=now,
    )
    session.add(report)
    session.flush()
    officer = _entered_by(session, person, draft)
    for words in draft.words:
        session.add(
            Message(
                municipality_id=ticket.municipality_id,
                ticket_id=ticket.id,
                report_id=report.id,
                resident_id=person.id,
                officer_id=officer.id if officer else None,
                kind="report",
                said=words.said,
                text=words.text,
                said_at=now,
            )
        )
    if draft.media:
        session.execute(
            update(Media)
            .where(Media.id.in_(draft.media), Media.resident_id == person.id)
            .values(report_id=report.id, ticket_id=ticket.id)
        )
    return report


def _entered_by(session: Session, person: Resident, draft: Draft) -> Officer | None:
    """The officer who enters it for somebody without LINE."""
    return rights.officer_of(session, person.id) if draft.channel != "line" else None


def _tell(
    session: Session, ticket: Ticket, person: Resident, now: datetime, *, is_urgent: bool, is_unsent: bool
) -> None:
    # An unsent draft's card waits for the next reply, at the latest for the promise's date.
    way = Hears.NEXT_REPLY if is_unsent else Hears.ANSWER
    news.tell(
        session,
        person,
        ticket,
        "ticket",
        now,
        way=way,
        urgency="urgent" if is_urgent else "answer",
        push_at=ticket.due_at if is_unsent else None,
    )
    if not is_urgent:
        officer_news.tell_officers(session, ticket, "officer.new", now)
        return
    wakes = limits.may_wake_people(session, person, now)
    officer_news.tell_officers(session, ticket, "officer.urgent", now, urgent=True, at_once=wakes)
