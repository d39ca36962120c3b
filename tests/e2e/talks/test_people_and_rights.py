"""Who works for the town: invited, given departments, sent on leave and revoked, each act in the trail."""

from __future__ import annotations

import json
import re

import pytest

from tests.phones import PhonePerson
from tests.whole_way import WholeTown

OFFICERS_TABS = ["งานใหม่", "งานของฉัน", "ใกล้ครบกำหนด", "ค้นหา", "วันนี้", "โหมดประชาชน"]


def opens(malee: PhonePerson, name: str) -> None:
    """The administrator opens somebody's card."""
    malee.sends("จัดการเจ้าหน้าที่")
    malee.presses(next(label for label in malee.labels() if label.startswith(name)))


def test_an_invited_officer_works_until_the_rights_are_taken_away(
    town: WholeTown, malee: PhonePerson, nok: PhonePerson
) -> None:
    malee.sends("จัดการเจ้าหน้าที่")
    malee.presses("เชิญคนใหม่")
    malee.presses("งานประสานการประปา")
    malee.presses("เจ้าหน้าที่")
    (code,) = re.findall(r"TEAM-\w{5}-\w{5}", malee.seen[-1].text)
    somchai = town.person("สมชาย")
    somchai.adds_the_account()
    somchai.sends(code)
    somchai.sees("งานประสานการประปา")
    assert somchai.menu == OFFICERS_TABS
    number = nok.reports()
    somchai.taps("งานใหม่")
    somchai.presses("รับเรื่อง")
    accepted = somchai.button("เริ่มดำเนินการ")
    opens(malee, "สมชาย")
    malee.presses("ถอนสิทธิ์")
    malee.sees("งานในมือ 1 เรื่อง")
    malee.presses("ใช่ ถอนสิทธิ์")
    somchai.presses_button(accepted)
    somchai.sees("ไม่ได้เป็นเจ้าหน้าที่")
    assert somchai.menu[0] == "แจ้งปัญหา", "the officers' menu is gone"
    assert town.standing(number) == "accepted"
    told = json.loads(town.runs("officers", "trail", "rangsit", "--json"))
    acts = [(one["who"], one["what"], one["to_whom"]) for one in told]
    assert ("มาลี", "invited", None) in acts
    assert ("มาลี", "revoked", "สมชาย") in acts
    assert any(one["who"] == "สมชาย" and one["ticket"] == number for one in told)


@pytest.mark.long
def test_somebody_works_for_several_departments_and_the_desk_sees_all(
    town: WholeTown, malee: PhonePerson, somchai: PhonePerson, desk: PhonePerson, nok: PhonePerson
) -> None:
    number = nok.reports("ขยะล้นถังไม่มีคนมาเก็บ")
    somchai.taps("งานใหม่")
    somchai.sees("ไม่มีงานใหม่")
    desk.taps("งานใหม่")
    desk.sees(number)
    opens(malee, "สมชาย")
    malee.presses("เพิ่มหน่วยงาน")
    malee.presses("สำนักสาธารณสุขและสิ่งแวดล้อม")
    somchai.taps("งานใหม่")
    somchai.sees(number, "ขยะล้นถัง")


@pytest.mark.long
def test_everything_in_hand_goes_to_a_colleague_before_a_leave(
    town: WholeTown, somchai: PhonePerson, nok: PhonePerson, ton: PhonePerson
) -> None:
    wipa = town.officer("วิภา", "water")
    numbers = [nok.reports(), ton.reports(place=(13.979, 100.61))]
    for number in numbers:
        somchai.sends(number)
        somchai.presses("รับเรื่อง")
    somchai.sends("โอนงานทั้งหมด")
    somchai.sees("ทั้ง 2 เรื่อง")
    somchai.presses("วิภา")
    somchai.sees("โอนงาน 2 เรื่องให้คุณวิภาแล้ว")
    wipa.taps("งานของฉัน")
    wipa.sees(*numbers)
    somchai.sends("โอนงานทั้งหมด")
    somchai.sees("ไม่มีงานค้างในมือ")


@pytest.mark.long
def test_conduct_is_seen_by_whom_an_administrator_names_and_by_nobody_else(
    town: WholeTown, malee: PhonePerson, desk: PhonePerson, nok: PhonePerson, ton: PhonePerson
) -> None:
    nok.sends("เจ้าหน้าที่พูดจาไม่สุภาพ เรียกรับเงิน")
    nok.presses("ไม่ทราบตำแหน่ง")
    nok.presses("ส่งเรื่อง")
    secret = nok.number
    desk.taps("งานใหม่")
    desk.does_not_see(secret)
    malee.taps("งานใหม่")
    malee.sees(secret)
    opens(malee, "ปราณี")
    malee.presses("ให้ดูแลเรื่องลับ")
    desk.taps("งานใหม่")
    desk.sees(secret)
    malee.reads_on()
    malee.taps("งานใหม่")
    malee.does_not_see(secret)
    ton.sends(secret)
    ton.sees("ไม่พบเรื่อง")
