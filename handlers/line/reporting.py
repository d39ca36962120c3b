"""Reporting in the chat: whatever is said is added to the draft, and the next missing thing is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import select

from bot import cards, conversation, intake, news
from bot.conversation import Intent, Step
from bot.drafts import Draft, Place
from bot.places.words import place_in
from bot.replies import Button, HotlineCard, HotlineNumber, Reply, Say
from bot.understanding import Understanding, as_report
from handlers.line.talk import Talk
from models import ImportantNumber, Owner, Report, Ticket


def begin(talk: Talk) -> Sequence[Reply]:
    """แจ้งปัญหา: what is said next is a report; an unfinished one is laid on the table again."""
    draft = talk.draft
    if draft is not None and not draft.is_empty:
        return go_on(talk, draft, lead=talk.w("report.unfinished"))
    return go_on(talk, draft or new_draft())


def new_draft() -> Draft:
    """An empty draft with a name of its own."""
    return Draft(token=secrets.token_hex(6))


def add_words(talk: Talk, said: str, text: str, understood: Understanding | None = None) -> Sequence[Reply]:
    """Add words to the draft and go on; the place is read from them when they name one."""
    draft = talk.draft or new_draft()
    before = draft.text
    understood = understood or as_report(f"{before}\n{text}" if before else text)
    draft = draft.with_words(said, text, understood)
    if draft.place is None:
        named = place_in(text)
        if named:
            draft = draft.with_place(Place(words=named))
    return go_on(talk, draft)


def add_media(talk: Talk, media_id: int, *, is_photo: bool, lead: str) -> Sequence[Reply]:
    """Add a photo, recording or file to the draft and go on."""
    draft = (talk.draft or new_draft()).with_media(media_id, is_photo=is_photo)
    return go_on(talk, draft, lead=lead)


def set_place(talk: Talk, place: Place) -> Sequence[Reply]:
    """Give the draft its place and go on."""
    return go_on(talk, (talk.draft or new_draft()).with_place(place))


def go_on(talk: Talk, draft: Draft, *, lead: str = "") -> Sequence[Reply]:
    """One turn of the dialogue: danger becomes a ticket at once; everything else is asked for or shown."""
    turn = conversation.next_turn(draft, talk.facts(draft), lead=lead)
    if turn.intent is Intent.FILE_URGENT:
        return file_urgent(talk, draft)
    talk.stand(turn.step, draft=draft)
    talk.quotes |= {words.said for words in draft.words}
    if draft.place is not None and draft.place.said:
        talk.quotes.add(draft.place.said)
    return turn.replies


def file_urgent(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """Danger first: whom to call, then the ticket that was made without a tap, then where it is."""
    filed = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now, is_urgent=True)
    replies: list[Reply] = [hotline_card(talk, draft.hotline), *answer_with_card(talk, filed.ticket)]
    if draft.place is None:
        talk.stand(Step.PLACING, about=filed.ticket.id)
        replies.append(conversation.urgent_place_question(talk.w, filed.ticket.id))
    else:
        talk.stand(Step.IDLE)
    return replies


def send(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """ส่งเรื่อง: the number, the promise, and whose matter it is."""
    if draft.is_empty or draft.place is None or not draft.category:
        return go_on(talk, draft)
    filed = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now)
    talk.stand(Step.IDLE)
    return answer_with_card(talk, filed.ticket)


def answer_with_card(talk: Talk, ticket: Ticket) -> list[Reply]:
    """The ticket card as the answer to this event; its news is carried by it (see `dispatch.answer`)."""
    talk.session.flush()
    note = talk.w("ticket.thanks")
    report = cards.own_report(talk.session, ticket, talk.person)
    if report is not None and report.place_said:
        talk.quotes.add(report.place_said)
    talk.carried += [
        item
        for item in news.waiting_for(talk.session, talk.person)
        if item.ticket_id == ticket.id and item.kind == "ticket"
    ]
    return [cards.ticket_card(talk.session, ticket, talk.person, note=note)]


def ticket_of_draft(talk: Talk, token: str) -> Ticket | None:
    """The ticket that a draft became, so that its old card's buttons still make sense."""
    if not token:
        return None
    statement = (
        select(Ticket)
        .join(Report, Report.ticket_id == Ticket.id)
        .where(Report.draft_token == token, Report.resident_id == talk.person.id)
    )
    return talk.session.scalars(statement).unique().first()


def hotline_card(talk: Talk, fits: str | None) -> HotlineCard:
    """Whom to call: the town's own number first, then the one that fits, then the other lines for danger."""
    w = talk.w
    numbers = list(
        talk.session.scalars(
            select(ImportantNumber)
            .where(ImportantNumber.municipality_id == talk.town.id, ImportantNumber.is_for_danger)
            .order_by(ImportantNumber.position)
        )
    )
    owner_id = talk.session.scalars(
        select(Owner.id).where(Owner.municipality_id == talk.town.id, Owner.code == (fits or ""))
    ).one_or_none()
    own, others = numbers[:1], numbers[1:]
    others.sort(key=lambda number: number.owner_id != owner_id or owner_id is None)
    return HotlineCard(
        title=w("danger.title"),
        text=w("danger.text"),
        numbers=tuple(HotlineNumber(w.either(n.name_th, n.name_en), n.phone) for n in own + others)[:6],
    )


def nothing_here(talk: Talk) -> Sequence[Reply]:
    """An old button of a draft that is gone."""
    talk.stand(Step.IDLE)
    return [Say(talk.w("draft.gone"), (menu_button(talk),))]


def menu_button(talk: Talk) -> Button:
    """แจ้งปัญหา, offered."""
    return Button(talk.w("menu.report"), "menu.report")
