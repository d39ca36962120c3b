"""Village groups: the bot listens only when it is mentioned, and answers shortly, without private data."""

from __future__ import annotations

from collections.abc import Sequence

from bot.line.events import Heard, TextSaid
from bot.replies import Reply, Say
from bot.wording import Wording


def answer(heard: Heard, w: Wording) -> Sequence[Reply]:
    """The way to the private chat, when asked; silence otherwise."""
    if isinstance(heard.input, TextSaid) and heard.input.mentions_us:
        return [Say(w("group.answer"))]
    return ()
