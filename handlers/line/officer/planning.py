"""วางแผน in the chat: a period, a day of LINE's calendar, or a typed day that is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot import dates, officer_casework
from bot.officer_casework import PLANS_AHEAD, Period
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from bot.thai import BUDDHIST_ERA_YEARS
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Ticket
from models.errors import ReasonMissing
from models.lifecycle import Actor, TicketStatus, may_move

Args = dict[str, str]


def plan(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """วางแผน: until when; a day may be typed as well."""
    today = _today(talk)
    aside = answers.wait_for(talk, "plan", ticket)
    buttons = [
        Button(_label(talk, period), "work.day", {"ticket": ticket.id, "date": period.ends.isoformat()})
        for period in officer_casework.periods(today)
    ]
    last = today + PLANS_AHEAD
    calendar = Button(
        talk.w("work_label.pick_day"), "work.day", {"ticket": ticket.id}, kind="day", style="primary",
        earliest=today.isoformat(), latest=last.isoformat(),
    )  # fmt: skip
    text = talk.w("work.ask_plan", number=ticket.number)
    return [*aside, Choices(text, (calendar, *buttons), quick=(answers.cancel_button(talk),))]


def chosen(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The day is known: it is planned, if the day can be."""
    try:
        until = date.fromisoformat(args.get("date", ""))
        officer_casework.plan(talk.session, ticket, until, talk.as_officer, talk.now)
    except (ValueError, ReasonMissing):  # an old button, or LINE's calendar of a wrong clock
        return [Say(talk.w("work.no_day", number=ticket.number)), *plan(talk, ticket, {})]
    aside = answers.drop(talk)
    text = talk.w("work.planned", number=ticket.number, when=_when(talk, until))
    return [*aside, *answers.done(talk, ticket, text)]


def typed(talk: Talk, task: Task, text: str) -> Sequence[Reply]:
    """A typed day is read back before anybody is told; anything else is said to be no day."""
    ticket = answers.find(talk, {"ticket": str(task.ticket)})
    if ticket is None:
        answers.drop(talk)
        return [Say(talk.w("work.no_rights_any_more"))]
    if not may_move(TicketStatus(ticket.status), TicketStatus.PLANNED, Actor.OFFICER):
        answers.drop(talk)
        return answers.too_late(talk, ticket)
    today = _today(talk)
    until = dates.typed_day(text) or dates.near_day(text, today)
    stop = answers.cancel_button(talk)
    if until is None or not today <= until <= today + PLANS_AHEAD:
        return [Say(talk.w("work.no_day", number=ticket.number), (stop,))]
    args: dict[str, int | str] = {"ticket": ticket.id, "date": until.isoformat()}
    yes = Button(talk.w("work_label.plan_it"), "work.day", args, style="primary")
    return [Choices(talk.w("work.ask_day", number=ticket.number, when=_when(talk, until)), (yes, stop))]


def _today(talk: Talk) -> date:
    return talk.now.astimezone(ZoneInfo(talk.town.timezone)).date()


def _when(talk: Talk, day: date) -> str:
    return dates.day(day, talk.town.timezone, talk.w.language)


def _label(talk: Talk, period: Period) -> str:
    year = period.ends.year + (BUDDHIST_ERA_YEARS if talk.w.language == "th" else 0)
    return talk.w(f"work_label.plan_{period.name}", when=_when(talk, period.ends), year=year)
