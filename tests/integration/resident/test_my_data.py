"""ข้อมูลของฉัน: a resident sees, copies and erases what the town holds; the books of the work stay."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.officer_casework import staff, trail
from bot.photos import Folder
from bot.privacy.cells import cell
from bot.privacy.links import Links
from handlers import my_data as door
from handlers.line import my_data as in_chat
from handlers.my_data import my_data
from models import InboxEvent, Media, Message, News, Officer, OutboxMessage, Report, Resident, Ticket
from tests.people import KEY
from tests.talking import INSIDE, Person, Rangsit

NAME = "a" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def links() -> Links:
    return Links(KEY, "https://bot.test")


@pytest.fixture
def client(town: Rangsit, folder: Folder, links: Links) -> FlaskClient:
    """The town's web, with nothing in it but the copies."""
    app = Flask("copies")
    app.register_blueprint(my_data(town.database, links, folder))
    return app.test_client()


def test_the_card_counts_what_is_held(nok: Person, reported: str) -> None:
    nok.sends("ข้อมูลของฉัน")
    nok.sees("เรื่องที่แจ้ง", "1 รายการ", "ข้อความ", "2 รายการ", "ขอสำเนา", "2 ปี")


@pytest.mark.parametrize(
    "words", ["delete my data", "Please erase my data!", "Forget me.", "ขอลบข้อมูลส่วนตัวค่ะ", "ช่วยลบข้อมูลผมทั้งหมดหน่อย"]
)
def test_who_wants_to_be_forgotten_is_asked_once_in_whatever_words(town: Rangsit, nok: Person, words: str) -> None:
    nok.sends(words)
    assert {"ใช่ ลบทั้งหมด", "ไม่ลบ"} <= set(nok.labels()) or {"Yes, erase it all", "Keep my data"} <= set(nok.labels())
    assert town.every(Resident)[0].erased_at is None


@pytest.mark.parametrize("words", ["what do you know about me?", "Show me my data, please", "มีข้อมูลอะไรของฉันบ้างคะ"])
def test_who_asks_what_is_held_sees_it(nok: Person, words: str) -> None:
    nok.sends(words)
    assert {"ขอสำเนา", "Get a copy"} & set(nok.labels())


@pytest.mark.parametrize("words", ["forget it", "delete my report", "remove the garbage near me", "ลบเรื่องนี้"])
def test_other_wishes_are_not_taken_for_that(nok: Person, words: str) -> None:
    nok.sends(words)
    assert not {"ใช่ ลบทั้งหมด", "Yes, erase it all", "ขอสำเนา", "Get a copy"} & set(nok.labels())


