"""People use the phones: they write, send, press, switch, block; what LINE would not show is not shown."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator import Simulator, Town
from bot.simulator.pictures import jpeg
from tests.browser.conftest import OpenPage
from tests.browser.steps import YES, Json, done, offers, phone, says, sees
from tests.integration.tiny_bot import TinyBot, echo, text

pytestmark = pytest.mark.long
EVIL = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"
PLACE = {"type": "location", "label": "ส่งตำแหน่ง"}
SQUARE = [[[100.60, 13.97], [100.66, 13.97], [100.66, 14.0], [100.60, 14.0], [100.60, 13.97]]]


def test_somebody_new_becomes_a_friend_and_is_answered(look: OpenPage, bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    page = look()
    page.get_by_role("button", name="เพิ่มคน").click()
    page.get_by_label("ชื่อ").fill("นก")
    page.get_by_role("button", name="เพิ่ม", exact=True).click()
    with done(page):
        phone(page).locator(".composer-notice").get_by_role("button", name="เพิ่มเพื่อน").click()
    phone(page).get_by_role("button", name="บล็อก", exact=True).wait_for()
    says(page, "ไฟถนนดับ")
    sees(page, "ได้รับ: ไฟถนนดับ")
    assert [event["type"] for event in bot.events] == ["follow", "message"]


def test_nothing_that_people_or_bots_say_ever_runs(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    button = {"type": "button", "action": {**YES, "label": "<b>ปุ่ม</b>"}}
    card = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [text(EVIL), button]}}
    bot.pushes(nok.id, {"type": "flex", "altText": EVIL, "contents": card}, offers(EVIL, {**YES, "label": "<i>x</i>"}))
    nok.sends(EVIL)
    nok.sends_place(13.98, 100.6, title=EVIL, address=EVIL)
    nok.sends_file(name=EVIL)
    page = look()
    phone(page).locator(".place-card").get_by_text(EVIL).first.wait_for()
    page.get_by_role("button", name="เบื้องหลัง").click()
    page.locator(".exchanges summary").last.click()
    page.locator(".bodies pre").first.wait_for()
    assert page.locator("#phones script, .rows .bubble img, .rows i, .rows b, .quick i, #panel script").count() == 0
    assert page.title() != "broken"


def test_quick_replies_stand_under_the_last_message_only_and_go_when_pressed(
    look: OpenPage, bot: TinyBot, nok: Any
) -> None:
    bot.pushes(nok.id, offers("ใช่ไหม", YES))
    page = look()
    press = phone(page).locator(".quick-reply", has_text="ใช่เลย")
    press.wait_for()
    bot.pushes(nok.id, text("อีกอย่าง"))
    press.wait_for(state="hidden")
    bot.pushes(nok.id, offers("ใช่ไหม", YES))
    with done(page):
        press.click()
    press.wait_for(state="hidden")
    sees(page, "ใช่เลย")
    assert bot.events[-1]["postback"]["data"] == "yes"


def test_on_a_computer_there_are_neither_quick_replies_nor_a_menu(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    bot.pushes(nok.id, offers("ใช่ไหม", YES))
    page = look()
    press = phone(page).locator(".quick-reply")
    press.wait_for()
    phone(page).get_by_label("ใช้ LINE บน").select_option("pc")
    press.wait_for(state="hidden")
    phone(page).get_by_label("ใช้ LINE บน").select_option("phone")
    press.wait_for()


def test_a_place_is_chosen_on_the_map(look: OpenPage, line: Simulator, bot: TinyBot, nok: Any) -> None:
    outline = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    line.call("channel/map", channel="rangsit", geojson={"type": "FeatureCollection", "features": [outline]})
    bot.pushes(nok.id, offers("อยู่ที่ไหน", PLACE))
    page = look()
    phone(page).locator(".quick-reply").click()
    page.locator(".town-map").click()
    page.locator(".town-map").press("ArrowUp")
    page.get_by_label("ที่อยู่").fill("หน้าวัด")
    with done(page):
        page.get_by_role("button", name="ส่งตำแหน่งนี้").click()
    sees(page, "หน้าวัด")
    sent = bot.events[-1]["message"]
    assert sent["type"] == "location"
    assert 13.97 < sent["latitude"] < 14.0
    assert 100.60 < sent["longitude"] < 100.66


def test_photos_stickers_and_voice_are_sent(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    page = look()
    attach = phone(page).get_by_role("button", name="ส่งรูป ตำแหน่ง")
    attach.click()
    phone(page).get_by_role("button", name="รูปภาพ").click()
    with done(page):
        phone(page).get_by_role("button", name="น้ำแดงในอ่าง").click()
    phone(page).locator(".photo img").first.wait_for()
    attach.click()
    phone(page).get_by_role("button", name="รูปภาพ").click()
    own = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(f"own {n}")} for n in (1, 2)]
    with done(page):
        phone(page).locator("input[type=file]").set_input_files(own)
    phone(page).locator(".photo").nth(2).wait_for()
    attach.click()
    phone(page).get_by_role("button", name="สติกเกอร์").click()
    with done(page):
        phone(page).get_by_role("button", name="สติกเกอร์ 1988").click()
    phone(page).locator(".sticker").wait_for()
    attach.click()
    with done(page):
        phone(page).get_by_role("button", name="เสียง").click()
    phone(page).locator(".attachment").wait_for()
    sent = [event["message"]["type"] for event in bot.events if event["type"] == "message"]
    assert sent == ["image", "image", "image", "sticker", "audio"]


def menu(bot: TinyBot, name: str, *actions: Json) -> str:
    """A rich menu with a picture, as many areas side by side as there are actions."""
    wide = 1200 // len(actions)
    areas = [
        {"bounds": {"x": n * wide, "y": 0, "width": wide, "height": 400}, "action": action}
        for n, action in enumerate(actions)
    ]
    size = {"width": 1200, "height": 400}
    definition = {"size": size, "selected": True, "name": name, "chatBarText": name, "areas": areas}
    menu_id = str(bot.asks("POST", "/richmenu", json=definition).json()["richMenuId"])
    headers = {"Content-Type": "image/jpeg"}
    picture = jpeg(name, size=(1200, 400))
    assert bot.asks("POST", f"/richmenu/{menu_id}/content", data=True, raw=picture, headers=headers).status_code == 200
    bot.asks("POST", "/richmenu/alias", json={"richMenuAliasId": name, "richMenuId": menu_id})
    return menu_id


def test_the_rich_menu_is_pressed_switched_by_alias_and_folded(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    switch = {"type": "richmenuswitch", "label": "ไปสอง", "richMenuAliasId": "two", "data": "to two"}
    write = {**YES, "label": "เขียน", "inputOption": "openKeyboard", "fillInText": "เริ่ม "}
    first = menu(bot, "one", YES, switch)
    menu(bot, "two", write)
    bot.asks("POST", f"/user/all/richmenu/{first}")
    page = look()
    area = phone(page).locator(".rich-menu .area")
    phone(page).locator(".rich-menu").get_by_role("button", name="ใช่เลย").click()
    sees(page, "ใช่เลย")
    with done(page):
        phone(page).locator(".rich-menu").get_by_role("button", name="ไปสอง").click()
    phone(page).locator(".menu-bar", has_text="two").wait_for()
    assert bot.events[-1]["postback"]["params"]["newRichMenuAliasId"] == "two"
    area.first.click()
    phone(page).locator(".rich-menu").wait_for(state="hidden")
    assert phone(page).locator("textarea").input_value() == "เริ่ม "
    phone(page).locator(".menu-bar").click()
    phone(page).locator(".rich-menu").wait_for()


def test_a_message_is_unsent_and_the_account_blocked_and_unblocked(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    page = look()
    says(page, "ผิดห้อง")
    sees(page, "ได้รับ: ผิดห้อง")
    with done(page):
        phone(page).get_by_role("button", name="ยกเลิกข้อความ").first.click()
    sees(page, "ยกเลิกข้อความแล้ว")
    with done(page):
        phone(page).get_by_role("button", name="บล็อก", exact=True).click()
    phone(page).locator("form.composer").wait_for(state="hidden")
    with done(page):
        phone(page).locator(".composer-notice").get_by_role("button", name="เลิกบล็อก").click()
    phone(page).locator("form.composer").wait_for()
    assert [event["type"] for event in bot.events][-3:] == ["unsend", "unfollow", "follow"]


def test_a_group_mentions_the_account(look: OpenPage, line: Simulator, bot: TinyBot, town: Town, nok: Any) -> None:
    page = look()
    phone(page)
    page.get_by_role("button", name="เพิ่มคน").click()
    page.get_by_label("ชื่อ").fill("หมู่บ้าน")
    page.get_by_label("เพิ่มกลุ่ม").check()
    page.get_by_role("button", name="เพิ่ม", exact=True).click()
    phone(page).locator(".phone-tabs").get_by_role("button", name="หมู่บ้าน").click()
    phone(page).get_by_role("button", name="ส่งรูป ตำแหน่ง").click()
    phone(page).get_by_role("button", name="กล่าวถึงบัญชี").click()
    phone(page).locator("textarea").press_sequentially("ไฟดับ")
    phone(page).locator("textarea").press("Enter")
    sees(page, "ได้รับ: @rangsit ไฟดับ")
    assert bot.events[-1]["message"]["mention"]["mentionees"][0]["isSelf"]


def test_read_marks_and_the_loading_sign_are_shown(look: OpenPage, bot: TinyBot, nok: Any) -> None:
    bot.on_event = lambda told, event: None
    page = look()
    with done(page):
        says(page, "อ่านหรือยัง")
    sees(page, "อ่านหรือยัง")
    bot.asks("POST", "/chat/loading/start", json={"chatId": nok.id})
    phone(page).locator(".typing").wait_for()
    token = bot.events[-1]["message"]["markAsReadToken"]
    bot.asks("POST", "/chat/markAsRead", json={"markAsReadToken": token})
    sees(page, "อ่านแล้ว")
    bot.pushes(nok.id, text("อ่านแล้วนะ"))
    phone(page).locator(".typing").wait_for(state="hidden")
