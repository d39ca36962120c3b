"""Bring the rich menus to LINE: idempotent, restartable at any point, polite to LINE's 100 an hour.

A menu at LINE cannot be changed, so a new one is made beside the old, the
alias is turned to it, everybody linked by hand follows, and the old one is
deleted a day later, when no open chat shows it any more. All that a run needs
to know stands at LINE itself:

- a menu's name is "jaeng <alias> <fingerprint> <when made>", so an unchanged
  one is recognised and its age is known;
- while people still have to follow, an alias "moving-<alias>" exists; a run
  that was cut short is thereby finished by the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

from bot.errors import DeliveryDelayed
from bot.line.client import RECIPIENTS_A_REQUEST, LineClient
from bot.line.menu_definitions import MENUS, RESIDENT_TH, Menu

#: Alias -> LINE ids of the people whose own menu it is. Called without any transaction of ours being open.
Linked = Callable[[str], Iterable[str]]

OLD_AFTER = timedelta(hours=24)
MOVING = "moving-"
NAME = re.compile(r"jaeng (?P<alias>[a-z0-9_-]+) (?P<fingerprint>[0-9a-f]{12}) (?P<made>\d{8}T\d{6}Z)")
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Kept:
    """One menu of ours as LINE lists it."""

    menu_id: str
    alias: str
    fingerprint: str
    made_at: datetime


@dataclass(slots=True)
class Deployment:
    """What a run did. `stopped_by` says why it ended early; running it again goes on from there."""

    made: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    relinked: int = 0
    deleted: int = 0
    waiting: int = 0  # old menus that stay until `waiting_until`
    waiting_until: datetime | None = None
    stopped_by: DeliveryDelayed | None = None


def deploy(
    client: LineClient,
    linked: Linked,
    now: datetime,
    *,
    menus: Sequence[Menu] = MENUS,
    again: bool = False,
) -> Deployment:
    """Make LINE show the menus of this release.

    Unchanged menus cost no call but the two lists. `again` sets the default
    menu and links everybody even so, for what was undone by hand at LINE.
    A delay (100 an hour, network) ends the run early and is in the result.
    """
    done = Deployment()
    try:
        kept = [one for one in map(_ours, client.rich_menus()) if one is not None]
        aliases = client.rich_menu_aliases()
        # every alias must exist before anybody is moved: the tabs switch by alias
        current = {menu.alias: _ensure(client, menu, kept, aliases, now, done) for menu in menus}
        for alias, menu_id in current.items():
            if again or MOVING + alias in aliases:
                done.relinked += _follow(client, alias, menu_id, linked)
                if MOVING + alias in aliases:
                    client.delete_rich_menu_alias(MOVING + alias)
                    del aliases[MOVING + alias]
        _delete_old(client, current, kept, now, done)
    except DeliveryDelayed as delay:
        done.stopped_by = delay
    return done


def _ours(listed: dict[str, object]) -> Kept | None:
    match = NAME.fullmatch(str(listed.get("name", "")))
    if match is None:
        return None  # made by hand or by another program: never touched
    made_at = datetime.strptime(match["made"], STAMP).replace(tzinfo=UTC)
    return Kept(str(listed["richMenuId"]), match["alias"], match["fingerprint"], made_at)


def _ensure(
    client: LineClient,
    menu: Menu,
    kept: list[Kept],
    aliases: dict[str, str],
    now: datetime,
    done: Deployment,
) -> str:
    """The id of the menu as it is now, made and named if need be; `kept` and `aliases` are kept true."""
    fingerprint = menu.fingerprint()
    same = [one for one in kept if one.alias == menu.alias and one.fingerprint == fingerprint]
    for one in same:
        if aliases.get(menu.alias) == one.menu_id:
            done.unchanged.append(menu.alias)
            return one.menu_id
    # a run that was cut short a moment ago left a menu that can be finished; an older one may already
    # be due for deletion, so it is not taken up again
    fresh = [one for one in same if now - one.made_at < OLD_AFTER]
    if fresh:
        new = fresh[0]
    else:
        name = f"jaeng {menu.alias} {fingerprint} {now.astimezone(UTC).strftime(STAMP)}"
        new = Kept(client.create_rich_menu(menu.to_line(name)), menu.alias, fingerprint, now)
        kept.append(new)
    if not fresh or not client.has_rich_menu_picture(new.menu_id):
        client.upload_rich_menu_picture(new.menu_id, menu.picture.read_bytes(), "image/png")
    _point(client, MOVING + menu.alias, new.menu_id, aliases)
    _point(client, menu.alias, new.menu_id, aliases)
    done.made.append(menu.alias)
    return new.menu_id


def _point(client: LineClient, alias: str, menu_id: str, aliases: dict[str, str]) -> None:
    if alias not in aliases:
        client.create_rich_menu_alias(alias, menu_id)
    elif aliases[alias] != menu_id:
        client.point_rich_menu_alias(alias, menu_id)
    aliases[alias] = menu_id


def _follow(client: LineClient, alias: str, menu_id: str, linked: Linked) -> int:
    """Give the menu to everybody who has it by hand, and to everybody else if it is the default."""
    if alias == RESIDENT_TH:
        client.set_default_rich_menu(menu_id)
    count = 0
    everybody = iter(linked(alias))
    while people := list(islice(everybody, RECIPIENTS_A_REQUEST)):
        client.link_menus(people, menu_id)
        count += len(people)
    return count


def _delete_old(client: LineClient, current: dict[str, str], kept: list[Kept], now: datetime, done: Deployment) -> None:
    """Delete what was replaced a day ago or more; count what has to wait."""
    replaced_at = {one.menu_id: one.made_at for one in kept if one.menu_id in current.values()}
    for one in kept:
        if one.menu_id in replaced_at or one.alias not in current:
            continue
        due = replaced_at[current[one.alias]] + OLD_AFTER
        if due <= now:
            client.delete_rich_menu(one.menu_id)
            done.deleted += 1
        else:
            done.waiting += 1
            done.waiting_until = max(due, done.waiting_until or due)