def test_the_copy_holds_one_s_own_words_and_pictures_and_nobody_else_s(
    town: Rangsit, nok: Person, ton: Person, reported: str, client: FlaskClient, folder: Folder, links: Links
) -> None:
    town.joins(ton, reported)
    ton.sends(f"{reported} ที่นี่ก็เหม็น")
    with town.database.transaction() as session:
        photo = session.get_one(Media, town.every(Media)[0].id)
        photo.state, photo.stored_as = "stored", NAME
    folder.write(NAME, "full", b"jpeg")
    (person,) = [one for one in town.every(Resident) if one.line_user_id == nok.user_id]
    link = links.link(person.id)
    assert link is not None
    answer = client.get(link.removeprefix("https://bot.test"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        said = json.loads(pack.read("my-data.json"))
        (photo_name,) = said["reports"][0]["files"]
        assert pack.read(photo_name) == b"jpeg"
    (report,) = said["reports"]
    assert report["number"] == reported
    assert [message["text"] for message in report["messages"]] == ["ขยะล้นหน้าบ้านป้าแดง", f"{reported} ยังไม่มาเลย"]
    assert nok.user_id not in json.dumps(said)
    answer.close()


def test_of_three_copies_at_once_the_third_is_told_to_come_again(
    town: Rangsit, nok: Person, reported: str, client: FlaskClient, links: Links
) -> None:
    (person,) = town.every(Resident, line_user_id=nok.user_id)
    link = links.link(person.id)
    assert link is not None
    path = link.removeprefix("https://bot.test")
    first, second, third = (client.get(path) for _ in range(3))
    assert [one.status_code for one in (first, second, third)] == [200, 200, 503]
    assert third.headers["Retry-After"] == "5"
    first.close()
    again = client.get(path)
    assert zipfile.is_zipfile(io.BytesIO(again.data))
    again.close()
    second.close()


def test_a_wrong_link_opens_nothing(client: FlaskClient, links: Links) -> None:
    assert client.get("/my-data/somebody").status_code == 404
    other = Links("another key that is long enough, too", "https://bot.test").link(1)
    assert other is not None
    assert client.get(other.removeprefix("https://bot.test")).status_code == 404
    nobody = links.link(999)
    assert nobody is not None
    assert client.get(nobody.removeprefix("https://bot.test")).status_code == 404


def test_the_chat_hands_over_the_link_or_a_person(nok: Person, reported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ขอสำเนา")
    nok.sees("คุยกับเจ้าหน้าที่")  # this town has no public address
    monkeypatch.setattr(in_chat, "Links", lambda key, _address: Links(key, "https://bot.test"))
    nok.sends("ขอสำเนา")
    nok.sees("24 ชั่วโมง", "ดาวน์โหลดสำเนา")
    assert nok.seen[-1].content[-1]["buttons"][0]["url"].startswith("https://bot.test/my-data/")


def test_erasing_asks_once_and_leaves_only_the_books(
    town: Rangsit, nok: Person, reported: str, client: FlaskClient, links: Links
) -> None:
    (person,) = town.every(Resident, line_user_id=nok.user_id)
    nok.sends("ไฟถนนดับหน้าวัด")
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    nok.sees("เอากลับมาไม่ได้", "1 เรื่องที่ยังไม่จบ")
    nok.presses("ใช่ ลบทั้งหมด")
    nok.sees("ลบข้อมูลของคุณแล้ว")
    gone = next(one for one in town.every(Resident) if one.id == person.id)
    assert (gone.line_user_id, gone.display_name, gone.erased_at) == (f"erased-{person.id}", None, town.now)
    assert not any(message.text for message in town.every(Message))
    assert {photo.state for photo in town.every(Media)} == {"erased"}
    (report,), (ticket,) = town.every(Report), town.every(Ticket)
    assert (ticket.number, ticket.status, ticket.category.code) == (reported, "accepted", ticket.category.code)
    assert (report.latitude, report.longitude) == (ticket.latitude, ticket.longitude) == cell(*INSIDE)
    conversation = next(one for one in town.every_conversation() if one.resident_id == person.id)
    assert (conversation.draft, conversation.offers, conversation.task) == (None, None, None)
    kept = [event for event in town.every(InboxEvent) if event.body is not None]
    assert len(kept) <= 1  # the wish itself
    assert not any("ป้าแดง" in str(message.content) for message in town.every(OutboxMessage))
    link = links.link(person.id)
    assert link is not None
    assert client.get(link.removeprefix("https://bot.test")).status_code == 404


def test_who_is_erased_hears_nothing_more_and_is_somebody_new_when_writing_again(
    town: Rangsit, nok: Person, reported: str
) -> None:
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    nok.presses("ใช่ ลบทั้งหมด")
    nok.reads_on()
    town.moves(reported, "resolved", words="เก็บแล้ว", photos=1)
    town.passes(hours=1)
    nok.sees_nothing()
    nok.sends("ติดตามเรื่อง")
    nok.sees("ยังไม่มีเรื่องที่แจ้งไว้")
    assert len(town.every(Resident, line_user_id=nok.user_id)) == 1


def test_what_nobody_has_taken_up_is_withdrawn(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    nok.presses("ใช่ ลบทั้งหมด")
    assert town.standing(number) == "cancelled"
    assert not town.every(News, state="waiting", is_for_officer=False)


def test_another_reporter_s_words_and_place_stay(town: Rangsit, nok: Person, ton: Person, reported: str) -> None:
    town.joins(ton, reported)
    ton.sends(f"{reported} หน้าบ้านผมก็ล้น")
    nok.sends("ข้อมูลของฉัน")
    nok.presses("ลบข้อมูลของฉัน")
    nok.presses("ใช่ ลบทั้งหมด")
    assert [message.text for message in town.every(Message) if message.text] == [f"{reported} หน้าบ้านผมก็ล้น"]
    assert "บ้านตรงข้าม" in [report.place_words for report in town.every(Report)]


def test_an_officer_lets_the_rights_go_first(town: Rangsit) -> None:
    somsri = town.officer("somsri", "clerk")
    somsri.sends("ข้อมูลของฉัน")
    somsri.presses("ลบข้อมูลของฉัน")
    somsri.sees("ให้ผู้ดูแลถอนสิทธิ์ก่อน")


def test_of_a_former_officer_who_is_erased_the_books_keep_role_department_and_a_number(
    town: Rangsit, nok: Person, reported: str
) -> None:
    somsri = town.officer("somsri", "environment")
    somsri.sends(reported)
    somsri.presses("เริ่มดำเนินการ")
    (officer,) = town.every(Officer, name="somsri")
    with town.database.transaction() as session:
        staff.revoke(session, session.get_one(Officer, officer.id), None, town.now)
    somsri.sends("ข้อมูลของฉัน")
    somsri.presses("ลบข้อมูลของฉัน")
    somsri.presses("ใช่ ลบทั้งหมด")
    somsri.sees("ลบข้อมูลของคุณแล้ว")
    with town.database.reading() as session:
        acts = trail.trail(session, officer.municipality_id, officer_id=officer.id)
    assert {entry.who for entry in acts if entry.what in ("opened", "to_in_progress")} == {
        f"officer {officer.id} (environment)"
    }
    assert "somsri" not in str(acts)
    assert not any("somsri" in str(one.name) for one in town.every(Officer))
    boss = town.officer("boss", "clerk")
    boss.sends(reported)
    boss.does_not_see("somsri")
    boss.sees(f"เจ้าหน้าที่หมายเลข {officer.id}")


def test_the_copy_names_the_files_it_leaves_out(
    town: Rangsit, nok: Person, reported: str, client: FlaskClient, folder: Folder, links: Links,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with town.database.transaction() as session:
        photo = session.get_one(Media, town.every(Media)[0].id)
        photo.state, photo.stored_as = "stored", NAME
    folder.write(NAME, "full", b"jpeg")
    monkeypatch.setattr(door, "MOST_BYTES", 3)
    (person,) = town.every(Resident, line_user_id=nok.user_id)
    link = links.link(person.id)
    assert link is not None
    with client.get(link.removeprefix("https://bot.test")) as answer, zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        said = json.loads(pack.read("my-data.json"))
        assert pack.namelist() == ["my-data.json"]
    assert said["left_out"] == said["reports"][0]["files"]
