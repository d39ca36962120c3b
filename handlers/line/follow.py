"""Adding, blocking and coming back; and taking a message back."""

from __future__ import annotations

from collections.abc import Sequence

from bot import erasure
from bot.line.events import Followed, Unfollowed, Unsent
from bot.replies import Button, Reply, Say
from handlers.line import people
from handlers.line.talk import Talk


def followed(talk: Talk, event: Followed) -> Sequence[Reply]:
    """A welcome with the notice; it informs and gates nothing. Coming back restores menu and news."""
    person = talk.person
    is_back = person.blocked_at is not None or person.notice_shown_at is not None
    person.blocked_at = None
    person.notice_version, person.notice_shown_at = talk.town.notice_version, talk.now
    menu = person.menu if talk.officer else people.RESIDENT_MENU[person.language]
    people.show_menu(talk.session, person, menu, talk.event.id, talk.now)
    key = "welcome.back" if is_back else "welcome.new"
    buttons = (
        Button(talk.w("label.read_notice"), "menu.notice"),
        Button(talk.w("label.acknowledge"), "menu.acknowledge"),
        Button(talk.w("menu.report"), "menu.report"),
        Button("English" if talk.w.language == "th" else "ไทย", "menu.en" if talk.w.language == "th" else "menu.th"),
    )
    return [Say(talk.w(key), buttons)]


def unfollowed(talk: Talk, event: Unfollowed) -> Sequence[Reply]:
    """Blocked: nothing is pushed any more; what waits is kept for the day they come back."""
    talk.person.blocked_at = talk.now
    return ()


def unsent(talk: Talk, event: Unsent) -> Sequence[Reply]:
    """A message was taken back: our copies go, everywhere."""
    erasure.erase_message(talk.session, talk.person, talk.conversation, event.said, talk.now)
    return ()
