"""Who may call, what a profile tells, loading, read marks, and rich menus with their pictures, links and tabs."""

import io
from typing import Any

import pytest
import requests
from PIL import Image

from bot.simulator import Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot

__all__ = ["bot", "line", "town"]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2500, 843), "white").save(out, "PNG")
    return out.getvalue()


def menu(name: str, *actions: dict[str, Any]) -> dict[str, Any]:
    width = 2500 // len(actions)
    areas = [
        {"bounds": {"x": index * width, "y": 0, "width": width, "height": 843}, "action": action}
        for index, action in enumerate(actions)
    ]
    size = {"width": 2500, "height": 843}
    return {"size": size, "selected": True, "name": name, "chatBarText": "เมนู", "areas": areas}


REPORT = {"type": "message", "label": "แจ้งปัญหา", "text": "แจ้งปัญหา"}
TO_MINE = {"type": "richmenuswitch", "label": "งานของฉัน", "richMenuAliasId": "mine", "data": "tab=mine"}


def made(bot: TinyBot, definition: dict[str, Any], with_picture: bool = True) -> str:
    menu_id = str(bot.asks("POST", "/richmenu", json=definition).json()["richMenuId"])
    if with_picture:
        assert uploaded(bot, menu_id).status_code == 200
    return menu_id


def uploaded(bot: TinyBot, menu_id: str, on_data_host: bool = True) -> requests.Response:
    headers = {"Content-Type": "image/png"}
    return bot.asks("POST", f"/richmenu/{menu_id}/content", data=on_data_host, raw=picture(), headers=headers)


def test_only_the_right_token_may_call(line: Simulator, bot: TinyBot, town: Town) -> None:
    nobody = {"Authorization": "Bearer wrong"}
    refused = bot.asks("GET", "/info", headers=nobody)
    assert (refused.status_code, bool(refused.headers["x-line-request-id"])) == (401, True)
    told = bot.asks("GET", "/info").json()
    assert (told["userId"], told["chatMode"]) == (town.state["bot_id"], "bot")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/info/", 404),
        ("GET", "//info", 404),
        ("POST", "/info", 405),
        ("GET", "/message/narrow", 404),
    ],
)
def test_only_documented_paths_exist(
    line: Simulator, bot: TinyBot, town: Town, method: str, path: str, status: int
) -> None:
    assert bot.asks(method, path).status_code == status
    assert [one["status"] for one in line.refusals()] == [status]


def test_a_body_must_be_json_and_at_most_two_megabytes(bot: TinyBot, town: Town) -> None:
    def status(raw: bytes, content_type: str = "application/json") -> int:
        headers = {"Content-Type": content_type}
        return bot.asks("POST", "/message/validate/reply", raw=raw, headers=headers).status_code

    assert status(b'{"messages":[{"type":"text","text":"a"}]}') == 200
    assert status(b'{"messages":[{"type":"text","text":"a"}]}', "text/plain") == 415
    assert status(b"{not json") == 400
    assert status(b"[" * 100_000) == 400
    assert status(b'"' + b"a" * 2_000_000 + b'"') == 413


