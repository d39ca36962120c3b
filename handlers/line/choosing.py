"""Which of the own tickets is meant? What was said meanwhile waits for the answer, whatever else is done before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import queries
from bot.conversation import Step
from bot.drafts import Draft
from bot.line.postbacks import Press
from bot.replies import Button, Choices, Reply
from handlers.line import on_offer
from handlers.line.on_offer import Offer
from handlers.line.plain import plain
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN, TicketStatus

#: Tickets among which one may be chosen by a button; the newest stand first.
MOST_CHOICES = 8


def short_name(talk: Talk, ticket: Ticket) -> str:
    """A ticket on a button: its label and running number (≤ 40 graphemes)."""
    label = talk.w.either(ticket.category.label_th, ticket.category.label_en)
    return f"{label} {ticket.number}"


def which_of(talk: Talk, tickets: Sequence[Ticket], action: str, *, question: str = "mine.which") -> Sequence[Reply]:
    """Which of the tickets is meant: a button for each, which does `action` to it."""
    buttons = tuple(Button(short_name(talk, one), action, {"ticket": one.id}) for one in tickets[:MOST_CHOICES])
    return [Choices(talk.w(question), buttons)]


def open_tickets(talk: Talk) -> list[Ticket]:
    """This person's, newest first, asked anew: after something changed `talk.open_tickets` may lack one."""
    return [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in OPEN]


#: What people type to the question whether it is the own ticket, or something new.
_OLD = re.compile(
    r"(?:ใช่ ?)?(?:เป็น|รูป|ของ|เพิ่มใน)*(?:เรื่อง|อัน|ที่)?(?:เดิม|เดียวกัน|เก่า|เดียวกับที่แจ้ง(?:ไว้)?)"
    r"|(?:the )?(?:same|old)(?: one| problem| report)?"
)
_NEW = re.compile(
    r"(?:เป็น)?(?:เรื่อง|อัน|ปัญหา)?(?:ใหม่|อื่น)|คน?ละ(?:เรื่อง|อัน|ที่)(?:กัน)?"
    r"|(?:a )?(?:new|another|different)(?: one| problem| report)?"
)
#: อันแรก, the second one.
_IN_ORDER = re.compile(
    r"(?:เอา|เลือก|เรื่อง|อัน|ข้อ|ที่|ตัว| )*"
    r"(?:(?P<first>แรก|หนึ่ง|1|บน|(?:the )?first(?: one)?)|(?P<second>สอง|2|(?:the )?second(?: one)?)"
    r"|(?:ล่าง|หลัง|สุดท้าย|(?:the )?last(?: one)?))(?:สุด|นะ|เลย)*"
)
#: Characters of a label's beginning that name its ticket: ไฟ, น้ำ.
_TELLING = 2
_YES, _NO = {"ใช่", "ใช่แล้ว", "yes", "yep", "yeah"}, {"ไม่", "ไม่ใช่", "no", "nope"}
#: *Is it still not fixed?* A bare no may mean that it is not.
_NOT_THAT = {"ไม่ใช่"}


def typed(talk: Talk, draft: Draft, words: str) -> Press | None:
    """The answer on offer that these words mean, as labels are compared: the only ticket, or something new."""
    offers = [one for one in talk.conversation.offers or () if one["args"].get("draft") == draft.token]
    old = [one for one in offers if one["action"] in ("mine.attach", "rated.back")]
    if not old:
        return None
    new = [one for one in offers if one["action"] in ("draft.new", "draft.desk")] or [
        {"action": "draft.new", "args": {"draft": draft.token}}
    ]
    is_alone = len(old) == 1
    is_asked_now = is_alone and talk.step is Step.CHOOSING and on_offer.is_asked_now(talk, old[0])
    meant: Sequence[Offer] = old if (is_alone and _OLD.fullmatch(words)) or (is_asked_now and words in _YES) else ()
    no = _NO if old[0]["action"] == "mine.attach" else _NOT_THAT
    if _NEW.fullmatch(words) or (is_asked_now and words in no):
        meant = new
    meant = meant or (_named(old, words) if talk.step is Step.CHOOSING else ())
    if len(meant) != 1:
        return None
    return Press(meant[0]["action"], {name: str(value) for name, value in meant[0]["args"].items()}, True)


def _named(offers: Sequence[Offer], words: str) -> Sequence[Offer]:
    """Those of several that words name: by the first words of their label, or by their place in the list."""
    place = _IN_ORDER.fullmatch(words)
    if place is not None and len(offers) > 1:
        wanted = 0 if place["first"] else 1 if place["second"] else len(offers) - 1
        return offers[wanted : wanted + 1]
    if len(words) < _TELLING or len(offers) < 2:
        return ()
    return [one for one in offers if plain(str(one["label"])).startswith(words)]


def ask(talk: Talk, draft: Draft, tickets: Sequence[Ticket], *, question: str = "mine.which") -> Sequence[Reply]:
    """Which of the tickets is it about, or is it new: a report, or a question where it was said to the desk?

    What was asked about an ended ticket is asked again.
    """
    ended = ended_ticket(talk, draft)
    if ended is not None:
        return ask_whether_back(talk, draft, ended)
    talk.stand(Step.CHOOSING, draft=draft)
    buttons = [
        Button(short_name(talk, ticket), "mine.attach", {"ticket": ticket.id, "draft": draft.token})
        for ticket in tickets[:MOST_CHOICES]
    ]
    is_one_or_new = len(tickets) == 1 and not draft.is_for_desk and question == "mine.which"
    asked = talk.w("mine.which_or_new", number=tickets[0].number) if is_one_or_new else talk.w(question)
    label, act = ("label.new_question", "draft.desk") if draft.is_for_desk else ("label.new_report", "draft.new")
    buttons.append(Button(talk.w(label), act, {"draft": draft.token}))
    return [Choices(asked, tuple(buttons))]


def ended_ticket(talk: Talk, draft: Draft) -> Ticket | None:
    """The ticket of which it was asked whether its work is not done after all, as long as it is ended."""
    ticket = talk.session.get(Ticket, draft.ended) if draft.ended is not None else None
    return ticket if ticket is not None and ticket.status in (TicketStatus.CLOSED, TicketStatus.REJECTED) else None


def ask_whether_back(talk: Talk, draft: Draft, ticket: Ticket) -> Sequence[Reply]:
    """Is it the work that is not done after all, or a new report? The words wait for the answer."""
    talk.stand(Step.CHOOSING, draft=replace(draft, ended=ticket.id))
    back = Button(talk.w("label.not_content"), "rated.back", {"ticket": ticket.id, "draft": draft.token})
    new = Button(talk.w("label.new_report"), "draft.new", {"draft": draft.token})
    return [Choices(talk.w("mine.is_it_back", number=ticket.number), (back, new))]
