"""The buttons of an officer's cards, one small function each; nothing here decides what the lifecycle allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot import cards, casework, officer_casework, queries
from bot.line.events import ButtonPressed
from bot.officer_casework import checking
from bot.replies import Button, Choices, Reply, Say
from handlers.line.officer import (
    after_photos,
    answers,
    calling,
    canned,
    duty,
    ending,
    entering,
    finding,
    handing,
    incidents,
    lists,
    merging,
    people,
    planning,
    reading,
    roster,
    splitting,
    unnamed,
    waiting,
)
from handlers.line.talk import Talk
from models import Owner, Ticket
from models.lifecycle import Actor, TicketStatus, may_move
from models.ticket import WAYS

Args = dict[str, str]
#: A button of a ticket: its officer's rights were looked at, the row is locked.
Handler = Callable[[Talk, Ticket, Args], Sequence[Reply]]


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """A tab, or a button of a ticket's card."""
    kind, _, name = pressed.press.action.partition(".")
    if talk.officer is None:
        return answers.not_any_more(talk)
    if kind == "tab":
        is_of_the_menu = not pressed.press.args
        has_switched = is_of_the_menu and pressed.params.get("status", "SUCCESS") == "SUCCESS"
        return lists.tab(talk, name, has_switched=has_switched)
    args = {**pressed.params, **pressed.press.args}  # what LINE's calendar adds never wins over what we signed
    if name in WITHOUT_TICKET:
        return WITHOUT_TICKET[name](talk, args)
    handler = OF_A_TICKET.get(name)
    if handler is None:
        return [Say(talk.w("officer.old_button"))]
    ticket = answers.find(talk, args)
    if ticket is None:
        return [Say(talk.w("officer.no_rights"))]
    end = unnamed.LEADS_TO.get(name)
    if end is not None and not may_move(TicketStatus(ticket.status), end, Actor.OFFICER):
        return answers.too_late(talk, ticket)
    return handler(talk, ticket, args)