def test_a_profile_is_there_only_for_who_can_receive(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก", language="en")
    assert bot.asks("GET", f"/profile/{nok.id}").status_code == 404
    nok.sends("hello")
    told = bot.asks("GET", f"/profile/{nok.id}").json()
    assert told == {"userId": nok.id, "displayName": "นก", "language": "en"}
    nok.adds_the_account()
    nok.blocks_the_bot()
    assert bot.asks("GET", f"/profile/{nok.id}").json() == {"message": "Not found"}
    assert line.refusals() == []


def test_the_loading_animation_is_seen_until_the_answer(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.sends("สวัสดี")
    started = bot.asks("POST", "/chat/loading/start", json={"chatId": nok.id, "loadingSeconds": 20})
    assert (started.status_code, nok.state["is_loading"]) == (202, True)
    bot.replies(bot.events[0], {"type": "text", "text": "สวัสดี"})
    assert not nok.state["is_loading"]
    odd = {"chatId": nok.id, "loadingSeconds": 7}
    assert bot.asks("POST", "/chat/loading/start", json=odd).status_code == 400
    village = town.group("หมู่บ้าน")
    assert bot.asks("POST", "/chat/loading/start", json={"chatId": village.id}).status_code == 400


def test_messages_are_marked_as_read_by_their_token(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.sends("หนึ่ง")
    nok.sends("สอง")
    token = bot.events[1]["message"]["markAsReadToken"]
    assert bot.asks("POST", "/chat/markAsRead", json={"markAsReadToken": token}).status_code == 200
    assert nok.state["read_up_to"] == 1
    assert bot.asks("POST", "/chat/markAsRead", json={"markAsReadToken": "x"}).status_code == 400
    assert bot.asks("POST", "/message/markAsRead", json={"chat": {"userId": nok.id}}).status_code == 403


def test_a_menu_is_made_pictured_and_shown(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    menu_id = made(bot, menu("resident", REPORT), with_picture=False)
    assert bot.asks("POST", f"/user/all/richmenu/{menu_id}").status_code == 400
    assert bot.asks("GET", f"/richmenu/{menu_id}/content", data=True).status_code == 404
    assert uploaded(bot, menu_id, on_data_host=False).status_code == 404
    assert uploaded(bot, menu_id).status_code == 200
    assert uploaded(bot, menu_id).status_code == 400
    assert bot.asks("GET", f"/richmenu/{menu_id}/content", data=True).content == picture()
    assert bot.asks("GET", "/user/all/richmenu").status_code == 404
    assert bot.asks("POST", f"/user/all/richmenu/{menu_id}").status_code == 200
    assert bot.asks("GET", "/user/all/richmenu").json() == {"richMenuId": menu_id}
    assert nok.menu is not None
    assert (nok.menu["name"], nok.menu["labels"]) == ("resident", ["แจ้งปัญหา"])
    assert town.person("คุณพีซี", on_pc=True).menu is None
    nok.presses("แจ้งปัญหา", within=0)
    assert bot.events[-1]["message"]["text"] == "แจ้งปัญหา"
    listed = bot.asks("GET", "/richmenu/list").json()["richmenus"]
    assert listed == [{"richMenuId": menu_id, **menu("resident", REPORT)}]
    assert bot.asks("DELETE", f"/richmenu/{menu_id}").status_code == 200
    assert nok.menu is None
    assert bot.asks("GET", f"/richmenu/{menu_id}").status_code == 404


def test_tabs_change_at_once_by_alias_and_the_bot_is_told(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    new, mine = made(bot, menu("new", TO_MINE)), made(bot, menu("mine", REPORT))
    assert bot.asks("POST", f"/user/{nok.id}/richmenu/{new}").status_code == 200
    nok.presses("งานของฉัน")
    assert bot.events[-1]["postback"]["params"] == {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
    alias = {"richMenuAliasId": "mine", "richMenuId": mine}
    assert bot.asks("POST", "/richmenu/alias", json=alias).status_code == 200
    assert bot.asks("POST", "/richmenu/alias", json=alias).json() == {"message": "conflict richmenu alias id"}
    nok.presses("งานของฉัน")
    expected = {"data": "tab=mine", "params": {"newRichMenuAliasId": "mine", "status": "SUCCESS"}}
    assert bot.events[-1]["postback"] == expected
    assert nok.menu is not None
    assert nok.menu["name"] == "mine"
    assert bot.asks("GET", f"/user/{nok.id}/richmenu").json() == {"richMenuId": mine}
    assert bot.asks("POST", "/richmenu/alias/mine", json={"richMenuId": new}).status_code == 200
    assert bot.asks("GET", "/richmenu/alias/list").json() == {"aliases": [{**alias, "richMenuId": new}]}
    assert bot.asks("DELETE", "/richmenu/alias/mine").status_code == 200
    assert bot.asks("GET", "/richmenu/alias/mine").status_code == 404


def test_links_come_and_go_one_by_one_and_in_bulk(bot: TinyBot, town: Town) -> None:
    nok, dam = town.person("นก"), town.person("ดำ")
    nok.adds_the_account()
    dam.sends("ฉันไม่ใช่เพื่อน")
    menu_id = made(bot, menu("resident", REPORT))
    both = {"richMenuId": menu_id, "userIds": [nok.id, dam.id]}
    assert bot.asks("POST", "/richmenu/bulk/link", json=both).status_code == 202
    assert (nok.state["menu_id"], dam.state["menu_id"]) == (menu_id, None)
    assert bot.asks("DELETE", f"/user/{nok.id}/richmenu").status_code == 200
    assert bot.asks("GET", f"/user/{nok.id}/richmenu").status_code == 404
    bot.asks("POST", f"/user/{nok.id}/richmenu/{menu_id}")
    assert bot.asks("POST", "/richmenu/bulk/unlink", json={"userIds": [nok.id]}).status_code == 202
    assert nok.state["menu_id"] is None
    bot.asks("POST", f"/user/{nok.id}/richmenu/{menu_id}")
    nok.blocks_the_bot()
    nok.unblocks_the_bot()
    assert nok.menu is None
    assert bot.asks("POST", f"/user/{'U' + '0' * 32}/richmenu/{menu_id}").status_code == 400


def test_menus_are_made_and_deleted_a_hundred_times_an_hour(line: Simulator, bot: TinyBot, town: Town) -> None:
    definition = menu("resident", REPORT)
    statuses = [bot.asks("POST", "/richmenu", json=definition).status_code for _ in range(101)]
    assert statuses == [200] * 100 + [429]
    line.clock(advance_seconds=37)
    assert bot.asks("POST", "/richmenu", json=definition).status_code == 200
    assert bot.asks("POST", "/richmenu", json=definition).status_code == 429
    line.clock(advance_seconds=3600)
    assert bot.asks("POST", "/richmenu", json=definition).status_code == 200
