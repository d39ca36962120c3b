"""An officer's tabs and lists, pressed or typed, and a ticket by its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import officer_cards, officer_news, officer_tasks, promises, queries, rights
from bot.conversation import Step
from bot.line.events import TextSaid
from bot.line.menu_definitions import IN_CHAT, TAB_ALIASES as MENUS
from bot.replies import Button, Carousel, Choices, Reply, Say
from bot.wording import key_of_label
from handlers.line import people
from handlers.line.officer import (
    answers,
    calling,
    canned,
    duty,
    entering,
    finding,
    merging,
    people as staff,
    roster,
    today,
    unnamed,
)
from handlers.line.talk import Talk
from models import Officer, Ticket

#: Characters of a greeting; what is longer wants something.
_GREETING = 30
#: Labels that lead to a tab.
TABS = {f"tab_{name}": name for name in MENUS} | {"back_to_work": "new"}


def tab(talk: Talk, name: str, *, has_switched: bool) -> Sequence[Reply]:
    """A tab's list. LINE has switched the menu already, unless that failed or the button stands in the chat."""
    if name not in MENUS:
        return [Say(talk.w("officer.old_button"))]
    if has_switched:
        talk.person.menu = MENUS[name]
    else:
        people.show_menu(talk.session, talk.person, MENUS[name], talk.event.id, talk.now)
    return [*answers.drop(talk), *_opened(talk, name)]


def typed(talk: Talk, said: TextSaid) -> Sequence[Reply] | None:
    """A tab's name or a ticket's number, typed; None when the words are something else."""
    if talk.officer is None:
        return None
    words = " ".join(said.text.split())
    label = key_of_label(words, "work_label.") or ""
    if label in duty.WORDS:
        return [*answers.drop(talk), *duty.WORDS[label](talk)]
    if label == "enter":
        return entering.begin(talk, {})
    if label == "calls":
        return [*answers.drop(talk), *calling.to_make(talk)]
    if label in canned.WORDS:
        return [*answers.drop(talk), *canned.WORDS[label](talk, {})]
    if label in staff.WORDS:
        return [*answers.drop(talk), *staff.ACTS[label](talk, {})]
    turn = roster.entered(talk, words)
    if turn is not None:
        return [*answers.drop(talk), *turn]
    wanted = finding.wanted(words)
    if wanted:
        return [*answers.drop(talk), *finding.find(talk, wanted)]
    name = TABS.get(label)
    if name is not None and not (name == "today" and _is_asked_something(talk)):
        if talk.person.menu != MENUS[name]:
            people.show_menu(talk.session, talk.person, MENUS[name], talk.event.id, talk.now)
        return [*answers.drop(talk), *_opened(talk, name)]
    return unnamed.which_ticket(talk, label, words) or _by_number(talk, words) or _greeted(talk, words)


def _is_asked_something(talk: Talk) -> bool:
    """Whether something is waited for from this officer as a resident: วันนี้ is also what one says to *since when?*"""
    return talk.step is not Step.IDLE or bool(talk.asked_tickets)


def _by_number(talk: Talk, words: str) -> Sequence[Reply] | None:
    """The card of a number that was typed alone; one that is not this officer's to see is looked up as anybody's."""
    assert talk.officer is not None
    task = officer_tasks.read(talk.conversation)
    if task is not None and task.verb == "merge" and not task.is_over(talk.now, talk.conversation.step):
        return None  # it is the number that was asked for
    number = queries.number_in(words)
    if number is None or len(words.replace(" ", "")) > len(number):
        return None
    ticket = queries.by_number(talk.session, talk.town, number)
    if ticket is None or not rights.may_work_on(talk.session, talk.officer, queries.standing(ticket)):
        return None
    answers.note_opened(talk, queries.standing(ticket))
    went = merging.where_it_went(talk, ticket) if ticket.merged_into_id is not None else []
    return [*answers.drop(talk), *went, answers.card(talk, queries.standing(ticket))]


def _greeted(talk: Talk, words: str) -> Sequence[Reply] | None:
    """สวัสดี at work: what waits today. Words that an act or a report waits for are no greeting to us."""
    assert talk.officer is not None
    is_at_work = talk.person.menu != MENUS["resident"] and talk.step is Step.IDLE
    if not is_at_work or officer_tasks.read(talk.conversation) is not None or len(words) > _GREETING:
        return None
    understood = talk.hear(words).understood()
    if understood.intent != "greeting" or understood.emergency:
        return None
    counts = {which: _load(talk, talk.officer, which, None).total for which in ("new", "mine", "due")}
    tabs = tuple(Button(talk.w(f"work_label.tab_{name}"), f"tab.{name}", IN_CHAT) for name in (*counts, "today"))
    return [Say(talk.w("officer.list.greeting", **counts), tabs)]


def _opened(talk: Talk, name: str) -> Sequence[Reply]:
    if name == "resident":
        return [Say(talk.w("officer.list.resident"), (Button(talk.w("work_label.back_to_work"), "tab.new", IN_CHAT),))]
    if name == "today":
        return today.shown(talk)
    return finding.ask(talk) if name == "find" else _list(talk, name)


def more(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """ดูเพิ่ม: what comes after the last card that was shown, even if that ticket has left the list since."""
    after = args.get("after", "")
    if args.get("which") not in ("new", "mine", "due") or not after.isascii() or not after.isdigit():
        return [Say(talk.w("officer.old_button"))]
    last = queries.by_id(talk.session, talk.town, int(after))
    return [*answers.drop(talk), *_list(talk, args["which"], last)]


def _load(talk: Talk, officer: Officer, which: str, after: Ticket | None) -> queries.Page:
    if which == "due":
        # Until the town closes on its next working day, and never less than a day ahead.
        closes = promises.calendar_of(talk.town).due_at(talk.now, 1, "working")
        until = max(closes, talk.now + timedelta(days=1))
        return queries.due_soon(
            talk.session, officer, talk.town, until, talk.now, officer_cards.IN_A_LIST, after
        )
    load = queries.new_work if which == "new" else queries.my_work
    return load(talk.session, officer, officer_cards.IN_A_LIST, after)


def _list(talk: Talk, which: str, after: Ticket | None = None) -> Sequence[Reply]:
    """Cards of one list, those after `after` if there are any, and a button for what is left."""
    assert talk.officer is not None
    page = _load(talk, talk.officer, which, after)
    resolved = queries.my_resolved_count(talk.session, talk.officer) if which == "mine" else 0
    also = talk.w("officer.list.resolved_too", n=resolved) if resolved else ""
    if not page.tickets:
        return [Say("\n".join(text for text in (talk.w(f"officer.list.no_{which}"), also) if text))]
    title = talk.w(f"officer.list.{which}", n=page.total)
    reply, quotes = officer_cards.several(talk.session, page.tickets, talk.officer, title, now=talk.now)
    talk.quotes |= quotes
    officer_news.seen(talk.session, talk.officer, page.tickets)
    said = "\n".join(text for text in (title if isinstance(reply, Carousel) else "", also) if text)
    replies: list[Reply] = [Say(said), reply] if said else [reply]
    if page.left:
        args: dict[str, int | str] = {"which": which, "after": page.tickets[-1].id}
        more = Button(talk.w("work_label.more"), "work.list", args)
        replies.append(Choices(talk.w("officer.list.more", n=page.left), (more,)))
    return replies