def accept(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """รับเรื่อง."""
    aside = answers.drop(talk)
    casework.move_ticket(talk.session, ticket, TicketStatus.ACCEPTED, talk.as_officer, talk.now)
    return [*aside, *answers.done(talk, ticket, talk.w("work.accepted", number=ticket.number))]


def start(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """เริ่มดำเนินการ."""
    aside = answers.drop(talk)
    casework.move_ticket(talk.session, ticket, TicketStatus.IN_PROGRESS, talk.as_officer, talk.now)
    return [*aside, *answers.done(talk, ticket, talk.w("work.started", number=ticket.number))]


def reply(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ตอบกลับ: wait for the words."""
    if ticket.status in (TicketStatus.CANCELLED, TicketStatus.MERGED):
        return answers.too_late(talk, ticket)
    prompt = talk.w("work.ask_reply", number=ticket.number)
    return answers.begin(talk, "reply", ticket, prompt, *canned.offer(talk, ticket))


def ask(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ขอข้อมูลเพิ่ม: wait for the question."""
    return answers.begin(talk, "ask", ticket, talk.w("work.ask_question", number=ticket.number))


def resolve(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """เสร็จแล้ว: wait for words, and for a photo where the category asks for one."""
    key = "work.ask_done_and_photo" if ticket.category.needs_after_photo else "work.ask_done"
    was_waiting = checking.stop(talk.session, talk.conversation, ticket.id)
    aside = [Say(talk.w("work.put_aside", number=ticket.number))] if was_waiting else []
    return [*aside, *answers.begin(talk, "resolve", ticket, talk.w(key, number=ticket.number))]


def forward(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ส่งต่อหน่วยงาน: to whom."""
    aside = answers.drop(talk)
    owners = queries.owners_for(talk.session, ticket)
    buttons = tuple(
        Button(cards.owner_name(owner, talk.w), "work.owner", {"ticket": ticket.id, "owner": owner.code})
        for owner in owners
    )
    return [*aside, *answers.pages(talk, ticket, "work.choose_owner", buttons)]


def owner(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The owner is chosen: by which way."""
    chosen = _owner(talk, ticket, args)
    if chosen is None:
        return forward(talk, ticket, args)
    text = talk.w("work.choose_way", owner=cards.owner_name(chosen, talk.w))
    buttons = tuple(
        Button(talk.w(f"work_label.way_{way}"), "work.way", {"ticket": ticket.id, "owner": chosen.code, "way": way})
        for way in WAYS
    )
    return [Choices(text, buttons, quick=(answers.cancel_button(talk),))]


def way(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The way is chosen: wait for the letter or case number, which may come later."""
    chosen = _owner(talk, ticket, args)
    if chosen is None or args.get("way") not in WAYS:
        return forward(talk, ticket, args)
    skip = Button(talk.w("label.skip"), "work.skip", {"ticket": ticket.id})
    prompt = talk.w("work.ask_number", owner=cards.owner_name(chosen, talk.w))
    return answers.begin(talk, "forward", ticket, prompt, skip, owner=chosen.code, way=args["way"])


def number(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ใส่เลขเรื่อง: wait for the owner's number of a forwarded ticket."""
    if ticket.status != TicketStatus.FORWARDED or ticket.owner is None:
        return answers.too_late(talk, ticket)
    prompt = talk.w("work.ask_later_number", owner=cards.owner_name(ticket.owner, talk.w), number=ticket.number)
    return answers.begin(talk, "number", ticket, prompt)


def note(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """บันทึกภายใน: wait for the words."""
    return answers.begin(talk, "note", ticket, talk.w("work.ask_note", number=ticket.number))


def recategorise(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """เปลี่ยนประเภท: to which."""
    if ticket.status not in queries.AT_WORK:
        return answers.too_late(talk, ticket)
    aside = answers.drop(talk)
    buttons = tuple(
        Button(cards.category_title(one, talk.w), "work.category", {"ticket": ticket.id, "code": one.code})
        for one in queries.categories_of(talk.session, talk.town)
        if one.id != ticket.category_id
    )
    return [*aside, *answers.pages(talk, ticket, "work.choose_category", buttons)]


def category(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The new category: department, owner and date follow it."""
    if ticket.status not in queries.AT_WORK:
        return answers.too_late(talk, ticket)
    chosen = next((c for c in queries.categories_of(talk.session, talk.town) if c.code == args.get("code")), None)
    if chosen is None or chosen.id == ticket.category_id:
        return recategorise(talk, ticket, args)
    officer_casework.recategorise(talk.session, ticket, chosen, talk.as_officer, talk.now)
    department = talk.w.either(ticket.department.name_th, ticket.department.name_en)
    title = cards.category_title(chosen, talk.w)
    text = talk.w("work.recategorised", number=ticket.number, category=title, department=department)
    return answers.done(talk, ticket, text)


def show(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """The full card of a ticket in a list. What waits for words about this very ticket goes on waiting."""
    answers.note_opened(talk, ticket)
    if answers.is_waited_for(talk, ticket):
        still = Say(talk.w("work.still_waiting", number=ticket.number), (answers.cancel_button(talk),))
        return [answers.card(talk, ticket), still]
    return [*answers.drop(talk), answers.card(talk, ticket)]


def cancel(talk: Talk, args: Args) -> Sequence[Reply]:
    """Stop the unfinished act."""
    return answers.stopped(talk)


def _owner(talk: Talk, ticket: Ticket, args: Args) -> Owner | None:
    return next((o for o in queries.owners_for(talk.session, ticket) if o.code == args.get("owner")), None)


OF_A_TICKET: dict[str, Handler] = {
    "accept": accept,
    "start": start,
    "reply": reply,
    "canned": canned.choose,
    "canned_pick": waiting.pick_canned,
    "ask": ask,
    "resolve": resolve,
    "forward": forward,
    "owner": owner,
    "way": way,
    "skip": waiting.skip,
    "number": number,
    "note": note,
    "transfer": handing.transfer,
    "to_department": handing.to_department,
    "hand_over": handing.hand_over,
    "to_colleague": handing.to_colleague,
    "merge": merging.merge,
    "with": merging.picked,
    "join": merging.join,
    "take_off": splitting.take_off,
    "report": splitting.chosen,
    "split": splitting.split,
    "put_back": splitting.put_back,
    "plan": planning.plan,
    "day": planning.chosen,
    "reject": ending.reject,
    "reason": ending.reason,
    "approve": ending.approve,
    "called": calling.called,
    "call_failed": calling.failed,
    "their": calling.their,
    "they": calling.they,
    "send_back": ending.send_back,
    "recategorise": recategorise,
    "category": category,
    "show": show,
    "words": reading.words,
    "pictures": reading.pictures,
    "send_it": waiting.send_it,
    "incident": incidents.show,
    "incident_tickets": incidents.tickets,
    "incident_say": incidents.say,
    "incident_keep": incidents.keep,
    "incident_send": incidents.send,
    "incident_over": incidents.over,
}
WITHOUT_TICKET: dict[str, Callable[[Talk, Args], Sequence[Reply]]] = {
    "cancel": cancel,
    "stop_checking": after_photos.stop,
    "list": lists.more,
    "find": finding.more,
    "unmerge": merging.unmerge,
    "off_duty": lambda talk, args: duty.end(talk),
    "enter": entering.begin,
    "no_contact": entering.no_contact,
    "roster": lambda talk, args: roster.shown(talk),
    "unroster": roster.take_out,
    **people.ACTS,
    **canned.ACTS,
}
