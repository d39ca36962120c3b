"""Three towns on one installation, as profiles only: each its own words and calendar; a province sees counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot import cards, clock, profiles, province, towns
from bot.cli.municipality import municipality
from bot.config import Settings
from bot.delivery import quota
from bot.places import ground, remembered
from models import Media, Message, Municipality, Ticket
from models.officer import Role
from models.outbox import PUSH
from tests import whole_way
from tests.conftest import WHOLE_WAY
from tests.talking import Rangsit

ALL = ("rangsit", "seaside", "province")
IN_RANGSIT, BY_THE_SEA, BETWEEN = (13.985, 100.625), (12.80, 100.89), (13.4, 100.9)


@pytest.fixture
def knows_rangsit() -> bool:
    """The first of them is there; the others are imported beside it."""
    return True


@pytest.fixture
def here(
    talk_bed: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[dict[str, Rangsit]]:
    """The three towns on one database, with one clock; on the whole way each has an account of its own at LINE."""
    remembered.forget_all()
    ground.forget_all()
    if talk_bed == WHOLE_WAY:
        with whole_way.towns(database_url, tmp_path, monkeypatch, *ALL) as all_of_them:
            yield all_of_them
        return
    database = request.getfixturevalue("database")
    beds = {"rangsit": Rangsit(database)}
    monkeypatch.setattr(clock, "now", lambda: beds["rangsit"].now)
    with database.transaction() as session:
        for code in ALL[1:]:
            towns.import_profile(session, profiles.load(code), clock.now())
    for code in ALL[1:]:
        bed = object.__new__(Rangsit)
        bed.__dict__ = {**beds["rangsit"].__dict__, "code": code, "people": {}}
        beds[code] = bed
    yield beds


@pytest.mark.whole_way
def test_each_town_speaks_in_its_own_words_and_numbers_its_own_tickets(here: dict[str, Rangsit]) -> None:
    for code, number, thanks in (
        ("rangsit", "RS-6911-00001", ""),
        ("seaside", "SEA-6911-00001", "ขอให้สนุกกับทะเลของเรา"),
    ):
        person = here[code].person(f"a resident of {code}")
        person.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
        person.sends_place(*(IN_RANGSIT if code == "rangsit" else BY_THE_SEA))
        person.presses("ส่งเรื่อง")
        person.sees(number)
        person.sends("ขอบคุณมากค่ะ")
        person.sees(thanks)
        assert thanks or "ทะเล" not in person.text


@pytest.mark.whole_way
def test_each_town_finds_its_own_places(here: dict[str, Rangsit]) -> None:
    tourist = here["seaside"].person("tourist")
    tourist.sends("ขยะเต็มถังที่ท่าเรือหาดตัวอย่าง")
    tourist.sees("ตรงนี้ใช่ไหม", "ท่าเรือหาดตัวอย่าง")
    other = here["seaside"].person("other")
    other.sends("ขยะเต็มถัง ซอยรังสิต-นครนายก 46")
    other.does_not_see("ตรงนี้ใช่ไหม")


def test_each_town_has_its_own_calendar_and_limits(here: dict[str, Rangsit]) -> None:
    days = {code: profiles.load(code).working_hours.weekdays for code in ALL}
    assert (5 in days["seaside"], 5 in days["rangsit"]) == (True, False)
    guest = here["rangsit"].person("guest")
    guest.sends("ขยะไม่มาเก็บ 4 วันแล้ว เหม็นมาก")
    guest.sends_place(*BY_THE_SEA)
    guest.sees("อยู่นอกเขตเทศบาลนครรังสิต", "เทศบาลเมืองหาดตัวอย่าง โทร 02-000-0001")


def test_each_town_has_its_own_line_account() -> None:
    names = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN")
    own = {f"{name}__{code.upper()}": f"{name} of {code}" for name in names for code in ALL}
    settings = Settings({**{name: f"{name} of nobody" for name in names}, **own})
    for code in ALL:
        account = settings.channel(code)
        assert [account.secret, account.access_token] == [f"{name} of {code}" for name in names]


def test_a_plan_that_is_used_up_silences_no_other_town(here: dict[str, Rangsit]) -> None:
    month = quota.this_month("Asia/Bangkok")
    with here["rangsit"].database.transaction() as session:
        ids = {one.code: one.id for one in session.scalars(select(Municipality))}
        for code, allowed in (("rangsit", 300), ("seaside", 500), ("province", None)):
            quota.ensure_month(session, ids[code], month).allowed = allowed
        quota.exhausted(session, ids["seaside"], month, clock.real_now())
    with here["rangsit"].database.transaction() as session:
        may = {code: quota.may_push(session, ids[code], month, "urgent", is_for_officer=False) for code in ALL}
    assert may == {"rangsit": True, "seaside": False, "province": True}


@pytest.mark.whole_way(always=True)
def test_what_is_told_the_province_on_a_towns_ground_is_handed_to_the_town(here: dict[str, Rangsit]) -> None:
    person = here["province"].person("somebody")
    person.sends("ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย")
    person.sends_photo()
    person.sends_place(*IN_RANGSIT)
    person.sees("อยู่ในความดูแลของ เทศบาลนครรังสิต")
    person.presses("ส่งเรื่อง")
    person.sees("PAO-6911-00001", "เลขเรื่องที่นั่น RS-6911-00001")
    photos = here["rangsit"].every(Media)
    assert len({photo.municipality_id for photo in photos}) == len(photos) == 2
    assert len({photo.state for photo in photos}) == 1  # on the whole way: stored, each under a name of its own
    assert len({photo.stored_as or photo.id for photo in photos}) == 2
    between = here["province"].person("between")
    between.sends("ถนนเป็นหลุมใหญ่มาก รถล้มบ่อย")
    between.sends_place(*BETWEEN)
    between.does_not_see("อยู่ในความดูแลของ")


def test_a_danger_told_the_province_alarms_the_town_when_its_place_comes(here: dict[str, Rangsit]) -> None:
    duty = here["rangsit"].officer("duty", "clerk")
    duty.sends("เข้าเวร")
    duty.reads_on()
    person = here["province"].person("somebody")
    person.sends("ไฟไหม้บ้าน ช่วยด้วย")
    person.sees("PAO-6911-00001")
    person.sends_place(*IN_RANGSIT)
    person.sees("เทศบาลนครรังสิต", "เราส่งต่อให้แล้ว", "เลขเรื่องที่นั่น RS-6911-00001")
    assert here["rangsit"].standing("RS-6911-00001", "is_urgent")
    pushed = here["rangsit"].said_to(duty, PUSH)
    assert ["RS-6911-00001" in str(message.content) for message in pushed] == [True]


@pytest.mark.whole_way
def test_a_provinces_supervisor_sees_counts_and_nobodys_words(here: dict[str, Rangsit]) -> None:
    nok = here["rangsit"].person("nok")
    nok.reports("น้ำประปาแดงมาก คำลับของนก")
    nok.reports("เจ้าหน้าที่พูดจาไม่สุภาพ เรียกรับเงิน")  # conduct is not even counted
    boss = here["province"].officer("boss", "clerk", role=Role.SUPERVISOR)
    boss.sends("วันนี้")
    boss.sees("เทศบาลนครรังสิต", "ยังไม่จบ 1 เรื่อง", "เทศบาลเมืองหาดตัวอย่าง", "ยังไม่จบ 0 เรื่อง")
    assert "คำลับ" not in boss.seen[-1].text
    clerk = here["rangsit"].officer("clerk", "clerk", role=Role.SUPERVISOR)
    clerk.sends("วันนี้")
    clerk.does_not_see("เทศบาลเมืองหาดตัวอย่าง")


def test_a_promise_that_stands_still_is_not_late_to_the_province_either(here: dict[str, Rangsit]) -> None:
    town = here["rangsit"]
    town.person("nok").reports("น้ำประปาแดงมาก")
    town.person("ton").reports("ขยะล้นหน้าตลาด")
    town.moves(town.tickets()[0], "waiting", words="บ้านเลขที่เท่าไร")
    with town.database.reading() as session:
        above = session.scalars(select(Municipality).where(Municipality.code == "province")).one()
        found = province.counts(session, above, town.now + timedelta(days=30))
    assert [(one.open, one.overdue) for one in found] == [(2, 1), (0, 0)]


def test_words_of_one_town_stay_in_its_rows(here: dict[str, Rangsit]) -> None:
    here["seaside"].person("a").reports("น้ำประปาแดงมาก", place=BY_THE_SEA)
    town = here["seaside"]
    with town.database.reading() as session:
        row = session.scalars(select(Municipality).where(Municipality.code == "seaside")).one()
        assert {one.municipality_id for one in session.scalars(select(Message))} == {row.id}
        assert {one.municipality_id for one in session.scalars(select(Ticket)).unique()} == {row.id}
        above = session.scalars(select(Municipality).where(Municipality.code == "province")).one()
        assert [one.open for one in province.counts(session, above, town.now)] == [0, 1]
        assert cards.wording_in("en", row)("idle.thanks") == "You are welcome. Enjoy our beach."


@pytest.mark.parametrize("code", ALL)
def test_a_profile_comes_out_as_it_went_in(here: dict[str, Rangsit], code: str, tmp_path: Path) -> None:
    with here[code].database.reading() as session:
        row = session.scalars(select(Municipality).where(Municipality.code == code)).one()
        profiles.write(towns.profile_of(session, row), tmp_path / code)
    assert profiles.load(tmp_path / code) == profiles.load(code)


ANSWERS = ("newtown", "NT", "เทศบาลเมืองใหม่", "New Town", "", "", "ที่อยู่", "Address", "02-123-4567", "15.0", "100.5", "")


def test_a_new_town_is_asked_for_and_can_be_imported(tmp_path: Path) -> None:
    done = CliRunner().invoke(municipality, ["new", str(tmp_path / "t")], input="\n".join(ANSWERS) + "\n")
    assert done.exit_code == 0, done.output
    made = profiles.load(tmp_path / "t")
    assert (made.code, made.name.th, made.town_word.th) == ("newtown", "เทศบาลเมืองใหม่", "เทศบาล")
    assert (made.places, made.ground, made.numbers[0].phone) == ((), (), "02-123-4567")
    assert not any(fact.is_confirmed for _, fact in made.facts() if "holidays" not in _)


@pytest.mark.parametrize(("slip", "says"), [(0, "like rangsit"), (1, "like RS"), (8, "like 02-567-6000")])
def test_a_slip_about_a_new_town_is_told_and_asked_again_at_once(tmp_path: Path, slip: int, says: str) -> None:
    answers = [*ANSWERS[:slip], "!?", *ANSWERS[slip:]]
    done = CliRunner().invoke(municipality, ["new", str(tmp_path / "t")], input="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert f"'!?' has the wrong form; write it {says}" in done.output
    assert profiles.load(tmp_path / "t").code == "newtown"


def test_a_folder_that_holds_something_is_refused_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("ours", encoding="utf-8")
    done = CliRunner().invoke(municipality, ["new", str(tmp_path)])
    assert done.exit_code == 2
    assert "is not empty; name a new folder" in done.output
    assert "Code" not in done.output


def test_a_town_shares_what_others_can_use(here: dict[str, Rangsit], tmp_path: Path) -> None:
    with here["rangsit"].database.reading() as session:
        row = session.scalars(select(Municipality).where(Municipality.code == "rangsit")).one()
        written = profiles.share(towns.profile_of(session, row), tmp_path / "shared")
    assert written == ["owners.tsv", "answers.tsv", "follow_ups.tsv", "canned.tsv"]
    shared = (tmp_path / "shared" / "canned.tsv").read_text(encoding="utf-8")
    assert "รับเรื่องแล้ว กำลังไปดู" in shared
    assert "\tyes\t" not in shared, "what one town confirmed, another has not"
    assert "การประปาส่วนภูมิภาค" in (tmp_path / "shared" / "owners.tsv").read_text(encoding="utf-8")
