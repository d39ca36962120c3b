"""A ticket goes into other hands: to another department (โอนหน่วยงานภายใน), or to a colleague (มอบงานให้)."""

from __future__ import annotations

from collections.abc import Sequence

from bot import officer_casework, officer_words, queries, rights, whole_words
from bot.officer_tasks import Task
from bot.replies import Button, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Department, Ticket

Args = dict[str, str]


def transfer(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """โอนหน่วยงานภายใน: to which department."""
    if ticket.status not in queries.AT_WORK:
        return answers.too_late(talk, ticket)
    aside = answers.drop(talk)
    buttons = [
        Button(_name(talk, one), "work.to_department", {"ticket": ticket.id, "code": one.code})
        for one in queries.departments_of(talk.session, talk.town)
        if one.id != ticket.department_id
    ]
    return [*aside, *answers.pages(talk, ticket, "work.choose_department", buttons)]


def to_department(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The department is chosen: wait for the reason."""
    if ticket.status not in queries.AT_WORK:
        return answers.too_late(talk, ticket)
    chosen = _department(talk, args.get("code", ""))
    if chosen is None or chosen.id == ticket.department_id:
        return transfer(talk, ticket, args)
    prompt = talk.w("work.ask_why_transfer", number=ticket.number, department=_name(talk, chosen))
    return answers.begin(talk, "transfer", ticket, prompt, department=chosen.code)


def transferred(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    """The reason is there: it is the other department's now."""
    if ticket.status not in queries.AT_WORK:
        return [Say(talk.w("work.not_sent")), *answers.too_late(talk, ticket)]
    chosen = _department(talk, task.department)
    if chosen is None or chosen.id == ticket.department_id:
        return [Say(talk.w("officer.old_button")), answers.card(talk, ticket)]
    officer_casework.transfer(
        talk.session, ticket, chosen, talk.as_officer, task.words, task.said or None, talk.now
    )
    text = talk.w("work.transferred", number=ticket.number, department=_name(talk, chosen))
    return answers.done(talk, ticket, text)


def hand_over(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """มอบงานให้: to whom of the department."""
    if ticket.status not in queries.AT_WORK:
        return answers.too_late(talk, ticket)
    aside = answers.drop(talk)
    buttons = [
        Button(whole_words.shortened(one.name, 40), "work.to_colleague", {"ticket": ticket.id, "officer": one.id})
        for one in rights.colleagues(talk.session, ticket, talk.officer)
    ]
    if not buttons:
        return [*aside, Say(talk.w("work.nobody_there", number=ticket.number))]
    return [*aside, *answers.pages(talk, ticket, "work.choose_colleague", buttons)]


def to_colleague(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The colleague is chosen, and has it in hand from now on."""
    if ticket.status not in queries.AT_WORK:
        return answers.too_late(talk, ticket)
    found = rights.colleagues(talk.session, ticket, talk.officer)
    chosen = next((one for one in found if str(one.id) == args.get("officer")), None)
    if chosen is None:
        return hand_over(talk, ticket, args)
    aside = answers.drop(talk)
    officer_casework.hand_over(talk.session, ticket, chosen, talk.as_officer, talk.now)
    text = talk.w("work.handed_over", number=ticket.number, name=officer_words.name_of(chosen, talk.w))
    return [*aside, *answers.done(talk, ticket, text)]


def _department(talk: Talk, code: str) -> Department | None:
    return next((one for one in queries.departments_of(talk.session, talk.town) if one.code == code), None)


def _name(talk: Talk, department: Department) -> str:
    return talk.w.either(department.name_th, department.name_en)
