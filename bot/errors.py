"""Errors in families: what a caller may catch, and what it then knows.

Delivery has four ends beside success, because what may be done next depends
on whether LINE can have the message already.
"""

from __future__ import annotations

from typing import Literal

DelayKind = Literal["rate", "quota", "server", "network", "access"]


class CannotHelp(Exception):
    """We understood and cannot do it; `phrase` is the key of the sentence that says so."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.values = values


class DeliveryProblem(Exception):
    """A call to LINE did not end in 200; never carries words, LINE ids or tokens.

    `wait_seconds` is for how long LINE asked to be left alone (Retry-After), 0 where it did not.
    """

    wait_seconds: float = 0.0


class DeliveryDelayed(DeliveryProblem):
    """LINE has not taken it now; a later attempt may succeed.

    `kind`: "rate" and "quota" are the two 429s, "server" a 5xx, "network" no
    answer at all, "access" a refused access token or source address (nothing
    is wrong with the message; a person has to act). `outcome_known` is False
    when LINE may have accepted it although we got no clear answer.
    """

    def __init__(self, kind: DelayKind, *, outcome_known: bool, detail: str = "", wait_seconds: float = 0) -> None:
        super().__init__(f"delayed ({kind}, outcome {'known' if outcome_known else 'unknown'}): {detail}")
        self.kind: DelayKind = kind
        self.outcome_known = outcome_known
        self.wait_seconds = wait_seconds
        self.detail = detail


class DeliveryRefused(DeliveryProblem):
    """LINE refused the request itself; the same request will be refused again."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(f"refused: {reason}")
        self.reason = reason
        self.status = status


class ReplyTokenInvalid(DeliveryProblem):
    """The reply token is used, expired or unknown; LINE does not say which."""


class AlreadyAccepted(DeliveryProblem):
    """LINE took this retry key before (409): a success whose answer we had missed.

    Of a push LINE says again how it numbered the objects: `message_ids`.
    """

    def __init__(self, accepted_request_id: str | None = None, message_ids: tuple[str, ...] = ()) -> None:
        super().__init__("already accepted")
        self.accepted_request_id = accepted_request_id
        self.message_ids = message_ids


class ContentNotReady(DeliveryProblem):
    """LINE is still preparing this photo, voice or video (202); ask again later."""


class ContentGone(DeliveryProblem):
    """The content was unsent, expired or never existed (410, 404); asking again is useless."""


class ContentTooLarge(DeliveryProblem):
    """The content exceeds the limit we set; nothing of it was kept."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"content exceeds {limit_bytes} bytes")
        self.limit_bytes = limit_bytes
