"""The resident rich menu: report, track, talk to somebody, important numbers, what is near, how it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bot import dates, intake, promises
from bot.aftercare import Said
from bot.conversation import REPORT_STEPS, Step
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.line.events import ButtonPressed, TextSaid
from bot.privacy import terms
from bot.replies import Button, HotlineCard, HotlineNumber, Reply, Say
from bot.understanding import Understanding
from handlers.line import another_matter, choosing, danger, ending, in_one_breath, mine, near, people, reporting
from handlers.line.plain import tells_a_telephone
from handlers.line.talk import Talk
from models import ImportantNumber, Ticket

ITEMS = ("report", "track", "talk", "numbers", "near", "help", "language")
#: Characters. อยากคุยกับเจ้าหน้าที่หน่อย is no longer; what is tells why.
_WISH = 30

#: Nobody said that it is a report: office hours, asked for, are near to a complaint about an officer, but not so near.
_SURELY_CONDUCT = 0.9


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """One of the six areas, or a small button that any answer may carry."""
    return chosen(talk, pressed.press.action.removeprefix("menu."))


def chosen(talk: Talk, item: str) -> Sequence[Reply]:
    """What a menu item does, pressed or typed."""
    match item:
        case "report":
            return reporting.begin(talk)
        case "track":
            return mine.where_it_stands(talk)
        case "talk":
            return talk_to_somebody(talk)
        case "numbers":
            return important_numbers(talk)
        case "near":
            return near.ask(talk)
        case "language":
            return [Say(talk.w("language.ask"), _languages(talk))]
        case "th" | "en":
            return choose_language(talk, item)
        case "notice":
            return [Say(terms.notice(talk.w, talk.town), _after_notice(talk))]
        case "acknowledge":
            talk.person.notice_acknowledged_at = talk.now
            return [Say(talk.w("notice.thanks"), (reporting.menu_button(talk),))]
        case "stop":
            return ending.stop(talk)
        case _:
            return [Say(talk.w("help.text"), (reporting.menu_button(talk), _language(talk), _notice(talk)))]


def _notice(talk: Talk) -> Button:
    return Button(talk.w("label.read_notice"), "menu.notice")


def _language(talk: Talk) -> Button:
    """The choice of a language stands here, not in the rich menu."""
    return Button(talk.w("menu.language"), "menu.language")


def _after_notice(talk: Talk) -> tuple[Button, ...]:
    return (Button(talk.w("label.acknowledge"), "menu.acknowledge"), Button(talk.w("label.my_data"), "data.show"))


def _languages(talk: Talk) -> tuple[Button, ...]:
    return (Button("ไทย", "menu.th"), Button("English", "menu.en"))


def choose_language(talk: Talk, language: str) -> Sequence[Reply]:
    """The resident's own choice wins over the LINE profile, and the menu changes with it."""
    talk.person.language, talk.person.is_language_chosen = language, True
    if talk.officer is None:
        menu = people.RESIDENT_MENU[language]
        people.show_menu(talk.session, talk.person, menu, talk.event.id, talk.now)
    talk.w = talk.wording()
    again = _asked_again(talk)
    if again:
        return [Say(talk.w("language.chosen_in_between")), *again]
    return [Say(talk.w("language.chosen"), (reporting.menu_button(talk),))]


def _asked_again(talk: Talk) -> Sequence[Reply]:
    """The question that stands open in a report, or which ticket is meant, in the words of now."""
    draft = talk.draft
    if draft is not None and talk.step in REPORT_STEPS:
        return reporting.go_on(talk, draft)
    return reporting.ask_which(talk, draft) if draft is not None and talk.step is Step.CHOOSING else ()


def talk_to_somebody(talk: Talk) -> Sequence[Reply]:
    """คุยกับเจ้าหน้าที่: says when somebody answers; what is said next reaches a person."""
    calendar = promises.calendar_of(talk.town)
    talk.turn_to(Step.TALKING)
    if calendar.is_open_at(talk.now):
        when = talk.w("talk.open")
    else:
        opens = dates.day(calendar.opens_after(talk.now), talk.town.timezone, talk.w.language, with_time=True)
        when = talk.w("talk.closed", opens=opens)
    return [Say(talk.w("talk.ask", when=when), (Button(talk.w("label.cancel"), "menu.stop"),))]


def to_the_desk(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """คุยกับเจ้าหน้าที่ was pressed: the words reach a person, on an open ticket or as a new one for the desk."""
    is_short = len(text.text) <= _WISH and not understood.unsure
    if understood.intent == "cancel" and is_short and not ending.keeps(text.text):
        return ending.stop(talk)
    if understood.intent == "human" and is_short and not tells_a_telephone(text.text):
        return talk_to_somebody(talk)  # says who is wanted, not yet what for
    ticket = danger.recent(talk)
    if ticket is not None and not another_matter.is_another_matter(text.text, understood, [ticket]):
        return mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=True)
    return about_which(talk, text, choosing.open_tickets(talk))


def to_a_person(talk: Talk, text: TextSaid, tickets: Sequence[Ticket]) -> Sequence[Reply]:
    """Somebody wants to talk to a person; a number to call back reaches one, and is not asked for again."""
    if not tells_a_telephone(text.text):
        return talk_to_somebody(talk)
    ticket = in_one_breath.just_added_to(talk)
    said = Said(text.said, text.text)
    return mine.add_said(talk, ticket, said) if ticket is not None else about_which(talk, text, tickets)


def about_which(talk: Talk, text: TextSaid, tickets: Sequence[Ticket]) -> Sequence[Reply]:
    """Words for a person: about one of the own tickets, or a question of its own?"""
    draft = replace(reporting.draft_of(talk, text), is_for_desk=True)
    return choosing.ask(talk, draft, tickets) if tickets else ask_the_desk(talk, draft)


def ask_the_desk(talk: Talk, draft: Draft, note: str = "") -> Sequence[Reply]:
    """Words for a person, without a ticket to belong to: a ticket of the desk, without a place.

    What is clearly about somebody's conduct stays that: the desk at large would read it.
    """
    known = talk.facts().categories.get(draft.category or "")
    if known is None or not known.is_confidential or draft.confidence < _SURELY_CONDUCT:
        draft = draft.with_category(UNKNOWN_CATEGORY)
    filed = intake.report_problem(talk.session, talk.town, talk.person, _nowhere(draft), talk.now)
    talk.take_up(draft.earlier)
    told = [talk.shows(filed.ticket, note or talk.w("talk.sent")), *reporting.and_back(talk)]
    if talk.step is Step.IDLE:
        talk.stand(Step.IDLE, about=filed.ticket.id)  # what is written on belongs to it
    return told


def _nowhere(draft: Draft) -> Draft:
    return draft if draft.place is not None else draft.with_place(Place(is_unknown=True))


def important_numbers(talk: Talk) -> Sequence[Reply]:
    """เบอร์สำคัญ: the town's own number first; each dials."""
    w = talk.w
    numbers = talk.session.scalars(
        select(ImportantNumber)
        .where(ImportantNumber.municipality_id == talk.town.id)
        .order_by(ImportantNumber.position)
    )
    listed = tuple(HotlineNumber(w.either(n.name_th, n.name_en), n.phone) for n in numbers)
    return [HotlineCard(w("numbers.title"), w("numbers.text"), listed, tone="calm")]
