"""Finding a button by its label, where a person would find it, and pressing it."""

import time
from dataclasses import dataclass
from typing import Any

from bot.simulator import acts, reading
from bot.simulator.acts import CannotDo
from bot.simulator.channel import Account, Channel, Group
from bot.simulator.chats import Entry
from bot.simulator.deliveries import Delivery
from bot.simulator.platform import Platform
from bot.simulator.reading import Button
from bot.simulator.refusals import Json

QUICK_REPLY = "quick_reply"
CARD = "card"
MENU = "menu"
_PICKERS = ("camera", "cameraRoll", "location", "datetimepicker")
_MOMENTS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}


@dataclass(frozen=True)
class Pressable:
    """A button and where it was found: a quick reply, a card, or the rich menu."""

    button: Button
    place: str


def pressables(channel: Channel, account: Account, containing: str | None = None) -> list[Pressable]:
    """Everything she can press now, nearest first.

    Quick replies stand only under the newest message; cards stay, the newest
    first; then the areas of her rich menu. On a PC there are only cards. With
    `containing`, only cards whose text has these words in it.
    """
    if account.has_blocked:
        return []
    found: list[Pressable] = []
    newest = account.chat.last()
    if containing is None and newest is not None and _offers_quick_replies(newest) and not account.on_pc:
        found += [Pressable(one, QUICK_REPLY) for one in reading.quick_replies(newest.message)]
    for entry in reversed(account.chat.since(0)):
        if entry.is_from_bot:
            found += [
                Pressable(one, CARD)
                for one in reading.buttons(entry.message)
                if containing is None or containing in one.card
            ]
    menu = channel.menu_of(account)
    if containing is None and menu is not None:
        found += [Pressable(one, MENU) for one in reading.menu_areas(menu.definition)]
    return found


def _offers_quick_replies(newest: Entry) -> bool:
    return newest.is_from_bot and newest.last_of_request and not newest.is_answered


def press(
    platform: Platform,
    channel: Channel,
    account: Account,
    label: str,
    *,
    containing: str | None = None,
    which: int = 0,
    where: str | None = None,
    value: str | None = None,
    within: float = 10.0,
) -> Json:
    """Press the button with this label, waiting up to `within` seconds until it is there.

    `which` counts those that match from the nearest one (0); `where` looks only at
    quick_reply, card or menu; `value` is what a date picker gives.

    Raises:
        CannotDo: there is none; says what could be pressed.
    """
    target = _await(channel, account, label, containing, which, where, within)
    account.taps += 1
    newest = account.chat.last()
    if target.place == QUICK_REPLY and newest is not None and target.button.action["type"] not in _PICKERS:
        newest.is_answered = True
    done = _do(platform, channel, account, target.button, value)
    return {"label": label, "where": target.place, "action": target.button.action, **done}


def touch(
    platform: Platform,
    channel: Channel,
    account: Account,
    action: Json,
    n: int | None,
    value: str | None = None,
    group: Group | None = None,
) -> Json:
    """Press what does this in message number `n` of the chat, or (None) in the rich menu.

    Raises:
        CannotDo: there is no such thing to press there now.
    """
    chat = group.chat if group is not None else account.chat
    if account.has_blocked and group is None:
        raise CannotDo(f"{account.name} has blocked the account")
    place, entry = CARD, None
    if n is None:
        place = MENU
        menu = channel.menu_of(account)
        there = reading.menu_areas(menu.definition) if menu is not None else []
    else:
        entry = chat.first(lambda one: one.n == n and one.is_from_bot, n)
        if entry is None:
            raise CannotDo(f"there is no message {n} of the account")
        there = reading.buttons(entry.message)
        if entry is chat.last() and _offers_quick_replies(entry) and not account.on_pc:
            quick = reading.quick_replies(entry.message)
            place = QUICK_REPLY if any(one.action == action for one in quick) else CARD
            there = quick + there
    button = next((one for one in there if one.action == action), None)
    if button is None:
        raise CannotDo("there is no such button now")
    account.taps += 1
    if entry is not None and place == QUICK_REPLY and action["type"] not in _PICKERS:
        entry.is_answered = True
    done = _do(platform, channel, account, button, value, group)
    return {"label": button.label, "where": place, "action": action, **done}


