"""For eyes that listen, for LINE on a PC, and in English."""

from __future__ import annotations

import pytest

from bot.simulator.pressing import CARD, pressables
from tests.phones import PhonePerson
from tests.whole_way import WholeTown


def test_on_a_pc_without_quick_replies_and_menus_everything_can_be_typed(town: WholeTown, desk: PhonePerson) -> None:
    nok = town.person("นก", on_pc=True)
    nok.adds_the_account()
    assert nok.menu == []
    nok.sends("น้ำประปาแดงมาก")
    nok.sees("พิมพ์ชื่อซอย")
    nok.sends("ซอยรังสิต-นครนายก 46")
    nok.sees("ตรวจดูก่อนส่ง")
    nok.sends("ส่งเรื่อง")
    number = nok.number
    nok.sees("รอรับเรื่อง", number)
    desk.sends(number)
    desk.sends("รับเรื่อง")
    desk.sends("เสร็จแล้ว")
    desk.sends("ล้างท่อแล้ว")
    town.passes(seconds=10)
    nok.sees("ล้างท่อแล้ว", way="push")
    nok.sends("เรียบร้อยแล้ว")
    nok.sends("4 ดาว")
    assert town.standing(number, "status", "stars") == ("closed", 4)


@pytest.mark.long
def test_every_card_says_in_its_alt_text_what_it_holds(town: WholeTown, nok: PhonePerson, desk: PhonePerson) -> None:
    number = nok.reports()
    desk.taps("งานใหม่")
    desk.presses("รับเรื่อง")
    desk.taps("วันนี้")
    for person in (nok, desk):
        cards = [message for saw in person.seen for message in saw.content if message["type"] == "flex"]
        assert cards
        for card in cards:
            assert len(card["altText"]) > 10, card["altText"]
        assert any(number in card["altText"] for card in cards)
    for menu in town.channel.menus.values():
        assert all(area["action"].get("label") for area in menu.definition["areas"])


@pytest.mark.long
def test_a_tourist_reports_and_closes_in_english(town: WholeTown, desk: PhonePerson) -> None:
    john = town.person("John", language="en")
    john.adds_the_account()
    assert "Report" in " ".join(john.menu)
    number = john.reports("The tap water is red and smells")
    desk.sends(number)
    desk.presses("รับเรื่อง")
    desk.presses("เสร็จแล้ว")
    desk.sends("ล้างท่อแล้ว")
    town.passes(seconds=10)
    seen = john.sees(number, way="push")
    assert "เรียบร้อยแล้ว" not in seen
    thai = [one.button.label for one in pressables(town.channel, john.account) if one.place == CARD]
    assert not [label for label in thai if any("ก" <= letter <= "๙" for letter in label)]
