"""Adding, blocking and coming back; and taking a message back."""

from __future__ import annotations

from collections.abc import Sequence

from bot import erasure, outbox
from bot.conversation import Step
from bot.line.events import ButtonPressed, Followed, Unfollowed, Unknown, Unsent
from bot.privacy import welcome
from bot.replies import HotlineCard, Reply, Say
from handlers.line import danger, people
from handlers.line.talk import Talk


def followed(talk: Talk, event: Followed) -> Sequence[Reply]:
    """A welcome with the notice; it informs and gates nothing. Coming back restores menu and news."""
    person = talk.person
    is_back = event.is_unblocked or person.blocked_at is not None
    person.blocked_at = None
    _note_shown(talk)
    menu = person.menu if talk.officer else people.RESIDENT_MENU[person.language]
    people.show_menu(talk.session, person, menu, talk.event.id, talk.now)
    talk.awaits_profile = person.display_name is None and not person.is_language_chosen
    return [welcome.welcome(person, talk.town, "welcome.back" if is_back else "welcome.new")]


def _note_shown(talk: Talk) -> None:
    talk.person.notice_version, talk.person.notice_shown_at = talk.town.notice_version, talk.now


def with_notice(talk: Talk, replies: Sequence[Reply]) -> list[Reply]:
    """The answer, with a word on privacy for somebody who tells us something and was never welcomed.

    Also when the notice changed since. Never beside a hotline card, or while the place of a danger is asked for: a
    later answer will do.
    """
    is_known = talk.person.notice_version == talk.town.notice_version
    says_nothing = isinstance(talk.heard.input, ButtonPressed | Unknown)
    is_forgotten = talk.person.erased_at == talk.now  # has just been told that nothing is kept
    if is_known or is_forgotten or says_nothing or talk.officer is not None or not 0 < len(replies) < outbox.MOST:
        return list(replies)
    is_danger = Step.PLACING in (talk.came_from, talk.step) or danger.in_distress(talk) is not None
    if is_danger or any(isinstance(reply, HotlineCard) for reply in replies):
        return list(replies)
    _note_shown(talk)
    return [Say(talk.w("notice.short")), *replies]


def unfollowed(talk: Talk, event: Unfollowed) -> Sequence[Reply]:
    """Blocked: nothing is pushed any more; what waits is kept for the day they come back."""
    talk.person.blocked_at = talk.now
    return ()


def unsent(talk: Talk, event: Unsent) -> Sequence[Reply]:
    """A message was taken back: our copies go, everywhere."""
    erasure.erase_message(talk.session, talk.person, talk.conversation, event.said, talk.now)
    return ()
