"""Rules of the town that were about to be broken. Each becomes a kind sentence in the chat, or a 409."""

from __future__ import annotations


class RuleBroken(Exception):
    """A rule of the town does not allow this."""

    #: The key of the sentence that tells a person (bot/wording/*.toml).
    phrase = "rule.broken"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class MoveRefused(RuleBroken):
    """This ticket cannot go from its status to that one."""

    phrase = "rule.move_refused"


class NotAllowed(RuleBroken):
    """This person may not do that with this ticket."""

    phrase = "rule.not_allowed"


class ReasonMissing(RuleBroken):
    """This move needs something that was not given: words, a reason, a date, an owner or a photo."""

    phrase = "rule.reason_missing"


class PhotoMissing(ReasonMissing):
    """This category is finished only with a photo of the finished work."""

    phrase = "rule.photo_missing"


class AlreadyMoved(MoveRefused):
    """Somebody else moved this ticket a moment ago."""

    phrase = "rule.already_moved"


class HistoryIsFinal(RuleBroken):
    """History is appended, never edited."""
