"""The buttons of the draft card. An old card acts on the ticket its draft became, or says that it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from bot import cards, conversation
from bot.conversation import Step
from bot.drafts import Draft, Place
from bot.line.events import ButtonPressed
from bot.replies import Reply, Say
from handlers.line import mine, reporting
from handlers.line.talk import Talk
from models import Ticket


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """ส่งเรื่อง, เปลี่ยนประเภท, ไม่ทราบตำแหน่ง, ยกเลิก, or a chosen category."""
    args, act = pressed.press.args, pressed.press.action.removeprefix("draft.")
    draft, token = talk.draft, args.get("draft", "")
    if draft is None or (token and draft.token != token):
        ticket = reporting.ticket_of_draft(talk, token)
        if ticket is not None:
            return _on_its_ticket(talk, ticket, act)
        if act == "cancel" and draft is None:
            return mine.choose_to_cancel(talk)
        return reporting.nothing_here(talk) if draft is None else reporting.go_on(talk, draft)
    return _on_draft(talk, draft, act, args)


def _on_draft(talk: Talk, draft: Draft, act: str, args: dict[str, str]) -> Sequence[Reply]:
    match act:
        case "send":
            return reporting.send(talk, draft)
        case "change":
            talk.stand(Step.ASKING_CATEGORY, draft=draft)
            return [conversation.all_categories(draft, talk.facts())]
        case "category":
            code = args.get("code", "")
            if code not in talk.facts().categories:
                return reporting.go_on(talk, draft)
            return reporting.go_on(talk, draft.with_category(code))
        case "place_unknown":
            return reporting.set_place(talk, Place(is_unknown=True))
        case "cancel":
            talk.stand(Step.IDLE)
            return [Say(talk.w("draft.cancelled"), (reporting.menu_button(talk),))]
        case _:  # "new": what was said belongs to no ticket
            return reporting.go_on(talk, draft)


def _on_its_ticket(talk: Talk, ticket: Ticket, act: str) -> Sequence[Reply]:
    """The draft was sent already (by its reporter, or forgotten and sent to the desk): its buttons mean the ticket."""
    if act == "cancel":
        return mine.confirm_cancel(talk, ticket)
    return [cards.ticket_card(talk.session, ticket, talk.person)]
