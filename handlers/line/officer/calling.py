"""โทรแจ้งผล in the chat, and what a reporter without LINE says, recorded in that person's name."""

from __future__ import annotations

from collections.abc import Sequence

from bot import aftercare, cards, officer_calls, officer_cards
from bot.aftercare import InTheirName, Said
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Call, Report, Ticket
from models.lifecycle import TicketStatus

Args = dict[str, str]


def to_make(talk: Talk) -> Sequence[Reply]:
    """โทรแจ้งผล, typed: who is to be called."""
    assert talk.officer is not None
    found = officer_calls.to_make(talk.session, talk.officer, officer_cards.IN_A_LIST)
    if not found:
        return [Say(talk.w("officer.calls.none"))]
    title = talk.w("officer.calls.list", n=len(found))
    reply, quotes = officer_cards.several(talk.session, found, talk.officer, title, now=talk.now)
    talk.quotes |= quotes
    return [Say(title), reply] if len(found) > 1 else [reply]


def called(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """โทรแล้ว: the reporter heard it."""
    assert talk.officer is not None
    call = _call(talk, ticket, args)
    if call is None:
        return [Say(talk.w("officer.calls.ended")), answers.card(talk, ticket)]
    officer_calls.finish(talk.session, ticket, call, talk.officer, talk.now)
    name = _name(talk, talk.session.get_one(Report, call.report_id))
    return answers.done(talk, ticket, talk.w("officer.calls.told", name=name, number=ticket.number))


def failed(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """โทรไม่ติด: again later, three times at most."""
    assert talk.officer is not None
    call = _call(talk, ticket, args)
    if call is None:
        return [Say(talk.w("officer.calls.ended")), answers.card(talk, ticket)]
    is_over = officer_calls.fail(talk.session, ticket, call, talk.officer, talk.now)
    name = _name(talk, talk.session.get_one(Report, call.report_id))
    key = "officer.calls.given_up" if is_over else "officer.calls.try_again"
    return answers.done(talk, ticket, talk.w(key, name=name, number=ticket.number, tries=call.tries))


def their(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """What did the reporter say? What may be said now, as buttons."""
    report = _report(talk, ticket, args.get("report", ""))
    acts = officer_calls.THEIR_ACTS.get(TicketStatus(ticket.status), ())
    if report is None or not acts:
        return answers.too_late(talk, ticket)
    aside = answers.drop(talk)
    buttons = tuple(
        Button(talk.w(f"work_label.their_{act}"), "work.they", {"ticket": ticket.id, "report": report.id, "act": act})
        for act in acts
    )
    text = talk.w("officer.calls.what_did_they_say", name=_name(talk, report), number=ticket.number)
    return [*aside, Choices(text, buttons, quick=(answers.cancel_button(talk),))]


def they(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """It is recorded in the reporter's name; an answer or comment waits for its words."""
    report, act = _report(talk, ticket, args.get("report", "")), args.get("act", "")
    if report is None or act not in officer_calls.THEIR_ACTS.get(TicketStatus(ticket.status), ()):
        return answers.too_late(talk, ticket)
    if act in ("answer", "comment"):
        prompt = talk.w("officer.calls.ask_their_words", number=ticket.number)
        return answers.begin(talk, "their_words", ticket, prompt, way=str(report.id))
    aside = answers.drop(talk)
    _record(talk, ticket, _whose(talk, report), act)
    status = cards.badge(ticket, talk.w)
    text = talk.w("officer.calls.recorded", number=ticket.number, status=status)
    return [*aside, *answers.done(talk, ticket, text)]


def their_words(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    """The reporter's words, as the officer heard them."""
    report = _report(talk, ticket, task.way)
    if report is None:
        return [Say(talk.w("work.not_sent")), *answers.too_late(talk, ticket)]
    aftercare.add(talk.session, ticket, _whose(talk, report), Said(task.said or None, task.words), talk.now)
    status = cards.badge(ticket, talk.w)
    return answers.done(talk, ticket, talk.w("officer.calls.recorded", number=ticket.number, status=status))


def _record(talk: Talk, ticket: Ticket, whose: InTheirName, act: str) -> None:
    if act in ("content", "fixed"):
        aftercare.say_fixed(talk.session, ticket, whose, talk.now)
    elif act == "cancel":
        aftercare.withdraw(talk.session, ticket, whose, talk.now)
    else:  # not content, or a review
        aftercare.reopen(talk.session, ticket, whose, talk.now)


def _name(talk: Talk, report: Report) -> str:
    """How the reporter is called in an answer, which goes when the message that said so is taken back."""
    talk.quotes |= {report.contact_said} if report.contact_said else set()
    return officer_calls.name_of(report, talk.w)


def _whose(talk: Talk, report: Report) -> InTheirName:
    assert talk.officer is not None
    return InTheirName(report, talk.officer)


def _report(talk: Talk, ticket: Ticket, said: str) -> Report | None:
    return next((one for one in officer_calls.reporters(talk.session, ticket) if str(one.id) == said), None)


def _call(talk: Talk, ticket: Ticket, args: Args) -> Call | None:
    return next((one for one in officer_calls.waiting(talk.session, ticket) if str(one.id) == args.get("call")), None)
