"""An incident in the officers' chat: its tickets, what is known of it, one notice to everybody, and its end."""

from __future__ import annotations

from collections.abc import Sequence

from bot import clock, incident_words, incidents, officer_cards, officer_tasks
from bot.delivery import quota
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Incident, Ticket
from models.incident import OPEN

Args = dict[str, str]
#: Characters. It stands on cards beside other things.
LONGEST_WORDS = 500


def tickets(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ดูเรื่องในเหตุนี้: those of its tickets that this officer may see."""
    assert talk.officer is not None
    incident = incidents.of_ticket(talk.session, ticket)
    if incident is None:
        return [answers.card(talk, ticket)]
    held = incidents.tickets_of(talk.session, incident, talk.officer)
    alt = talk.w("incident.list", n=len(held))
    shown, quotes = officer_cards.several(talk.session, held, talk.officer, alt, now=talk.now)
    talk.quotes |= quotes
    left = len(held) - officer_cards.IN_A_LIST
    return [shown, Say(talk.w("incident.more", n=left))] if left > 0 else [shown]


def say(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """บอกสิ่งที่ทราบ: wait for the words."""
    incident = incidents.of_ticket(talk.session, ticket)
    if incident is None or incident.state != OPEN:
        return [Say(talk.w("incident.is_over"))]
    return answers.begin(talk, "incident", ticket, talk.w("incident.ask_words"))


def said(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    """The words are there: to keep them for whoever reports later, or to send them to everybody, at what cost."""
    assert talk.officer is not None
    incident = incidents.of_ticket(talk.session, ticket)
    if incident is None or incident.state != OPEN:
        return [Say(talk.w("incident.is_over"))]
    if len(task.words) > LONGEST_WORDS:
        officer_tasks.keep(talk.conversation, task.with_words("", ""))  # no older button sends them
        return [Say(talk.w("incident.too_long", n=LONGEST_WORDS), (answers.cancel_button(talk),))]
    officer_tasks.keep(talk.conversation, task)
    talk.quotes |= {task.said} if task.said else set()
    people = len(incidents.concerned(talk.session, incident))
    about: dict[str, int | str] = {"ticket": ticket.id}
    buttons = [Button(talk.w("work_label.incident_keep"), "work.incident_keep", about)]
    if incident_words.may_send(talk.officer):
        label = talk.w("work_label.incident_send", n=people)
        buttons.insert(0, Button(label, "work.incident_send", {**about, "n": people}, style="primary"))
        cost = _cost(talk, people)
    else:
        cost = talk.w("incident.a_supervisor_sends", n=people)
    text = talk.w("incident.ask_send", text=task.words, cost=cost)
    return [Choices(text, (*buttons, answers.cancel_button(talk)))]


def keep(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """Whoever reports here from now on is answered with it; nobody is written to."""
    incident, task = _ready(talk, ticket)
    if incident is None or task is None or talk.officer is None:
        return [Say(talk.w("officer.old_button"))]
    incidents.say_what_is_known(talk.session, incident, talk.officer, task.words, task.said or None, talk.now)
    officer_tasks.keep(talk.conversation, None)
    return [Say(talk.w("incident.kept")), _card(talk, incident, ticket)]


def send(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """One notice to everybody concerned: a supervisor's, after the cost was shown."""
    incident, task = _ready(talk, ticket)
    if incident is None or task is None or talk.officer is None or not incident_words.may_send(talk.officer):
        return [Say(talk.w("officer.old_button"))]
    people = len(incidents.concerned(talk.session, incident))
    if str(people) != args.get("n"):  # more have reported since the cost was shown
        return said(talk, ticket, task)
    incidents.send_notice(talk.session, incident, talk.officer, task.words, task.said or None, talk.now)
    officer_tasks.keep(talk.conversation, None)
    return [Say(talk.w("incident.sent", n=people)), _card(talk, incident, ticket)]


def over(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """จบเหตุ: asked once, because no press opens it again; its tickets stay as they are."""
    assert talk.officer is not None
    incident = incidents.of_ticket(talk.session, ticket)
    if incident is None:
        return [answers.card(talk, ticket)]
    if incident.state == OPEN and args.get("sure") != "yes":
        about: dict[str, int | str] = {"ticket": ticket.id, "sure": "yes"}
        yes = Button(talk.w("work_label.incident_over_yes"), "work.incident_over", about, style="primary")
        return [Choices(talk.w("incident.ask_over"), (yes, answers.cancel_button(talk)))]
    incidents.end(incident, talk.officer, talk.now)
    return [Say(talk.w("incident.ended")), _card(talk, incident, ticket)]


def show(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The card of the incident that holds this ticket."""
    incident = incidents.of_ticket(talk.session, ticket)
    return [_card(talk, incident, ticket)] if incident is not None else [answers.card(talk, ticket)]


def _ready(talk: Talk, ticket: Ticket) -> tuple[Incident | None, Task | None]:
    """The open incident of the ticket, and the words that wait for a decision about it."""
    incident, task = incidents.of_ticket(talk.session, ticket), officer_tasks.read(talk.conversation)
    if incident is None or incident.state != OPEN or task is None or task.verb != "incident":
        return None, None
    if task.ticket != ticket.id or not task.words or task.is_over(talk.now, talk.conversation.step):
        return None, None
    return incident, task


def _card(talk: Talk, incident: Incident, ticket: Ticket) -> Reply:
    assert talk.officer is not None
    talk.session.flush()
    return incident_words.officer_card(talk.session, incident, ticket, talk.officer, talk.w, talk.quotes)


def _cost(talk: Talk, people: int) -> str:
    """What it takes of the month's plan, and what is left of that."""
    month = quota.month_of(clock.real_now(), talk.town.timezone)
    plan = quota.quota_month(talk.session, talk.town.id, month)
    if plan is None or plan.allowed is None:
        return talk.w("incident.cost", n=people)
    left = max(plan.allowed - quota.used(talk.session, talk.town.id, month, plan), 0)
    key = "incident.cost_too_much" if people > left else "incident.cost_left"
    return talk.w(key, n=people, left=left)
