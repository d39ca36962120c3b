"""Words where a place was asked for: usually the place, sometimes more about the problem, sometimes a thank-you."""

from __future__ import annotations

from collections.abc import Sequence

from bot import cards, conversation
from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import Draft, Place
from bot.line.events import TextSaid
from bot.places import typed
from bot.places.gazetteer import Found, Named
from bot.places.words import cannot_send, is_here, is_unknown, place_in, says_no_place, says_same_place
from bot.replies import Button, Reply, Say
from bot.understanding import Understanding
from handlers.line import another_matter, aside, asking, mine, reporting, said_yes
from handlers.line.hotlines import is_of_distress
from handlers.line.plain import tells_a_telephone
from handlers.line.talk import Talk
from models import Ticket

#: Characters. A longer text that reads as a report and names no place tells more of the problem.
_PLACE_IS_SHORTER = 60
#: Characters of a place. What is longer is kept as words of the report, which have no such limit.
LONGEST_PLACE = 300


def of_draft(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """Where is it? Words are the place, unless they clearly say something else."""
    draft = talk.draft
    if draft is None:
        return reporting.add_words(talk, text.said, text.text)
    if is_unknown(text.text):
        return reporting.set_place(talk, Place(is_unknown=True))
    if says_same_place(text.text):
        return reporting.ask_same_place(talk, draft)
    if draft.has_heard(text.text):
        return reporting.go_on(talk, draft)
    if is_here(text.text) or cannot_send(text.text):
        return _how(talk, draft, "place.not_seen" if is_here(text.text) else "place.how")
    if another_matter.is_put_off(text.text):
        return [Say(talk.w("mine.answer_later"))]
    answered = None if place_in(text.text) else aside.done(talk, text, understood)
    if answered is not None:
        return answered
    names_a_place = bool(place_in(text.text)) or bool(talk.gazetteer.find(text.text).here)
    if not names_a_place and (says_no_place(text.text) or tells_a_telephone(text.text)):
        return [*asking.who_sees(talk, text), *reporting.add_words(talk, text.said, text.text)]
    if _tells_more(text.text, understood, draft.category):
        return reporting.add_words(talk, text.said, text.text)
    return reporting.set_place(talk, _place(talk, text))


def _how(talk: Talk, draft: Draft, key: str) -> Sequence[Reply]:
    """How a place is told: we see nobody on a map, and not everybody finds the button."""
    unknown = Button(talk.w("label.place_unknown"), "draft.place_unknown", {"draft": draft.token})
    return [Say(talk.w(key), (Button(talk.w("label.send_place"), kind="location"), unknown))]


def _tells_more(text: str, understood: Understanding, category: str | None) -> bool:
    """Whether the words are more of the report: too long for a place, or a clear report that names none."""
    if len(text) > LONGEST_PLACE:
        return True
    if understood.intent != "report" or understood.unsure or place_in(text):
        return False
    return len(text) > _PLACE_IS_SHORTER or understood.categories[0].code != category


def _place(talk: Talk, text: TextSaid) -> Place:
    """The words as the place, with the point that they give in numbers, if they do."""
    words, point = " ".join(text.text.split())[:LONGEST_PLACE], typed.point_in(text.text)
    if point is not None:
        return talk.pin(point.latitude, point.longitude, words, text.said)
    return Place(words=words, said=text.said)


def of_urgent_ticket(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """Where is the danger? A place is the place; whatever else is said about it reaches the officers too."""
    ticket = talk.session.get(Ticket, talk.conversation.about_id or -1)
    if ticket is None or not mine.stands_on(talk, ticket):
        talk.go_back()
        return reporting.add_words(talk, text.said, text.text)
    if is_unknown(text.text):
        talk.go_back()
        return [Say(talk.w("danger.place_unknown")), *reporting.and_back(talk)]
    if says_same_place(text.text):
        return _where_it_was(talk, ticket, text)
    found = talk.gazetteer.find(text.text)
    if place_in(text.text) or found.is_exact or typed.point_in(text.text) is not None:
        return _placed(talk, ticket, text, found)
    if not understood.unsure:
        is_kind = understood.intent in ("greeting", "thanks")
        if is_kind and not another_matter.says_something(text.text):
            return _is_it_there(talk, ticket, reporting.named_in(talk, ticket, _its_words(talk, ticket)))
        if is_kind or understood.intent in ("report", "cancel", "human", "status_question", "question"):
            is_danger = is_kind or understood.intent == "report"  # ไฟดับแล้วค่ะ ขอบคุณ: they need not come
            return mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=is_danger)
    if ticket.place_words or says_no_place(text.text):  # the place was said, or is not said here
        return mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=True)
    return _placed(talk, ticket, text, found)


def _placed(talk: Talk, ticket: Ticket, text: TextSaid, found: Found) -> Sequence[Reply]:
    """The words are the place; where the town knows a point of that name, it is asked for with one press."""
    place = _place(talk, text)
    asks = ticket.latitude is None and place.latitude is None and bool(found.here)
    replies = mine.place(talk, ticket, place)
    if not asks:
        return replies
    talk.turn_to(Step.PLACING, ticket.id)
    return [replies[0], conversation.urgent_place_question(talk.w, ticket.id, talk.spots(found.here))]


def _where_it_was(talk: Talk, ticket: Ticket, text: TextSaid) -> Sequence[Reply]:
    """ที่เดิม: the officers read it at once; where the last report was is one press away."""
    added = mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=True)
    spot = said_yes.last_place(talk, but=ticket)
    if spot is None or ticket.latitude is not None:
        return [*added[:1], Say(talk.w("danger.ask_place_again"))]
    return [*added[:1], conversation.urgent_place_question(talk.w, ticket.id, (spot,))]


def _is_it_there(talk: Talk, ticket: Ticket, here: Sequence[Named]) -> Sequence[Reply]:
    if here:
        return [conversation.urgent_place_question(talk.w, ticket.id, talk.spots(here))]
    in_distress = is_of_distress(talk, ticket)
    return [Say(talk.w("danger.ask_place_in_distress" if in_distress else "danger.ask_place_again"))]


def _its_words(talk: Talk, ticket: Ticket) -> str:
    """What its reporter has said of the danger so far, the place first."""
    report = cards.own_report(talk.session, ticket, talk.person)
    if report is None:
        return ""
    return "\n".join([report.place_words or "", *(message.text or "" for message in report.messages)])
