"""A report that was sent for its reporter, who never pressed: corrected while nobody works on it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import aftercare, cards, conversation, intake, known, limits, officer_casework, queries, relocating
from bot.drafts import Draft
from bot.replies import Button, Reply, Say
from handlers.line import already_known, ending, reporting, whose_ground
from handlers.line.talk import Talk
from models import Report, Ticket


def press(talk: Talk, ticket: Ticket, act: str, args: dict[str, str]) -> Sequence[Reply]:
    """ส่งเรื่อง, and what the draft card asked: the answers still count."""
    report = cards.own_report(talk.session, ticket, talk.person)
    if report is None or not report.is_unsent_draft:
        return [talk.shows(ticket)]
    is_untouched = cards.is_unsent(ticket, report)
    draft = intake.draft_again(talk.session, ticket, report)
    if act == "ground" and is_untouched:
        place = whose_ground.answered(talk, draft, args.get("side", "")).place
        if place is not None and place.ground:
            relocating.answer_ground(talk.session, ticket, talk.person, place, talk.now)
        return [talk.shows(ticket)]
    if act == "same" and is_untouched:
        return [_join(talk, ticket, draft, args.get("ticket", ""))]
    if act == "different" and args.get("ticket", "").isdecimal():
        known.remember_different(talk.session, talk.person, int(args["ticket"]), report, talk.now)
    if act in ("send", "split", "different", "desk", "new"):  # now they have pressed it
        report.is_unsent_draft = False
        ticket.mark = None if ticket.mark == "unsent_draft" else ticket.mark
    return [talk.shows(ticket), *(_split(talk, report, draft, args.get("code", "")) if act == "split" else ())]


def _join(talk: Talk, ticket: Ticket, draft: Draft, about: str) -> Reply:
    """เรื่องเดียวกัน: the report goes to the known ticket, and the one that was made of it is taken back."""
    other = already_known.locked(talk, about)
    if other is None or other.id == ticket.id or not known.may_still_join(other, draft, talk.now):
        return talk.shows(ticket)
    aftercare.withdraw(talk.session, ticket, talk.person, talk.now)
    return already_known.join(talk, draft, other)


def _split(talk: Talk, report: Report, draft: Draft, code: str) -> Sequence[Reply]:
    """ส่งแยกเป็น 2 เรื่อง: the other problem gets its ticket too."""
    category = talk.facts().categories.get(code)
    if category is None or category.is_confidential or code == draft.category:
        return ()
    if limits.has_reported_enough(talk.session, talk.person, talk.now):
        return [Say(talk.w("limits.second_report", n=limits.REPORTS_A_DAY))]
    twin = draft.twin(code)
    if reporting.ticket_of_draft(talk, twin.token) is not None:
        return ()
    filed = intake.report_problem(talk.session, talk.town, talk.person, twin, talk.now, beside=report)
    return [talk.shows(filed.ticket, talk.w("ticket.thanks"))]


def ask_category(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """เปลี่ยนประเภท of a report that was sent for its reporter: which one is it?"""
    report = cards.own_report(talk.session, ticket, talk.person)
    if report is None or not cards.is_unsent(ticket, report):
        return [talk.shows(ticket)]
    buttons = [
        Button(cards.category_title(one, talk.w), "mine.category", {"ticket": ticket.id, "code": one.code})
        for one in queries.categories_of(talk.session, talk.town)
        if one.id != ticket.category_id
    ]
    return conversation.pages(talk.w, buttons, (ending.stop_button(talk),))


def correct_category(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """The reporter's own correction, while nobody works on it."""
    report = cards.own_report(talk.session, ticket, talk.person)
    chosen = next((one for one in queries.categories_of(talk.session, talk.town) if one.code == args.get("code")), None)
    is_correction = chosen is not None and chosen.id != ticket.category_id
    if chosen is not None and is_correction and report is not None and cards.is_unsent(ticket, report):
        officer_casework.recategorise(talk.session, ticket, chosen, talk.as_resident, talk.now)
    return [talk.shows(ticket)]
