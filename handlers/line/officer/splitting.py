"""แยกผู้แจ้งออก in the chat: the report is chosen among those of the ticket, seen, confirmed. And its way back."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dates, joined, officer_casework, officer_words, whole_words
from bot.replies import Button, Choices, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Report, Ticket

Args = dict[str, str]
#: Reports in one question; the others follow with another press.
ON_ONE_CARD = 10
#: Characters of a report's words and of its place.
_WORDS, _PLACE = 80, 40


def take_off(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """Which report: each with its words, its place and its time; `after` is the last one that was shown."""
    if not joined.may_split(talk.session, ticket):
        return _not_any_more(talk, ticket)
    aside = answers.drop(talk)
    reports = list(enumerate(joined.standing_reports(talk.session, ticket), 1))
    after = args.get("after", "0")
    left = [(n, one) for n, one in reports if one.id > int(after)] if after.isdecimal() else reports
    shown, rest = left[:ON_ONE_CARD], left[ON_ONE_CARD:]
    lines = [talk.w("work.choose_report", number=ticket.number)]
    lines += [f"{n}. {_of(talk, one)}" for n, one in shown]
    buttons = [
        Button(talk.w("work_label.report_n", n=n), "work.report", {"ticket": ticket.id, "report": one.id})
        for n, one in shown
    ]
    if rest:
        last = shown[-1][1].id
        buttons.append(Button(talk.w("work_label.more"), "work.take_off", {"ticket": ticket.id, "after": last}))
    return [*aside, Choices("\n".join(lines), tuple(buttons), quick=(answers.cancel_button(talk),))]


def chosen(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """This one: what happens to it, and a yes."""
    report = _standing(talk, ticket, args)
    if report is None:
        return take_off(talk, ticket, {})
    yes = Button(
        talk.w("work_label.split_it"), "work.split", {"ticket": ticket.id, "report": report.id}, style="primary"
    )
    text = talk.w("work.ask_split", number=ticket.number, report=_of(talk, report))
    return [Choices(text, (yes, answers.cancel_button(talk)))]


def split(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """Yes: it has a ticket of its own."""
    report = _standing(talk, ticket, args)
    if report is None or not joined.may_split(talk.session, ticket):
        return _not_any_more(talk, ticket)
    aside = answers.drop(talk)
    new = officer_casework.split(talk.session, ticket, report, talk.as_officer, talk.now)
    text = talk.w("work.split", number=ticket.number, other=new.number)
    return [*aside, *answers.done(talk, new, text)]


def put_back(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """รวมกลับเรื่องเดิม: the report stands again where it stood."""
    if not joined.may_put_back(talk.session, ticket, talk.now):
        return [Say(talk.w("work.no_put_back", number=ticket.number)), answers.card(talk, ticket)]
    aside = answers.drop(talk)
    other = officer_casework.put_back(talk.session, ticket, talk.as_officer, talk.now)
    text = talk.w("work.put_back", number=ticket.number, other=other.number)
    return [*aside, *answers.done(talk, other, text)]


def _not_any_more(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    return [Say(talk.w("work.no_split", number=ticket.number)), answers.card(talk, ticket)]


def _standing(talk: Talk, ticket: Ticket, args: Args) -> Report | None:
    reports = joined.standing_reports(talk.session, ticket)
    return next((one for one in reports if str(one.id) == args.get("report")), None)


def _of(talk: Talk, report: Report) -> str:
    """What was said, where, when."""
    messages = [message for message in report.messages if message.kind == "report"]
    words = " ".join(officer_words.said(message, talk.w, _WORDS, talk.quotes) for message in messages)
    talk.quotes |= {report.place_said} if report.place_said else set()
    when = dates.day(report.created_at, talk.town.timezone, talk.w.language, with_time=True)
    parts = (
        whole_words.shortened(words, _WORDS) or talk.w("officer.card.no_words"),
        whole_words.shortened(report.place_words or "", _PLACE),
        when,
    )
    return " · ".join(part for part in parts if part)
