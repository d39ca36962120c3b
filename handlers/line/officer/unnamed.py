"""A button of a ticket's card, typed while no card on the screen has it: which ticket is it for?"""

from __future__ import annotations

from collections.abc import Sequence

from bot import officer_cards, officer_tasks, queries
from bot.conversation import REPORT_STEPS, Step
from bot.line.menu_definitions import IN_CHAT, TAB_ALIASES
from bot.replies import Button, Choices, Reply, Say
from handlers.line.choosing import short_name
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import Actor, TicketStatus, may_move

#: Which status a button leads to: an old card's button is refused before anything is asked.
LEADS_TO = {
    "accept": TicketStatus.ACCEPTED,
    "start": TicketStatus.IN_PROGRESS,
    "ask": TicketStatus.WAITING,
    "plan": TicketStatus.PLANNED,
    "day": TicketStatus.PLANNED,
    "forward": TicketStatus.FORWARDED,
    "owner": TicketStatus.FORWARDED,
    "way": TicketStatus.FORWARDED,
    "resolve": TicketStatus.RESOLVED,
    "reject": TicketStatus.REJECTED,
    "merge": TicketStatus.MERGED,
    "with": TicketStatus.MERGED,
    "join": TicketStatus.MERGED,
    "put_back": TicketStatus.MERGED,
    "reason": TicketStatus.REJECTED,
    "approve": TicketStatus.REJECTED,
}
#: Labels that are buttons of a ticket's card; the first kind needs no more than the ticket.
_OF_ONE = (
    "accept", "start", "reply", "ask", "forward", "resolve", "reject", "recategorise", "merge", "transfer",
    "hand_over", "plan", "note",
)  # fmt: skip
_OF_A_CARD = (*_OF_ONE, "unmerge", "take_off", "put_back", "approve", "send_back", "number", "map")
#: Here no words of a report are waited for.
_NOTHING_BEGUN = {Step.IDLE, Step.OFFERED, Step.UNREAD}
#: Of the acts that are still going on, those in whose midst a card's button is what was typed, not words.
_OVER = ("after", "more")


def which_ticket(talk: Talk, label: str, words: str) -> Sequence[Reply] | None:
    """Ask which ticket is meant, with those in hand that allow it; None: the label is none, or words are waited for."""
    task = officer_tasks.read(talk.conversation)
    is_waited_for = task is not None and task.verb not in _OVER and not task.is_over(talk.now, talk.conversation.step)
    is_at_work = talk.person.menu != TAB_ALIASES["resident"] and talk.step in REPORT_STEPS | _NOTHING_BEGUN
    if label not in _OF_A_CARD or is_waited_for or not is_at_work or talk.officer is None:
        return None
    officer_tasks.keep(talk.conversation, None)
    fitting = _in_hand(talk, label) if label in _OF_ONE else []
    if fitting:
        buttons = tuple(Button(short_name(talk, one), f"work.{label}", {"ticket": one.id}) for one in fitting)
        return [Choices(talk.w("work.which", what=words), buttons)]
    tabs = tuple(Button(talk.w(f"work_label.tab_{name}"), f"tab.{name}", IN_CHAT) for name in ("new", "mine"))
    return [Say(talk.w("work.which_number", what=words), tabs)]


def _in_hand(talk: Talk, label: str) -> list[Ticket]:
    assert talk.officer is not None
    load = queries.new_work if label == "accept" else queries.my_work
    end = LEADS_TO.get(label)
    found = load(talk.session, talk.officer, officer_cards.IN_A_LIST, None).tickets
    return [one for one in found if end is None or may_move(TicketStatus(one.status), end, Actor.OFFICER)]