def _await(
    channel: Channel,
    account: Account,
    label: str,
    containing: str | None,
    which: int,
    where: str | None,
    within: float,
) -> Pressable:
    deadline = time.monotonic() + within
    while True:
        with account.chat.changed:
            before = account.chat.count
        can_press = pressables(channel, account, containing)
        matching = [one for one in can_press if one.button.label == label.strip() and where in (None, one.place)]
        if len(matching) > which:
            return matching[which]
        left = deadline - time.monotonic()
        if left <= 0 or account.chat.closed:
            there = ", ".join(dict.fromkeys(one.button.label for one in can_press)) or "nothing"
            raise CannotDo(f"{account.name} finds no button {label!r}; she could press: {there}")
        with account.chat.changed:
            # A rich menu may be linked without a message, hence the short step.
            if account.chat.count == before:
                account.chat.changed.wait(min(left, 0.25))


def _do(
    platform: Platform,
    channel: Channel,
    account: Account,
    button: Button,
    value: str | None,
    group: Group | None = None,
) -> Json:
    action = button.action
    kind = action["type"]
    if kind == "message":
        entry, delivery = acts.say(platform, channel, account, action["text"], group)
        return {"entry": entry.as_json(), "delivery": _told(delivery)}
    if kind == "postback":
        return _postback(platform, channel, account, action, group)
    if kind == "richmenuswitch":
        return _switch(platform, channel, account, action)
    if kind == "datetimepicker":
        params = {action["mode"]: value or _default_moment(channel, action)}
        delivery = acts.press_data(platform, channel, account, action["data"], params, group)
        return {"delivery": _told(delivery)}
    if kind == "uri":
        account.opened.append(action["uri"])
        return {"opened": action["uri"]}
    if kind == "clipboard":
        account.clipboard = action["clipboardText"]
        return {"copied": account.clipboard}
    # camera, cameraRoll and location open a picker; what she picks is sent by an act of its own.
    return {"opened": kind}


def _postback(platform: Platform, channel: Channel, account: Account, action: Json, group: Group | None) -> Json:
    chat = group.chat if group is not None else account.chat
    shown = action.get("displayText")
    done: Json = {}
    if shown:
        entry = chat.add(account.name, "postback", channel.clock.millis(), {"type": "text", "text": shown})
        done["entry"] = entry.as_json()
    account.keyboard = action.get("fillInText", "")
    delivery = acts.press_data(platform, channel, account, action["data"], group=group)
    if action.get("text"):
        acts.say(platform, channel, account, action["text"], group)
    return {**done, "delivery": _told(delivery)}


def _switch(platform: Platform, channel: Channel, account: Account, action: Json) -> Json:
    """Change the tab at once, then tell the bot how it went."""
    alias = action["richMenuAliasId"]
    with channel.lock:
        menu_id = channel.aliases.get(alias)
        if menu_id is None:
            params = {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
        elif menu_id not in channel.menus:
            params = {"status": "RICHMENU_NOTFOUND"}
        else:
            account.menu_id = menu_id
            params = {"newRichMenuAliasId": alias, "status": "SUCCESS"}
    delivery = acts.press_data(platform, channel, account, action["data"], params)
    return {"params": params, "delivery": _told(delivery)}


def _default_moment(channel: Channel, action: Json) -> str:
    written: Any = action.get("initial") or action.get("min")
    if written:
        return str(written).replace("t", "T")
    return time.strftime(_MOMENTS[action["mode"]], time.gmtime(channel.clock.now()))


def _told(delivery: Delivery | None) -> Json | None:
    return delivery.as_json() if delivery is not None else None
