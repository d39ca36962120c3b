"""Understood or asked, over HTTP: asked once, two tickets, danger first, questions answered, corrections learnt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.stage import Stage
from bot.simulator import Person

UNCLEAR = "แถวบ้านเป็นแบบนี้อีกแล้ว แย่มาก ช่วยมาดูหน่อย"
QUESTION = "เรื่องนี้ตรงกับข้อไหนที่สุด"
TWO = "ขยะล้นถังหน้าบ้านเหม็นมาก แล้วไฟถนนก็ดับทั้งซอยด้วย"
COIN_WATER = (
    "ตู้น้ำหยอดเหรียญหน้าตลาดน้ำขุ่น",
    "ตู้น้ำหยอดเหรียญซอย 5 น้ำมีกลิ่น",
    "น้ำจากตู้หยอดเหรียญขุ่นมาก",
    "ตู้กดน้ำหยอดเหรียญสกปรก น้ำเหลือง",
)
FACILITY = "🏞️ สถานที่และสิ่งอำนวยความสะดวก"
PLACE = (13.9868, 100.6289)


def resident(stage: Stage, name: str) -> Person:
    """Somebody who added the account."""
    assert stage.town is not None
    person = stage.town.person(name)
    person.adds_the_account()
    person.sees("ยินดีต้อนรับ")
    return person


def categories(stage: Stage) -> list[str]:
    """The categories of all tickets, oldest first."""
    return [ticket["category"] for ticket in json.loads(stage.run("tickets", "rangsit", "--json"))]


@pytest.fixture
def database_kind() -> str:
    """What is said hangs on no kind."""
    return "sqlite"


def test_the_bot_asks_splits_warns_answers_and_learns(stage: Stage, tmp_path: Path) -> None:
    _asked_once(stage)
    _two_tickets(stage)
    _danger_first(stage)
    _answered(stage)
    _learnt(stage, tmp_path)
    assert stage.run("stuck", "--json") == "[]"


def _asked_once(stage: Stage) -> None:
    nok = resident(stage, "นก")
    nok.presses("แจ้งปัญหา")
    nok.sees("เล่ามาได้เลย")
    nok.sends(UNCLEAR)
    nok.sees(QUESTION)
    nok.sends("ไม่รู้เหมือนกันว่าเรียกว่าอะไร")
    nok.sees("อยู่ที่ไหน")
    nok.sends_place(*PLACE)
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง")
    assert sum(QUESTION in said.text for said in nok.chat if said["by"] == "bot") == 1
    assert categories(stage) == ["other"]


def _two_tickets(stage: Stage) -> None:
    ton = resident(stage, "ต้น")
    ton.sends(TWO)
    ton.sees("อยู่ที่ไหน")
    ton.sends_place(*PLACE)
    ton.sees("ส่งแยกเป็น 2 เรื่อง")
    ton.presses("ส่งแยกเป็น 2 เรื่อง")
    ton.sees("รอรับเรื่อง")
    assert sorted(categories(stage)[1:]) == ["garbage", "street_light"]
    points = {json.dumps(one["point"]) for one in json.loads(stage.run("tickets", "rangsit", "--json"))[1:]}
    assert len(points) == 1


def _danger_first(stage: Stage) -> None:
    dam = resident(stage, "ดำ")
    mark = dam.mark()
    dam.sends("สายไฟขาดห้อยลงมาถึงพื้น มีประกายไฟ คนเดินผ่านตลอด")
    dam.sees("ส่งเรื่องด่วนให้เจ้าหน้าที่แล้ว")
    first, second, *_ = [said.text for said in dam.since(mark) if said["by"] == "bot"]
    assert "อันตราย โทรทันที" in first
    assert "RS-" in second
    assert json.loads(stage.run("tickets", "rangsit", "--json"))[-1]["urgent"]


def _answered(stage: Stage) -> None:
    somsri = resident(stage, "สมศรี")
    before = len(categories(stage))
    somsri.sends("ขยะเก็บวันไหน")
    somsri.sees("รถเก็บขยะเข้าแต่ละซอยคนละวันกัน")
    assert len(categories(stage)) == before
    somsri.sends("นายกเทศมนตรีชื่ออะไร")
    somsri.sees("จึงส่งให้เจ้าหน้าที่แล้ว")
    newest = json.loads(stage.run("tickets", "rangsit", "--json"))[-1]
    assert (newest["category"], newest["department"], newest["point"]) == ("other", "clerk", None)


def _learnt(stage: Stage, folder: Path) -> None:
    for number, words in enumerate(COIN_WATER):
        person = resident(stage, f"ผู้แจ้ง {number}")
        _starts_a_report(person, words)
        if person.can_press("อื่น ๆ / ให้เจ้าหน้าที่เลือก"):
            person.presses("อื่น ๆ / ให้เจ้าหน้าที่เลือก")
        person.sends_place(PLACE[0] + number / 100, PLACE[1])
        person.sees("ตรวจดูก่อนส่ง")
        person.presses("เปลี่ยนประเภท")
        person.sees("เลือกประเภทของเรื่อง")
        person.presses(FACILITY)
        person.sees("ตรวจดูก่อนส่ง")
        person.presses("ส่งเรื่อง")
        person.sees("รอรับเรื่อง")
    corrections, made = folder / "corrections.tsv", folder / "next"
    corrections.write_text(stage.run("understanding", "export", "rangsit") + "\n", encoding="utf-8")
    for words in (
        ("train", "--onto", "active", "--extra", str(corrections), "--folder", str(made)),
        ("compare", "active", str(made), str(corrections)),
        ("activate", str(made)),
    ):
        Stage.run(stage, "understanding", *words)  # in a process of its own: the model in use is a process' own
    last = resident(stage, "คนถัดไป")
    for _ in range(20):  # running processes look for another model every few seconds
        mark = last.mark()
        last.sends("ตู้น้ำหยอดเหรียญหน้าวัดน้ำขุ่น")
        last.sees("", since=mark)
        if any("สถานที่และสิ่งอำนวยความสะดวก" in said.text for said in last.since(mark)):
            return
        last.sends("ยกเลิก")
        last.sees("ยกเลิกให้แล้ว", within=20)
    raise AssertionError("the activated model was not taken up")


def _starts_a_report(person: Person, words: str) -> None:
    mark = person.mark()
    person.sends(words)
    person.sees("", since=mark)
