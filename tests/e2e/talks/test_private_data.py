"""ข้อมูลของฉัน: see it, take a copy by a signed link, have it erased; and what retention lets go."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import requests

from models import Media, Message
from tests.backstage import PUBLIC_URL
from tests.phones import PhonePerson
from tests.whole_way import WholeTown


def downloads(town: WholeTown, person: PhonePerson) -> requests.Response:
    """What stands behind the newest link, as a browser gets it from this machine."""
    (link,) = [one for one in person.links() if "/my-data/" in one]
    return requests.get(link.replace(PUBLIC_URL, town.backstage.address), timeout=10)


def test_a_resident_sees_copies_and_erases_what_the_town_holds(
    town: WholeTown, nok: PhonePerson, desk: PhonePerson
) -> None:
    nok.sends("ขยะล้นหน้าบ้านป้าแดง")
    nok.sends_photo()
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    number = nok.number
    desk.sends(number)
    desk.presses("รับเรื่อง")
    nok.sends("ข้อมูลของฉัน")
    nok.sees("เรื่องที่แจ้ง", "1 รายการ", "ขอสำเนา")
    nok.presses("ขอสำเนา")
    nok.sees("24 ชั่วโมง", "ดาวน์โหลดสำเนา")
    answer = downloads(town, nok)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        (report,) = json.loads(pack.read("my-data.json"))["reports"]
        assert report["messages"][0]["text"] == "ขยะล้นหน้าบ้านป้าแดง"
        assert pack.read(report["files"][0]).startswith(b"\xff\xd8")
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    nok.sees("เอากลับมาไม่ได้", "1 เรื่องที่ยังไม่จบ")
    nok.presses("ใช่ ลบทั้งหมด")
    nok.sees("ลบข้อมูลของคุณแล้ว")
    assert not any(message.text for message in town.every(Message))
    assert {photo.state for photo in town.every(Media)} == {"erased"}
    assert town.standing(number) == "accepted", "the books of the work stay"
    assert downloads(town, nok).status_code == 404
    town.passes(seconds=2)
    assert not [file for file in town.backstage.parts.folder.root.rglob("*") if file.is_file()]


@pytest.mark.long
def test_what_is_taken_back_is_gone_from_everywhere(town: WholeTown, nok: PhonePerson, desk: PhonePerson) -> None:
    number = nok.reports()
    nok.presses("เพิ่มข้อมูล", on=number)
    said = nok.sends("เบอร์บ้านป้าแดง 02 123 4567")
    desk.sends(number)
    desk.sees("เบอร์บ้านป้าแดง")
    nok.unsends(said)
    desk.sends(number)
    desk.does_not_see("เบอร์บ้านป้าแดง")
    assert not any("ป้าแดง" in str(message.content) for message in town.said_to(nok))


@pytest.mark.long
def test_two_years_after_the_end_words_and_photos_go_and_the_command_counts_them(
    town: WholeTown, nok: PhonePerson
) -> None:
    nok.sends("ไฟถนนดับหน้าบ้านป้าแดง")
    nok.sends_photo()
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    number = nok.number
    nok.presses("หายแล้ว", on=number)
    assert town.standing(number) == "closed"
    town.passes(days=731)
    assert all(message.text is None for message in town.every(Message))
    assert {photo.state for photo in town.every(Media)} == {"erased"}
    assert "0" in town.runs("retention", "run", "--dry-run")
