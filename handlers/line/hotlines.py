"""Whom to call in danger, or in distress."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from bot import cards
from bot.replies import HotlineCard, HotlineNumber
from handlers.line.talk import Talk
from models import ImportantNumber, Owner, Ticket

#: The owner who is called by people in distress: no place to keep away from, but somebody to talk to.
DISTRESS = "mind"
#: Who else is called for them; neither the fire brigade nor the electricity helps.
_IN_DISTRESS = ("mind", "ems", "police")


def is_of_distress(talk: Talk, ticket: Ticket) -> bool:
    """Whether this person told it in words of somebody who does not want to live."""
    report = cards.own_report(talk.session, ticket, talk.person) if ticket.is_urgent else None
    said = "\n".join(message.text or "" for message in report.messages) if report is not None else ""
    return bool(said) and talk.hear(said).understood().hotline == DISTRESS


def hotline_card(talk: Talk, fits: str | None) -> HotlineCard:
    """Whom to call: the town's own number first, then the one that fits, then the other lines for danger."""
    w = talk.w
    owner_id = talk.session.scalars(
        select(Owner.id).where(Owner.municipality_id == talk.town.id, Owner.code == (fits or ""))
    ).one_or_none()
    is_called: ColumnElement[bool] = ImportantNumber.is_for_danger.is_(True)
    if owner_id is not None:  # the line for distress is for no other danger, but for this one it is
        is_called = is_called | (ImportantNumber.owner_id == owner_id)
    numbers = list(
        talk.session.scalars(
            select(ImportantNumber)
            .where(ImportantNumber.municipality_id == talk.town.id, is_called)
            .order_by(ImportantNumber.position)
        )
    )
    own, others = numbers[:1], numbers[1:]
    if fits == DISTRESS:
        helps = set(
            talk.session.scalars(
                select(Owner.id).where(Owner.municipality_id == talk.town.id, Owner.code.in_(_IN_DISTRESS))
            )
        )
        others = [number for number in others if number.owner_id in helps]
    others.sort(key=lambda number: number.owner_id != owner_id or owner_id is None)
    return HotlineCard(
        title=w("danger.distress_title" if fits == DISTRESS else "danger.title"),
        text=w("danger.distress_text" if fits == DISTRESS else "danger.text"),
        numbers=tuple(HotlineNumber(w.either(n.name_th, n.name_en), n.phone) for n in own + others)[:6],
    )
