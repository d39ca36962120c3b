"""Becoming an officer: an invitation code, typed in the private chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot import invitations
from bot.invitations import Refusal
from bot.replies import Reply, Say
from handlers.line import people
from handlers.line.talk import Talk

OFFICER_MENU = "officer-new"


def join(talk: Talk, code: str) -> Sequence[Reply]:
    """Redeem a code; the officer menu is linked at once. Wrong, used and expired codes get the same answer."""
    talk.event.body = None  # the code stands in no stored event, tried or redeemed
    answer = invitations.redeem(talk.session, talk.person, code, talk.now)
    if isinstance(answer, Refusal):
        return [Say(talk.w("join.too_many" if answer is Refusal.TOO_MANY else "join.wrong"))]
    talk.officer = answer.officer
    people.show_menu(talk.session, talk.person, OFFICER_MENU, talk.event.id, talk.now)
    department = talk.w.either(answer.department.name_th, answer.department.name_en)
    return [Say(talk.w("join.welcome", department=department))]
