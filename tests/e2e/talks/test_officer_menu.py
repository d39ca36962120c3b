"""The officers' rich menu: its tabs, its lists, and what happens to it at LINE."""

from __future__ import annotations

import pytest

from tests.phones import PhonePerson
from tests.whole_way import WholeTown

TABS = {
    "งานใหม่": "รอรับเรื่อง",
    "งานของฉัน": "ไม่มีงานค้างในมือ",
    "ใกล้ครบกำหนด": "ใกล้ครบกำหนดหรือเลยแล้ว",
    "ค้นหา": "อยากหาอะไร",
    "วันนี้": "ภาพรวมงาน",
    "โหมดประชาชน": "ตอนนี้อยู่ในโหมดประชาชน",
}


def alias(town: WholeTown, person: PhonePerson) -> str:
    """Which menu this person is shown."""
    shown = [name for name, menu in town.channel.aliases.items() if menu == person.account.menu_id]
    return shown[0]


@pytest.mark.parametrize("how", ["tapped", pytest.param("typed", marks=pytest.mark.long)])
def test_every_tab_answers_and_the_menu_follows(
    town: WholeTown, nok: PhonePerson, somchai: PhonePerson, how: str
) -> None:
    nok.reports()
    shown = set()
    for tab, says in TABS.items():
        if how == "tapped":
            somchai.taps(tab) if tab in somchai.menu else somchai.sends(tab)
        else:
            somchai.sends(tab)
        somchai.sees(says)
        shown.add(alias(town, somchai))
    assert len(shown) == len(TABS)
    assert {"กลับไปที่งาน", "แจ้งปัญหา"} <= set(somchai.menu), "as residents see it, with a way back"
    somchai.presses("กลับไปที่งาน")
    somchai.sees("รอรับเรื่อง")
    assert list(TABS) == somchai.menu


@pytest.mark.long
def test_what_is_urgent_comes_first_and_what_is_found_is_opened(
    town: WholeTown, nok: PhonePerson, ton: PhonePerson, desk: PhonePerson
) -> None:
    first = nok.reports("ขยะล้นถังไม่มีคนมาเก็บ")
    ton.sends("เสาไฟฟ้าล้ม สายไฟขาดพาดถนน มีไฟช็อต อันตรายมาก")
    urgent = town.tickets()[-1]
    desk.reads_on()
    desk.taps("งานใหม่")
    shown = desk.sees("งานใหม่ 2 เรื่อง")
    assert shown.index(urgent) < shown.index(first)
    desk.presses("ดูเรื่องนี้", on=first)
    desk.sees("ขยะล้นถัง", "แจ้งเข้ามา")
    desk.taps("ค้นหา")
    desk.sends("ขยะล้น")
    desk.sees(first)
    desk.taps("วันนี้")
    desk.sees("กำลังดูแล", "2 เรื่อง", "เข้าใหม่ใน 7 วัน")


@pytest.mark.long
def test_a_menu_that_was_deleted_at_line_is_made_again_and_everybody_sees_it(
    town: WholeTown, somchai: PhonePerson
) -> None:
    gone = town.channel.aliases["officer-mine"]
    del town.channel.menus[gone]
    somchai.sends("งานของฉัน")
    somchai.sees("ไม่มีงานค้างในมือ")
    town.runs("menus", "deploy", "rangsit")
    assert town.channel.aliases["officer-mine"] != gone
    somchai.sends("งานใหม่")
    somchai.sends("งานของฉัน")
    assert alias(town, somchai) == "officer-mine"
    assert list(TABS) == somchai.menu


@pytest.mark.long
def test_a_hundred_menus_an_hour_stop_the_deployment_and_the_next_hour_goes_on(town: WholeTown) -> None:
    town.channel.menus.clear()
    town.channel.aliases.clear()
    for _ in range(99):
        town.channel.pace.take("menu.create")
    assert "LINE allows 100" in town.runs("menus", "deploy", "rangsit", fails=True)
    made = len(town.channel.menus)
    assert made < len(TABS) * 2
    town.expects_refusals("rate limit")
    town.passes(hours=1)
    town.runs("menus", "deploy", "rangsit")
    assert len(town.channel.menus) > made
    nok = town.person("นก")
    nok.adds_the_account()
    assert nok.menu[0] == "แจ้งปัญหา"
