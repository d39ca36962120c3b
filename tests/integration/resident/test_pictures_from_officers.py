"""Photos, recordings and videos from an officer to a resident: in the department's name, once they are there."""

from __future__ import annotations

import pytest

from bot import officer_casework
from bot.config import Settings
from bot.replies import Play, Show
from handlers.line.dispatch import Dispatcher
from models import Media
from tests.people import KEY
from tests.talking import Person, Rangsit

_MIME = {"image": "image/jpeg", "audio": "audio/x-m4a", "video": "video/mp4"}


@pytest.fixture
def somsri(town: Rangsit, nok: Person) -> Person:
    """An officer who was asked for an answer, and presses ตอบกลับ."""
    settings = {"SECRET_KEY": KEY, "LINE_API_URL": "http://127.0.0.1:1", "PUBLIC_URL": "https://bot.test"}
    town.dispatch = Dispatcher(Settings(settings))
    nok.reports()
    person = town.officer("somsri", "clerk")
    person.sends(nok.number)
    person.presses("ตอบกลับ")
    person.reads_on()
    return person


def _settles(town: Rangsit, state: str = "stored", mime: str | None = None) -> None:
    """Whatever was wished of LINE comes, or never will."""
    with town.database.transaction() as session:
        for wanted in town.every(Media, state="wanted"):
            media = session.get_one(Media, wanted.id)
            media.state = state
            media.mime = (mime or _MIME[media.kind]) if state == "stored" else None
            officer_casework.media_came(session, media, town.now)
    town.delivers()


def _shown(person: Person) -> list[Show | Play]:
    return [reply for saw in person.seen for reply in saw.replies if isinstance(reply, Show | Play)]


def test_a_photo_reaches_the_resident_in_the_departments_name(town: Rangsit, nok: Person, somsri: Person) -> None:
    somsri.sends_photo()
    somsri.sees("กำลังส่งให้ผู้แจ้งเรื่อง", nok.number)
    town.passes(minutes=11)
    nok.sees_nothing()  # its bytes are not here yet: no empty word goes out
    _settles(town)
    town.passes(minutes=11)
    text = nok.sees("ส่งมาให้ เรื่อง", nok.number, way="push")
    assert "somsri" not in text
    (picture,) = _shown(nok)
    assert isinstance(picture, Show)
    assert picture.picture.audience == "reporter"


def test_four_photos_sent_at_once_are_one_push(town: Rangsit, nok: Person, somsri: Person) -> None:
    for index in (4, 1, 3, 2):  # LINE promises no order
        somsri.sends_photo(index=index, total=4)
    _settles(town)
    pushes = nok.count("push")
    town.passes(minutes=11)
    assert nok.count("push") == pushes + 1
    assert len(_shown(nok)) == 4
    assert {media.purpose for media in town.every(Media)} == {"thread"}


def test_a_photo_after_the_set_is_a_report_of_the_officers_own(town: Rangsit, nok: Person, somsri: Person) -> None:
    somsri.sends_photo(index=1, total=1)
    somsri.sends_photo()
    assert [media.purpose for media in town.every(Media)] == ["thread", "before"]


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_a_recording_is_played_with_its_length(town: Rangsit, nok: Person, somsri: Person, kind: str) -> None:
    somsri.sends_voice() if kind == "audio" else somsri.sends_video()
    _settles(town)
    town.passes(minutes=11)
    nok.sees("ส่งมาให้ เรื่อง", way="push")
    (played,) = _shown(nok)
    assert isinstance(played, Play)
    assert (played.kind, played.milliseconds) == (kind, 4000)


def test_what_line_does_not_play_is_not_sent_and_the_officer_hears_it(
    town: Rangsit, nok: Person, somsri: Person
) -> None:
    somsri.sends_video()
    somsri.reads_on()
    _settles(town, mime="video/x-msvideo")
    town.passes(minutes=11)
    nok.sees_nothing()
    somsri.sees("ไปไม่ถึงผู้แจ้ง", nok.number, way="push")


def test_a_photo_that_could_not_be_fetched_is_told_to_the_officer(town: Rangsit, nok: Person, somsri: Person) -> None:
    somsri.sends_photo()
    somsri.reads_on()
    _settles(town, "refused")
    town.passes(minutes=11)
    nok.sees_nothing()
    somsri.sees("ไปไม่ถึงผู้แจ้ง", nok.number, way="push")


def test_a_photo_taken_back_before_it_went_is_shown_to_nobody(town: Rangsit, nok: Person, somsri: Person) -> None:
    said = somsri.sends_photo()
    _settles(town)
    somsri.unsends(said)
    town.passes(minutes=11)
    assert _shown(nok) == []


def test_who_has_no_line_is_called_instead(town: Rangsit, nok: Person, somsri: Person) -> None:
    with town.database.transaction() as session:
        for report in town.ticket(session, nok.number).reports:
            report.resident_id, report.channel = None, "phone"
    somsri.sends_photo()
    somsri.sees("ไม่ได้ใช้ไลน์")
    assert town.every(Media) == []
    somsri.sends("ช่างจะเข้าไปพรุ่งนี้")
    somsri.sees("ส่งข้อความถึงผู้แจ้งเรื่อง")


def test_without_an_address_of_our_own_nothing_is_promised(town: Rangsit, nok: Person, somsri: Person) -> None:
    town.dispatch = Dispatcher(Settings({"SECRET_KEY": KEY, "LINE_API_URL": "http://127.0.0.1:1"}))
    somsri.sends_photo()
    somsri.sees("ช่วยพิมพ์ข้อความถึงผู้แจ้งเรื่อง")
    assert town.every(Media) == []


def test_what_the_resident_sends_back_reaches_the_officer(town: Rangsit, nok: Person, somsri: Person) -> None:
    nok.presses("เพิ่มข้อมูล" if "เพิ่มข้อมูล" in nok.labels() else nok.labels()[0])
    nok.sends_voice()
    (media,) = town.every(Media)
    assert media.kind == "audio"
    assert media.milliseconds == 4000
