"""What LINE tells us, as frozen values; nothing here touches the network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """LINE's 200: accepted by LINE, which is not yet delivered to anybody."""

    request_id: str | None
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What we take of a LINE profile; `language` is BCP 47 or None. Pictures are not asked for."""

    display_name: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes of a photo, voice, video or file, and the format LINE says it has."""

    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class BotInfo:
    """Who this token speaks as; `chat_mode` is "chat" or "bot", `mark_as_read_mode` "auto" or "manual"."""

    user_id: str
    basic_id: str
    display_name: str
    chat_mode: str
    mark_as_read_mode: str


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where LINE sends events, and whether "Use webhook" is on in the console."""

    url: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class WebhookTest:
    """How LINE's own test call to the webhook went; `status` is the HTTP status it saw, 0 without one."""

    is_success: bool
    status: int
    reason: str
    detail: str
