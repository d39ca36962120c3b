"""The buttons of the draft card. An old card acts on the ticket its draft became, or says that it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import conversation, known
from bot.conversation import Step
from bot.drafts import Draft, Place
from bot.line.events import ButtonPressed
from bot.replies import Reply
from handlers.line import already_known, ending, menu, mine, reporting, sending, unsent, whose_ground
from handlers.line.talk import Talk
from models import Ticket


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """ส่งเรื่อง, เปลี่ยนประเภท, ไม่ทราบตำแหน่ง, ยกเลิก, or a chosen category. A typed label has no token."""
    args, act = pressed.press.args, pressed.press.action.removeprefix("draft.")
    token = args.get("draft", "")
    draft = talk.draft.with_first(token) if talk.draft is not None and token else talk.reporting
    if draft is not None:
        draft = replace(draft, is_pending=False)  # its own button says that it is a report
        talk.take_up(draft)  # whatever else was begun since
        return _on_draft(talk, draft, act, args)
    ticket = reporting.ticket_of_draft(talk, token)
    if ticket is not None:
        return _on_its_ticket(talk, ticket, act, args)
    if act == "cancel" and talk.reporting is None:
        return ending.choose_to_cancel(talk)
    unfinished = talk.reporting
    return reporting.nothing_here(talk) if unfinished is None else reporting.go_on(talk, unfinished)


def _on_draft(talk: Talk, draft: Draft, act: str, args: dict[str, str]) -> Sequence[Reply]:
    match act:
        case "send":
            return sending.send(talk, draft)
        case "same":
            return _join(talk, draft, args)
        case "different":
            about = args.get("ticket", "")
            return sending.send(talk, draft, different_from=int(about) if about.isdecimal() else None)
        case "split":
            return sending.send_both(talk, draft)
        case "change":
            return _ask_category(talk, draft)
        case "category":
            code = args.get("code", "")
            if code not in talk.facts().categories:
                return reporting.go_on(talk, draft)
            return reporting.go_on(talk, draft.with_category(code))
        case "here":
            return reporting.say_yes(talk, draft, args.get("place", ""))
        case "ground":
            return reporting.go_on(talk, whose_ground.answered(talk, draft, args.get("side", "")))
        case "place_unknown":
            return reporting.set_place(talk, Place(is_unknown=True))
        case "cancel":
            return ending.choose_to_cancel(talk)
        case "desk":
            return menu.ask_the_desk(talk, draft)
        case _:  # "new": what was said belongs to no ticket
            return reporting.go_on(talk, draft)


def _join(talk: Talk, draft: Draft, args: dict[str, str]) -> Sequence[Reply]:
    """เรื่องเดียวกัน, อีกแล้ว: one more report on the known ticket, or on the one it was merged into."""
    ticket = already_known.locked(talk, args.get("ticket", ""))
    if not draft.is_recognised or ticket is None or not known.may_still_join(ticket, draft, talk.now):
        return reporting.go_on(talk, draft, lead=talk.w("known.gone"))
    second = sending.second_of(talk, draft)
    card = already_known.join(talk, draft, ticket)
    talk.finish_draft()
    return [card, *(sending.ask_about(talk, second) if second is not None else reporting.and_back(talk))]


def _ask_category(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """Every category; what is written instead of a press is more of the report, not a place."""
    talk.stand(Step.READY if draft.is_recognised else Step.ASKING_CATEGORY, draft=draft)
    return conversation.all_categories(draft, talk.facts())


def _on_its_ticket(talk: Talk, ticket: Ticket, act: str, args: dict[str, str]) -> Sequence[Reply]:
    """The draft was sent already (by its reporter, or forgotten and sent to the desk): its buttons mean the ticket."""
    locked = mine.locked(talk, str(ticket.id))
    if locked is None or not mine.stands_on(talk, locked):
        return ending.has_ended(talk, ticket)
    if act == "cancel":
        return ending.confirm_cancel(talk, locked)
    if act == "change":
        return unsent.ask_category(talk, locked)
    if act == "category":
        return unsent.correct_category(talk, locked, args)
    if act == "here":
        return mine.here(talk, locked, args)
    return unsent.press(talk, locked, act, args)
