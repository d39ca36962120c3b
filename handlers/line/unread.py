"""Words in a language that we do not read: kept together for a person, with one press or after a while without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import intake, limits
from bot.conversation import Step
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.line.events import TextSaid
from bot.replies import Button, Choices, Reply
from bot.understanding import Understanding
from handlers.line import reporting
from handlers.line.talk import Talk

#: Languages whose sentences are read.
_UNDERSTOOD = ("th", "en", "lo")


def is_unread(understood: Understanding) -> bool:
    """Whether a person has to read it."""
    return understood.unsure and understood.language not in _UNDERSTOOD


def on_offer(talk: Talk) -> Draft | None:
    """What was said before in such a language, and was not sent yet."""
    return talk.draft if talk.step is Step.UNREAD else None


def offer(talk: Talk, text: TextSaid, to: Draft | None = None) -> Sequence[Reply]:
    """Keep the words, and offer to send all that was said so; the same button sends it as before."""
    draft = to or reporting.new_draft(talk.waiting)
    draft = draft.with_words(text.said, text.text, talk.hear(text.text).as_report())
    draft = replace(draft, category=UNKNOWN_CATEGORY, place=draft.place or Place(is_unknown=True))
    talk.stand(Step.UNREAD, draft=draft)
    send = Button(talk.w("label.to_officer_both"), "draft.desk", {"draft": draft.token}, style="primary")
    return [Choices(talk.w("idle.other_language"), (send, reporting.menu_button(talk)))]


def more(talk: Talk, text: TextSaid, understood: Understanding, draft: Draft) -> Sequence[Reply] | None:
    """More in that language is more of the same. None: these words can be read, and those before go to the desk now."""
    if is_unread(understood) and not understood.emergency:
        return offer(talk, text, draft)
    goes_by_itself = talk.town.settings.get("sends_unfinished_drafts", True)
    if goes_by_itself and not limits.has_reported_enough(talk.session, talk.person, talk.now):
        intake.report_problem(talk.session, talk.town, talk.person, draft, talk.now, is_unsent=True)
        talk.take_up(draft.earlier)
    return None
