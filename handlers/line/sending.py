"""ส่งเรื่อง: a draft becomes one ticket, or two where two teams are needed; the number and the promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import conversation, intake, known, limits
from bot.conversation import Step
from bot.drafts import Draft
from bot.replies import Button, Card, Carousel, Reply, Say
from handlers.line import follow_up, reporting
from handlers.line.talk import Talk


def send(talk: Talk, draft: Draft, *, different_from: int | None = None) -> Sequence[Reply]:
    """ส่งเรื่อง: the number, the promise, and whose matter it is; then the report that was left before, if any.

    `different_from` is the ticket that this person said it is not.
    """
    if not draft.is_recognised:
        return reporting.go_on(talk, draft)
    if draft.channel == "line" and limits.has_reported_enough(talk.session, talk.person, talk.now):
        return _tomorrow(talk, draft)
    second = second_of(talk, draft) if different_from is not None else None  # that alone was answered
    filed = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now)
    if different_from is not None:
        known.remember_different(talk.session, talk.person, different_from, filed.report, talk.now)
    talk.finish_draft()
    if filed.report.resident_id is None:
        return [*reporting.entered(talk, filed.ticket), *reporting.and_back(talk)]
    card = talk.shows(filed.ticket, talk.w("ticket.thanks"))
    if second is not None:
        return [card, *ask_about(talk, second)]
    return [card, *(reporting.and_back(talk) or follow_up.ask_first(talk, filed.ticket))]


def send_both(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """ส่งแยกเป็น 2 เรื่อง: one ticket for each of two teams, with the same words, place and pictures."""
    second = conversation.second_problem(draft, talk.facts())
    if not draft.is_recognised or second is None:
        return reporting.go_on(talk, draft)
    if draft.channel == "line" and limits.has_reported_enough(talk.session, talk.person, talk.now):
        return _tomorrow(talk, draft)
    first = intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now)
    twin = draft.twin(second)  # the draft card's old buttons act on the first
    other = intake.report_problem(talk.session, talk.town, talk.person, twin, talk.now, beside=first.report)
    talk.finish_draft()
    if first.report.resident_id is None:
        told = [one for filed in (first, other) for one in reporting.entered(talk, filed.ticket)]
        return [*told, *reporting.and_back(talk)]
    both = [talk.shows(filed.ticket, talk.w("ticket.thanks")) for filed in (first, other)]
    shown = Carousel(tuple(card for card in both if isinstance(card, Card)), talk.w("draft.sent_both"))
    return [shown, *(reporting.and_back(talk) or follow_up.ask_first(talk, first.ticket, other.ticket))]


def _tomorrow(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """So many reports in a day: this one stays a draft, which is kept, and where the town wants it the desk gets it."""
    talk.stand(Step.READY, draft=draft)
    goes_by_itself = talk.town.settings.get("sends_unfinished_drafts", True)
    key = "limits.reports_go_by_themselves" if goes_by_itself else "limits.reports"
    return [Say(talk.w(key, n=limits.REPORTS_A_DAY), (Button(talk.w("menu.talk"), "menu.talk"),))]


def second_of(talk: Talk, draft: Draft) -> Draft | None:
    """The draft's other problem, for another team, as a draft of its own."""
    code = conversation.second_problem(draft, talk.facts())
    return draft.twin(code) if code is not None else None


def ask_about(talk: Talk, second: Draft) -> Sequence[Reply]:
    """The other problem is laid on the table, now that the first has its ticket; what waited goes on waiting."""
    return reporting.go_on(talk, replace(second, earlier=talk.waiting), lead=talk.w("draft.the_other"))
