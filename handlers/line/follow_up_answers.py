"""Answers to the short questions after a ticket: pressed, or typed while the question is the last thing on offer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot import follow_ups, queries
from bot.aftercare import Said
from bot.errors import CannotHelp
from bot.line.events import ButtonPressed, TextSaid
from bot.places.words import is_unknown
from bot.replies import Reply, Say
from bot.thai import normalise, words
from bot.understanding import Understanding
from handlers.line import another_matter, follow_up, is_it_fixed, mine, on_offer
from handlers.line.plain import plain
from handlers.line.talk import Talk
from models import FollowUp, Ticket
from models.lifecycle import TicketStatus

#: After so long nobody remembers what was asked.
_FORGOTTEN = timedelta(minutes=30)
#: Characters. What is longer is no answer to a short question.
_LONGEST = 100
#: Characters. Shorter words of a choice stand in any sentence.
_TELLING = 3
#: A yes or a no alone answers what has choices; a no alone says that there is no number to tell.
_BARE = re.compile(r"(?P<no>ไม่(?:มี|เห็น|ได้|ใช่|เป็น|ไหล|รั่ว)?(?:เลย|ๆ)?|no|nope)|ใช่(?:เลย|แล้ว)?|เป็น(?:ด้วย)?|yes")
_NUMBER = re.compile(r"\d[\d/ -]{1,}")
#: Unsure words are of another kind of problem when that is likelier than not.
_GUESS = 0.5
#: How an answer begins, and what tells of another spot.
_BEGINS = re.compile(
    r"(?:ใช่|ไม่|มี|เห็น|เป็น|ก็|ทั้ง|ทุก|หลาย|แค่|เฉพาะ|ดวง|ข้าง|บ้าน|เพื่อนบ้าน|ของ|เหมือนกัน|อ้อ|อ๋อ)"
    r"|(?:yes|no|not|only|all|every|some|the neighbou?rs?|just|it is|it's)\b"
)
_ANOTHER = re.compile(r"อีก(?:จุด|ที่|แห่ง|ต้น|ดวง|เรื่อง|อัน|ซอย|ปัญหา|ท่อ|เสา|หลุม|กอง)|\banother\b")
#: What these want is no answer.
_SOMETHING_ELSE = ("status_question", "human", "cancel", "thanks", "greeting", "question", "abuse")


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """A choice, or ข้าม, of a ticket of one's own."""
    args = pressed.press.args
    ticket = mine.locked(talk, args.get("ticket", ""))
    if ticket is None or not mine.stands_on(talk, ticket):
        raise CannotHelp("mine.unknown")
    asked = follow_ups.find(talk.session, ticket, args.get("ask", ""))
    if asked is None:
        return [talk.shows(ticket)]
    if pressed.press.action == follow_up.SKIP:
        return _next(talk, ticket, asked, talk.w("follow_up.skipped"))
    number = int(args["n"]) if args.get("n", "").isdecimal() else -1
    if not 0 <= number < len(asked.choices_th):
        return [talk.shows(ticket)]  # the town has other choices by now
    typed = talk.heard.input.said if isinstance(talk.heard.input, TextSaid) else None
    return _keep(talk, ticket, asked, asked.choices_th[number], typed)


def answered(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """Words that answer the question on offer; None: there is none, or they are about something else."""
    offer = next((one for one in talk.conversation.offers or () if one["action"] == follow_up.SKIP), None)
    if offer is None or talk.pause > _FORGOTTEN:
        return None
    ticket = mine.locked(talk, str(offer["args"].get("ticket", "")))
    if ticket is None or not mine.stands_on(talk, ticket) or _is_asked_by_an_officer(talk):
        return None
    asked = follow_ups.find(talk.session, ticket, str(offer["args"].get("ask", "")))
    if asked is None:
        return None
    if is_unknown(text.text):
        return _next(talk, ticket, asked, talk.w("follow_up.skipped"))
    bare = None if _is_asked_by_an_officer(talk, TicketStatus.RESOLVED) else _BARE.fullmatch(plain(text.text))
    if bare is not None and not asked.choices_th:
        return _next(talk, ticket, asked, talk.w("follow_up.skipped")) if bare["no"] else None
    if bare is not None or _answers(asked, ticket, text.text, understood):
        return _keep(talk, ticket, asked, text.text.strip(), text.said)
    if not _goes_on(ticket, text.text, understood) or not on_offer.is_asked_now(talk, offer):
        return None
    if asked.choices_th:
        return _keep(talk, ticket, asked, text.text.strip(), text.said)
    return mine.add_said(talk, ticket, Said(text.said, text.text))  # ไม่มีเลข เป็นเสาไม้: no number, but worth to know


def _is_asked_by_an_officer(talk: Talk, status: TicketStatus = TicketStatus.WAITING) -> bool:
    """Whether an officer's question stands open, or (resolved) the one whether it is fixed."""
    return any(ticket.status == status for ticket in talk.own_tickets)


def _goes_on(ticket: Ticket, text: str, understood: Understanding) -> bool:
    """Whether words just after the question go on about this ticket: a second report is made of none of them.

    A clear report of the same kind does only where it begins as an answer: ไม่ไหลเหมือนกัน ทั้งซอยเลย.
    """
    if understood.intent not in ("report", "follow_up") or len(text) > _LONGEST or queries.number_in(text):
        return False
    if is_it_fixed.is_elsewhere(text, ticket) or is_it_fixed.names_an_end(text) or _ANOTHER.search(normalise(text)):
        return False
    if understood.intent == "report" and understood.unsure:
        is_a_guess = understood.alternatives[0].confidence <= _GUESS
        return is_a_guess or another_matter.likeliest_fits(understood, ticket)
    fits = understood.intent == "follow_up" or understood.categories[0].code == ticket.category.code
    return fits and _BEGINS.match(normalise(text)) is not None


def _answers(asked: FollowUp, ticket: Ticket, text: str, understood: Understanding) -> bool:
    """A number where one was asked for, or words of the choices; never what clearly wants something else."""
    if len(text) > _LONGEST or queries.number_in(text):
        return False
    if understood.intent in _SOMETHING_ELSE and not understood.unsure:
        return False
    if (
        understood.intent == "report"
        and not understood.unsure
        and understood.categories[0].code != ticket.category.code
    ):
        return False
    said = normalise(text)
    if not asked.choices_th:
        return _NUMBER.search(said) is not None
    offered = " ".join((*asked.choices_th, *asked.choices_en))
    telling = {word for word in words(normalise(offered)) if len(word.strip()) > _TELLING}
    return any(word in said for word in telling)


def _keep(talk: Talk, ticket: Ticket, asked: FollowUp, text: str, said: str | None) -> Sequence[Reply]:
    follow_ups.keep(talk.session, ticket, talk.person, asked, text, said, talk.now)
    return _next(talk, ticket, asked, talk.w("follow_up.thanks", number=ticket.number))


def _next(talk: Talk, ticket: Ticket, asked: FollowUp, lead: str) -> Sequence[Reply]:
    """The next question; after the last, the lead alone, and the question is on offer no more."""
    following = follow_ups.after(talk.session, ticket, asked)
    if following is not None and not follow_ups.is_answered(talk.session, ticket, talk.person, following):
        return [follow_up.ask(talk, ticket, following, lead)]
    offers = talk.conversation.offers or []
    talk.conversation.offers = [one for one in offers if not one["action"].startswith("ask.")]
    return [Say(lead)]
