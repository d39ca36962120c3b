"""Something short that is no part of what is being said: done, and what waits for its turn is asked for again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Step
from bot.drafts import Draft
from bot.line.events import TextSaid
from bot.replies import Reply, Say
from bot.understanding import Understanding
from handlers.line import asking, ending, menu, mine, reporting
from handlers.line.plain import tells_a_telephone
from handlers.line.talk import Talk
from models import Ticket

#: Characters. ขอบคุณ, เรื่องเก่าถึงไหนแล้ว, ไม่แจ้งแล้ว are no longer.
LONGEST = 60
#: "ยังไม่มาเลย" is about nothing more than about anything else: a category is meant when it is likelier than not.
_GUESS = 0.5


def done(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """What a kind word, a question or a cancel does in the middle of a report, or while it is asked which ticket is
    meant; None: it is part of it."""
    if understood.unsure or len(text.text) > LONGEST:
        return None
    if understood.intent == "cancel":
        return ending.choose_to_cancel(talk) if not ending.keeps(text.text) else None
    draft = talk.draft
    if draft is None or draft.is_empty or tells_a_telephone(text.text):
        return None
    match understood.intent:
        case "greeting" | "thanks":
            return again(talk, draft)
        case "human" | "question":
            answer = asking.words(talk, text, understood)
            if answer:
                return [Say(answer), *again(talk, draft)]
            return menu.talk_to_somebody(talk) if understood.intent == "human" else None
        case "status_question":
            tickets = talk.open_tickets
            shown = mine.where_it_stands(talk, about(tickets, understood)) if tickets else ()
            if not shown and talk.step in (Step.ASKING_CATEGORY, Step.ASKING_PLACE):
                return reporting.go_on(talk, draft, lead=talk.w("report.unfinished"))  # it was never sent
            return [*shown, *reporting.and_back(talk)] if shown else None
    return None


def again(talk: Talk, draft: Draft) -> Sequence[Reply]:
    """Ask once more what this report lacks, or to which ticket these words belong."""
    return reporting.ask_which(talk, draft) if talk.step is Step.CHOOSING else reporting.go_on(talk, draft)


def about(tickets: list[Ticket], understood: Understanding) -> list[Ticket]:
    """Those of the tickets that the words are about, judged by category; all when none fits or it is a mere guess."""
    likely = [guess.code for guess in understood.categories or understood.alternatives[:1] if guess.confidence > _GUESS]
    fitting = [ticket for ticket in tickets if ticket.category.code in likely]
    return fitting or tickets
