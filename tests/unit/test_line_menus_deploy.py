"""How the rich menus get to LINE: once, all, in order, and after any interruption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.line import menu_definitions
from bot.line.menu_definitions import MENUS
from bot.line.menus import Deployment, deploy
from tests.unit.line_menus_fake import MenusAtLine

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
PEOPLE = {"resident-en": ["U1", "U2"], "officer-new": ["U3"]}


def linked(alias: str) -> Iterable[str]:
    return PEOPLE.get(alias, [])


def bring(line: MenusAtLine, now: datetime = NOON, **more: Any) -> Deployment:
    line.calls.clear()
    return deploy(line, linked, now, **more)  # type: ignore[arg-type]


def repainted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new release: the picture of officer-new has changed."""
    for menu in MENUS:
        (tmp_path / menu.picture.name).write_bytes(menu.picture.read_bytes())
    monkeypatch.setattr(menu_definitions, "PICTURES", tmp_path)
    (tmp_path / "officer-new.png").write_bytes(b"another picture")


def test_the_first_deployment_makes_every_menu_and_the_second_only_lists() -> None:
    line = MenusAtLine()
    done = bring(line)
    assert (len(done.made), done.relinked, done.stopped_by) == (len(MENUS), 3, None)
    assert line.is_settled(PEOPLE)

    again = bring(line)
    assert line.calls == ["list", "aliases"]
    assert (again.made, len(again.unchanged)) == ([], len(MENUS))


def test_a_changed_picture_moves_only_that_menu_and_its_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine()
    bring(line)
    old = line.aliases["officer-new"]
    repainted(tmp_path, monkeypatch)

    done = bring(line, NOON + timedelta(days=30))

    assert done.made == ["officer-new"]
    assert line.calls == ["list", "aliases", "create", "upload", "alias", "alias", "link", "unalias"]
    assert line.is_settled(PEOPLE)
    assert old in line.menus, "an open chat may still show it"
    assert (done.waiting, done.waiting_until) == (1, NOON + timedelta(days=31))


def test_an_old_menu_is_deleted_a_day_after_it_was_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine()
    bring(line)
    old = line.aliases["officer-new"]
    repainted(tmp_path, monkeypatch)
    bring(line, NOON + timedelta(days=30))

    assert bring(line, NOON + timedelta(days=30, hours=23)).deleted == 0
    assert old in line.menus
    assert bring(line, NOON + timedelta(days=31)).deleted == 1
    assert line.calls == ["list", "aliases", "delete"]
    assert len(line.menus) == len(MENUS)
    assert line.is_settled(PEOPLE)


def test_going_back_to_an_older_picture_never_takes_a_menu_that_is_due_for_deletion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = MenusAtLine()
    bring(line)
    first = line.aliases["officer-new"]
    with monkeypatch.context() as patched:
        repainted(tmp_path, patched)
        bring(line, NOON + timedelta(days=30))
    bring(line, NOON + timedelta(days=30, hours=1))
    assert line.aliases["officer-new"] not in (first, None)
    assert line.is_settled(PEOPLE)
    bring(line, NOON + timedelta(days=32))
    assert len(line.menus) == len(MENUS)
    assert line.is_settled(PEOPLE)


@pytest.mark.parametrize("is_alias_lost_too", [False, True])
def test_a_menu_missing_at_line_is_made_again(is_alias_lost_too: bool) -> None:
    line = MenusAtLine()
    bring(line)
    gone = line.aliases["resident-th"]
    del line.menus[gone]
    line.pictures.remove(gone)
    line.default = None
    if is_alias_lost_too:
        del line.aliases["resident-th"]

    assert bring(line).made == ["resident-th"]
    assert line.is_settled(PEOPLE)


def test_menus_of_others_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine(
        menus={"richmenu-x": "Songkran campaign", "richmenu-y": "jaeng old-kind 0123456789ab 20200101T000000Z"}
    )
    line.aliases["songkran"] = "richmenu-x"
    bring(line)
    bring(line, NOON + timedelta(days=2))
    assert {"richmenu-x", "richmenu-y"} <= set(line.menus)
    assert line.aliases.pop("songkran") == "richmenu-x"


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "change"])
@pytest.mark.parametrize("after_doing", [False, True], ids=["lost", "done"])
def test_a_run_cut_short_anywhere_is_finished_by_the_next(
    is_first: bool, after_doing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = MenusAtLine()
    if not is_first:
        bring(base)
        repainted(tmp_path, monkeypatch)
    at = 1
    while True:
        line = replace(
            base,
            menus=dict(base.menus),
            pictures=set(base.pictures),
            aliases=dict(base.aliases),
            linked=dict(base.linked),
            calls=[],
            fails_at=at,
            fails_after_doing=after_doing,
        )
        if bring(line, NOON + timedelta(hours=1)).stopped_by is None:
            break
        line.fails_at = 0
        assert bring(line, NOON + timedelta(hours=2)).stopped_by is None
        assert line.is_settled(PEOPLE), f"cut at call {at}"
        assert bring(line, NOON + timedelta(hours=3)).made == []
        assert line.calls == ["list", "aliases"]
        bring(line, NOON + timedelta(days=3))
        assert len(line.menus) == len(MENUS), f"cut at call {at}"
        at += 1
    assert at > 8


def test_lines_hundred_an_hour_stops_the_run_and_the_next_goes_on() -> None:
    line = MenusAtLine(hourly_left=2)
    done = bring(line)
    assert done.stopped_by is not None
    assert done.stopped_by.kind == "rate"
    assert len(done.made) == 2
    line.hourly_left = 100
    assert bring(line).made == [f"officer-{tab}" for tab in ("new", "mine", "due", "find", "today", "resident")]
    assert line.is_settled(PEOPLE)


def test_many_people_follow_five_hundred_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine()
    monkeypatch.setitem(PEOPLE, "resident-en", [f"E{number}" for number in range(1201)])
    assert bring(line).relinked == 1202
    assert line.calls.count("link") == 3 + 1
    assert line.is_settled(PEOPLE)


def test_again_links_everybody_although_nothing_changed() -> None:
    line = MenusAtLine()
    bring(line)
    line.linked.clear()
    line.default = None
    assert bring(line, again=True).relinked == 3
    assert line.is_settled(PEOPLE)
