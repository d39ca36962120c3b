"""What people do in LINE, seen from the platform: each act becomes an entry in a chat and an event."""

import random
from typing import Any

from bot.simulator import events
from bot.simulator.channel import Account, Channel, Content, Group
from bot.simulator.chats import Chat, Entry
from bot.simulator.deliveries import Delivery
from bot.simulator.pictures import jpeg
from bot.simulator.platform import Platform
from bot.simulator.refusals import Json

NOT_AN_MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
"""The first bytes of a film or a voice message; nobody plays them."""


class CannotDo(Exception):
    """A person cannot do this in LINE just now; says why."""


def deliver(platform: Platform, channel: Channel, chat: Chat, event: Json) -> Delivery | None:
    """Send an event, in order within its chat; None while several are gathered into one body."""
    with chat.delivering:
        with channel.lock:
            channel.events.append(event)
            if channel.gathering is not None:
                channel.gathering.append(event)
                return None
        return platform.deliveries.send(channel, [event])


def add_the_account(platform: Platform, channel: Channel, account: Account, unblocked: bool = False) -> Delivery | None:
    """Become a friend; also after blocking."""
    account.is_friend, account.has_blocked = True, False
    account.chat.acted()
    made = events.event(channel, "follow", account, follow={"isUnblocked": unblocked})
    return deliver(platform, channel, account.chat, made)


def block(platform: Platform, channel: Channel, account: Account) -> Delivery | None:
    """Block the account: nothing arrives any more, and the own rich menu is forgotten."""
    account.has_blocked, account.menu_id = True, None
    account.chat.acted()
    return deliver(platform, channel, account.chat, events.event(channel, "unfollow", account, token=False))


def send(
    platform: Platform,
    channel: Channel,
    account: Account,
    kind: str,
    *,
    group: Group | None = None,
    anonymous: bool = False,
    content: Content | None = None,
    **parts: Any,
) -> tuple[Entry, Delivery | None]:
    """Send a message of this kind, in the own chat or in a group."""
    if account.has_blocked and group is None:
        raise CannotDo(f"{account.name} has blocked the account")
    chat = group.chat if group is not None else account.chat
    if group is not None:
        group.members.setdefault(account.id, account)
    else:
        account.has_written = True
    with chat.delivering:
        made = events.message(channel, account, kind, chat, **parts)
        if content is not None:
            channel.keep_content(made["id"], content)
        account.chat.acted()
        chat.acted()
        event = events.event(channel, "message", account, group=group, anonymous=anonymous, message=made)
        entry = chat.add(account.name, kind, event["timestamp"], made)
        return entry, deliver(platform, channel, chat, event)


def say(
    platform: Platform,
    channel: Channel,
    account: Account,
    text: str,
    group: Group | None = None,
    anonymous: bool = False,
    quotes: str | None = None,
) -> tuple[Entry, Delivery | None]:
    """Write a text; one that begins with @ and the channel's name mentions the account."""
    parts: Json = {"text": text}
    if group is not None and (mention := events.mention_of(channel, text)) is not None:
        parts["mention"] = mention
    if quotes is not None:
        parts["quotedMessageId"] = quotes
    return send(platform, channel, account, "text", group=group, anonymous=anonymous, **parts)


def send_photos(
    platform: Platform,
    channel: Channel,
    account: Account,
    pictures: list[bytes],
    waits: int = 0,
    group: Group | None = None,
) -> list[tuple[Entry, Delivery | None]]:
    """Send one or several photos; several carry a common image set."""
    done = []
    for position, picture in enumerate(pictures, 1):
        several = len(pictures) > 1
        parts = (
            events.photo_parts(position, len(pictures), f"{account.id}{account.chat.count - position}")
            if several
            else events.photo_parts()
        )
        content = Content("image", "image/jpeg", picture, waits)
        done.append(send(platform, channel, account, "image", group=group, content=content, **parts))
    return done


