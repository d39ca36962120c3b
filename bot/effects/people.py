"""What we ask LINE about a person (the name and language they show) and the rich menu that they see."""

from __future__ import annotations

import threading
import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, outbox
from bot.channels import Channels
from bot.effects.acts import Act, Ending, Gone, NotYet
from bot.errors import DeliveryRefused
from bot.line.answers import Profile
from bot.line.events import clean
from bot.privacy import welcome
from models import Effect, Officer, Resident

#: Whoever reads these reads Thai rather than English; everybody else is offered English.
READ_THAI = ("th", "lo", "km", "my")
ALIASES_FRESH_SECONDS = 60.0


def language_of(profile_language: str | None) -> str:
    """The language we speak with a person whose LINE is set to this one (BCP 47), or says nothing."""
    said = (profile_language or "th").partition("-")[0].lower()
    return "th" if said in READ_THAI else "en"


def fetch_profile(session: Session, effect: Effect, channels: Channels) -> Act:
    """Learn a person's display name, and the language unless it was chosen here."""
    person = session.get_one(Resident, effect.payload["resident_id"])
    if person.erased_at is not None:
        return Ending
    number, user_id, client = person.id, person.line_user_id, channels.client(effect.municipality_id)

    def act() -> Ending:
        profile = client.profile(user_id)
        if profile is None:
            return Gone("not shown to us")
        return Ending(write=lambda later: _remember(later, number, profile))

    return act


def _remember(session: Session, number: int, profile: Profile) -> None:
    person = session.get_one(Resident, number, with_for_update=True, populate_existing=True)
    if person.erased_at is not None:
        return  # while LINE was asked: nothing names this person again
    person.display_name = clean(profile.display_name)[:200] or None
    officer = session.scalars(select(Officer).where(Officer.resident_id == number)).unique().one_or_none()
    if officer is not None and person.display_name:  # who typed a code before the name was known
        officer.name = person.display_name
    before = person.language
    if not person.is_language_chosen and profile.language:
        person.language = language_of(profile.language)
    _show_menu(session, person, before)
    welcome.profile_came(session, person, before)


def _show_menu(session: Session, person: Resident, before: str) -> None:
    """Whoever was shown the resident menu of another language is shown that of their own."""
    menus = {"th": "resident-th", "en": "resident-en"}
    if person.language != before and person.menu == menus[before]:
        outbox.show_menu(session, person, menus[person.language], "profile", clock.now())


class MenuAliases:
    """Which rich menu an alias names just now, asked of LINE once a minute and municipality."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._lock = threading.Lock()
        self._known: dict[int, tuple[float, dict[str, str]]] = {}

    def menu_id(self, municipality_id: int, alias: str) -> str | None:
        """The menu behind an alias, or None when LINE knows no such alias."""
        with self._lock:
            read_at, known = self._known.get(municipality_id, (float("-inf"), {}))
        if alias not in known or time.monotonic() - read_at > ALIASES_FRESH_SECONDS:
            known = self._channels.client(municipality_id).rich_menu_aliases()
            with self._lock:
                self._known[municipality_id] = (time.monotonic(), known)
        return known.get(alias)

    def forget(self, municipality_id: int) -> None:
        """Ask again at the next use: a menu that was known has gone."""
        with self._lock:
            self._known.pop(municipality_id, None)


def link_menu(session: Session, effect: Effect, channels: Channels, aliases: MenuAliases) -> Act:
    """Show a person the rich menu they are meant to see; None: the account's default."""
    person = session.get_one(Resident, effect.payload["resident_id"])
    if person.erased_at is not None:
        return Ending
    number, user_id, alias = person.id, person.line_user_id, person.menu
    town, client = effect.municipality_id, channels.client(effect.municipality_id)

    def act() -> Ending:
        if alias is None:
            client.unlink_menu(user_id)
        else:
            menu_id = aliases.menu_id(town, alias)
            if menu_id is None:
                return NotYet("this menu is not deployed", instead=Gone("this menu was never deployed"))
            try:
                client.link_menu(user_id, menu_id)
            except DeliveryRefused:
                aliases.forget(town)  # deleted since we asked; its successor has the same alias
                raise
        return Ending(write=lambda later: _unless_changed(later, number, alias))

    return act


def _unless_changed(session: Session, number: int, alias: str | None) -> Ending | None:
    """Done, unless the person is meant to see another menu by now."""
    person = session.get_one(Resident, number, with_for_update=True, populate_existing=True)
    return None if person.menu == alias or person.erased_at is not None else Ending(is_overtaken=True)
