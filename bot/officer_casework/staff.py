"""Who works for the town, as what and where: changed by an administrator in the chat, or at the command line.

`who` is the administrator, None the command line. Every act is kept in the trail; what is revoked counts from the
next event on, because rights are read from the database each time. What somebody has in hand and may not see any
more waits for the others.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot import outbox, queries, rights
from bot.casework import By
from bot.errors import CannotHelp
from bot.line.menu_definitions import resident_menu
from bot.officer_casework.hands import hand_over, let_go
from bot.officer_casework.trail import record
from models import Category, Department, DutyShift, Invitation, Officer, Ticket
from models.lifecycle import Actor
from models.officer import Role


def active(session: Session, municipality_id: int) -> list[Officer]:
    """Everybody who works for the town, by name."""
    statement = select(Officer).where(Officer.municipality_id == municipality_id, Officer.revoked_at.is_(None))
    return sorted(session.scalars(statement).unique(), key=lambda one: (one.name, one.id))


def find(session: Session, municipality_id: int, officer_id: int, *, lock: bool = False) -> Officer | None:
    """Somebody who works for the town; locked until the end of the transaction if it is to be changed."""
    statement = select(Officer).where(
        Officer.municipality_id == municipality_id, Officer.id == officer_id, Officer.revoked_at.is_(None)
    )
    if lock:
        statement = statement.with_for_update(of=Officer, key_share=True).execution_options(populate_existing=True)
    return session.scalars(statement).unique().one_or_none()


def change_role(session: Session, subject: Officer, role: Role, who: Officer | None, now: datetime) -> None:
    """From now on this person is an officer, a supervisor, an administrator.

    :raises CannotHelp: the town would be left without an administrator.
    """
    if subject.role == role:
        return
    _keep_an_administrator(session, subject)
    detail = {"from": subject.role, "to": role.value}
    subject.role = role
    _void_codes_of(session, subject, now)  # only administrators invite
    record(session, subject.municipality_id, "role_changed", who, now, subject=subject, detail=detail)
    let_go(session, subject.municipality_id, Ticket.assignee_id == subject.id, now)


def add_department(
    session: Session, subject: Officer, department: Department, who: Officer | None, now: datetime
) -> None:
    """This person works there too."""
    if department.municipality_id != subject.municipality_id or department in subject.departments:
        return
    subject.departments.append(department)
    detail = {"department": department.code}
    record(session, subject.municipality_id, "department_added", who, now, subject=subject, detail=detail)


def remove_department(
    session: Session, subject: Officer, department: Department, who: Officer | None, now: datetime
) -> None:
    """This person does not work there any more; whoever leaves the desk is not named for confidential tickets either.

    :raises CannotHelp: it is the last one; then the person is to be revoked.
    """
    if department not in subject.departments:
        return
    if len(subject.departments) == 1:
        raise CannotHelp("people.last_department")
    subject.departments.remove(department)
    detail = {"department": department.code}
    record(session, subject.municipality_id, "department_removed", who, now, subject=subject, detail=detail)
    if department.is_desk and subject.is_named_for_conduct:
        name_for_conduct(session, subject, False, who, now)
    let_go(session, subject.municipality_id, Ticket.assignee_id == subject.id, now)


def name_for_conduct(session: Session, subject: Officer, is_named: bool, who: Officer | None, now: datetime) -> None:
    """Whether this person sees what was said about the town's own people.

    :raises CannotHelp: only people of the desk can be named.
    """
    if is_named and not any(own.is_desk for own in subject.departments):
        raise CannotHelp("people.only_desk")
    if subject.is_named_for_conduct == is_named:
        return
    subject.is_named_for_conduct = is_named
    kind = "named_for_conduct" if is_named else "unnamed_for_conduct"
    record(session, subject.municipality_id, kind, who, now, subject=subject)
    # Whoever was trusted only as long as nobody was named is so no longer.
    categories = session.scalars(select(Category).where(Category.municipality_id == subject.municipality_id)).unique()
    confidential = [category.id for category in categories if category.is_confidential]
    let_go(session, subject.municipality_id, Ticket.category_id.in_(confidential), now)


def revoke(session: Session, subject: Officer, who: Officer | None, now: datetime) -> None:
    """This person works here no longer, from the next event on; the officer menu goes away.

    What he or she had in hand stands under งานใหม่ again, and turns on the roster and unused codes are no more.

    :raises CannotHelp: the town would be left without an administrator.
    """
    _keep_an_administrator(session, subject)
    subject.revoked_at, subject.on_duty_since, subject.is_named_for_conduct = now, None, False
    session.execute(delete(DutyShift).where(DutyShift.officer_id == subject.id, DutyShift.ends_at > now))
    _void_codes_of(session, subject, now)
    act = record(session, subject.municipality_id, "revoked", who, now, subject=subject)
    person = subject.resident
    outbox.show_menu(session, person, resident_menu(person.language), f"act-{act.id}", now)


def give_everything_to(session: Session, subject: Officer, to: Officer, who: Officer | None, now: datetime) -> int:
    """โอนงานทั้งหมด: what one person has in hand goes to another, as far as that one may work on it; how many went."""
    mine = select(Ticket).where(Ticket.assignee_id == subject.id, Ticket.status.in_(queries.AT_WORK))
    tickets = session.scalars(
        mine.order_by(Ticket.id).with_for_update(of=Ticket, key_share=True).execution_options(populate_existing=True)
    ).unique()
    went = [ticket for ticket in tickets if to in rights.colleagues(session, ticket, subject)]
    by = By(Actor.OFFICER if who else Actor.SYSTEM, officer=who)
    for ticket in went:
        hand_over(session, ticket, to, by, now)
    detail = {"tickets": len(went), "to": to.id}
    record(session, subject.municipality_id, "gave_everything", who, now, subject=subject, detail=detail)
    return len(went)


def left_in_hand(session: Session, subject: Officer) -> int:
    """How many unfinished tickets this person has in hand."""
    mine = select(Ticket.id).where(Ticket.assignee_id == subject.id, Ticket.status.in_(queries.AT_WORK))
    return len(session.scalars(mine).all())


def may_take_over(session: Session, subject: Officer) -> list[Officer]:
    """Who shares a department with this person."""
    own = {department.id for department in subject.departments}
    others = (one for one in active(session, subject.municipality_id) if one.id != subject.id)
    return [one for one in others if own & {department.id for department in one.departments}]


def _void_codes_of(session: Session, subject: Officer, now: datetime) -> None:
    """What this person made and nobody has used: else a code kept aside opened the door again."""
    unused = (Invitation.made_by_id == subject.id, Invitation.used_at.is_(None), Invitation.voided_at.is_(None))
    session.execute(update(Invitation).where(*unused).values(voided_at=now))


def _keep_an_administrator(session: Session, subject: Officer) -> None:
    """The last one stays; all of them are locked, so that two cannot remove each other at once."""
    administrators = session.scalars(
        select(Officer.id)
        .where(
            Officer.municipality_id == subject.municipality_id,
            Officer.role == Role.ADMIN,
            Officer.revoked_at.is_(None),
        )
        .order_by(Officer.id)
        .with_for_update(key_share=True)
    ).all()
    if list(administrators) == [subject.id]:
        raise CannotHelp("people.last_administrator")