def send_file_of(
    platform: Platform,
    channel: Channel,
    account: Account,
    kind: str,
    body: bytes | None = None,
    waits: int = 0,
    file_name: str = "เอกสาร.pdf",
) -> tuple[Entry, Delivery | None]:
    """Send a voice message, a video or a file."""
    if kind == "audio":
        content = Content(kind, "audio/x-m4a", body or NOT_AN_MP4, waits)
        parts: Json = {"duration": 6_000, "contentProvider": {"type": "line"}}
    elif kind == "video":
        content = Content(kind, "video/mp4", body or NOT_AN_MP4, waits)
        parts = {"duration": 9_000, "contentProvider": {"type": "line"}}
    else:
        content = Content("file", "application/octet-stream", body or b"%PDF-1.4\n", waits)
        parts = {"fileName": file_name, "fileSize": len(content.body)}
    return send(platform, channel, account, kind, content=content, **parts)


def unsend(platform: Platform, channel: Channel, account: Account, message_id: str) -> Delivery | None:
    """Take a message back: it leaves the chat, and its file is gone."""
    chats = [account.chat, *(group.chat for group in channel.groups.values())]
    for chat in chats:
        entry = chat.first(lambda one: one.message.get("id") == message_id and not one.is_from_bot, 0)
        if entry is not None:
            break
    else:
        raise CannotDo("there is no such message of hers")
    entry.unsent = True
    with channel.lock:
        if message_id in channel.contents:
            channel.contents[message_id].is_gone = True
    group = next((one for one in channel.groups.values() if one.chat is chat), None)
    account.chat.acted()
    made = events.event(channel, "unsend", account, group=group, token=False, unsend={"messageId": message_id})
    return deliver(platform, channel, chat, made)


def press_data(
    platform: Platform,
    channel: Channel,
    account: Account,
    data: str,
    params: Json | None = None,
    group: Group | None = None,
) -> Delivery | None:
    """Send a postback with this data, whether or not such a button is to be seen."""
    if account.has_blocked and group is None:
        raise CannotDo(f"{account.name} has blocked the account")
    postback: Json = {"data": data}
    if params is not None:
        postback["params"] = params
    chat = group.chat if group is not None else account.chat
    chat.acted()
    account.has_written = account.has_written or group is None
    made = events.event(channel, "postback", account, group=group, postback=postback)
    return deliver(platform, channel, chat, made)


def join_group(platform: Platform, channel: Channel, group: Group) -> Delivery | None:
    """Somebody takes the account into the group."""
    group.has_bot = True
    return deliver(platform, channel, group.chat, events.event(channel, "join", None, group=group))


def leave_group(platform: Platform, channel: Channel, group: Group) -> Delivery | None:
    """Somebody puts the account out of the group."""
    group.has_bot = False
    return deliver(platform, channel, group.chat, events.event(channel, "leave", None, group=group, token=False))


def send_event(platform: Platform, channel: Channel, event: Json, account: Account | None) -> Delivery | None:
    """Send an event of any kind; what is given stays as it is, what every event must have is filled in.

    A property given as null is left out, so that a test can do without one.
    """
    kind = str(event.get("type", "message"))
    full = {**events.event(channel, kind, account), **event}
    made = {name: value for name, value in full.items() if value is not None}
    return deliver(platform, channel, account.chat if account is not None else Chat("nobody"), made)


def deliver_one_by_one(platform: Platform, channel: Channel, held: list[Json]) -> list[Delivery]:
    """Deliver held events each in a body of its own, the newest first, as a network may."""
    return [platform.deliveries.send(channel, [event]) for event in reversed(held)]


def redeliver(
    platform: Platform,
    channel: Channel,
    event_id: str | None,
    times: int,
    shuffled: bool,
    seed: int,
    at_once: int,
) -> list[Delivery]:
    """Deliver past events again: one of them, or all, each so many times."""
    with channel.lock:
        past = [event for event in channel.events if event_id in (None, event.get("webhookEventId"))]
    if event_id is not None and not past:
        raise CannotDo(f"there was no event {event_id}")
    again = past * times
    if shuffled:
        random.Random(seed).shuffle(again)
    return platform.deliveries.repeat(channel, again, at_once)


def sample_photo(account: Account, number: int = 0) -> bytes:
    """A photo that differs from every other of hers."""
    return jpeg(f"{account.id}:{account.chat.count}:{number}")
