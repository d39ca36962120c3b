"""What is kept too long goes, and nothing else; a dry run only counts. Nothing of it says a word of what was said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import drafts, timers
from bot.cli.retention import retention
from bot.privacy import ageing
from bot.privacy.cells import cell
from bot.timers import pruning
from models import Conversation, InboxEvent, Media, Message, Municipality, OutboxMessage, Report, Ticket, TicketEvent
from tests.talking import INSIDE, Person, Rangsit


def _came_today(town: Rangsit) -> None:
    """What LINE brought and took stands in the town's time, not in that of the machine."""
    with town.database.transaction() as session:
        session.execute(update(InboxEvent).values(received_at=town.now))
        session.execute(update(OutboxMessage).values(settled_at=town.now))


def _ends(town: Rangsit, nok: Person) -> str:
    number = nok.reports("ไฟถนนดับหน้าบ้านป้าแดง")
    nok.presses("หายแล้ว")
    return number


def test_words_photos_and_places_go_two_years_after_the_end_and_the_books_stay(town: Rangsit, nok: Person) -> None:
    nok.sends("ไฟถนนดับหน้าบ้านป้าแดง")
    nok.sends_photo()
    nok.sends_place(*INSIDE)
    nok.presses("ส่งเรื่อง")
    number = nok.number
    nok.presses("หายแล้ว")
    with town.database.transaction() as session:
        town.ticket(session, number).forward_number = "คุณแดง 081-234-5678"
    town.passes(days=729)
    assert town.every(Message, kind="report")[0].text
    town.passes(days=2)
    assert all(message.text is None and message.erased_at for message in town.every(Message))
    assert [photo.state for photo in town.every(Media)] == ["erased"]
    (report,), (ticket,) = town.every(Report), town.every(Ticket)
    middle = cell(*INSIDE)
    assert (report.latitude, report.longitude) == (ticket.latitude, ticket.longitude) == middle
    assert abs(middle[0] - INSIDE[0]) < 0.0006
    assert report.place_words is None
    assert ticket.forward_number is None
    assert (ticket.number, ticket.status) == (number, "closed")
    assert town.every(TicketEvent)[-1].detail == {"why": "retention"}
    nok.sends(number)
    nok.sees("ไฟ")


def test_of_words_that_went_with_time_nobody_is_said_to_have_taken_them_back(town: Rangsit, nok: Person) -> None:
    somsri, number = town.officer("somsri", "clerk"), _ends(town, nok)
    town.passes(days=731)
    somsri.sends(number)
    assert "(ผู้แจ้งลบข้อความ)" not in somsri.sees("(ลบตามกำหนดแล้ว)", "ลบข้อความที่เก็บครบกำหนด")


def test_work_that_goes_on_keeps_its_words_however_old(town: Rangsit, nok: Person) -> None:
    nok.reports()
    town.moves(nok.number, "accepted")
    town.passes(days=1_000)
    assert town.every(Message, kind="report")[0].text


def test_a_round_that_is_repeated_erases_nothing_more(town: Rangsit, nok: Person) -> None:
    _ends(town, nok)
    town.passes(days=731)
    assert ageing.erase_old_tickets(town.database, town.now) == 0
    assert len(town.every(TicketEvent, kind="erased")) == 1


def test_a_ticket_that_cannot_be_erased_keeps_no_other_from_it(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _ends(town, nok)
    pom = town.person("pom")
    _ends(town, pom)
    with town.database.reading() as session:
        broken = town.ticket(session, nok.number).id
    erase_ticket = ageing.erase_ticket

    def breaks(session: Session, ticket: Ticket, now: datetime) -> None:
        if ticket.id == broken:
            raise ValueError("น้ำแดง: words that must not be logged")
        erase_ticket(session, ticket, now)

    monkeypatch.setattr(ageing, "erase_ticket", breaks)
    town.passes(days=731)
    assert [entry.ticket_id == broken for entry in town.every(TicketEvent, kind="erased")] == [False]
    assert "what was kept long enough could not be erased: ValueError" in caplog.text
    monkeypatch.setattr(ageing, "erase_ticket", erase_ticket)
    assert ageing.erase_old_tickets(town.database, town.now) == 1


def test_a_dry_run_counts_and_leaves_everything(town: Rangsit, nok: Person) -> None:
    _ends(town, nok)
    _came_today(town)
    later = town.now.replace(year=town.now.year + 3)
    erasers = (pruning.erase_raw_events, pruning.erase_sent_messages, ageing.erase_old_tickets)
    counts = [erase(town.database, later, dry=True) for erase in erasers]
    assert counts == [len(town.every(InboxEvent)), len(town.every(OutboxMessage)), 1]
    assert all(event.body for event in town.every(InboxEvent))
    assert [erase(town.database, later) for erase in erasers] == counts


def test_a_picture_that_no_dialogue_and_no_ticket_holds_goes_after_thirty_days(town: Rangsit, nok: Person) -> None:
    number = nok.reports()
    for _ in range(3):
        nok.sends_photo()
    on_ticket, kept, dropped = (media.id for media in town.every(Media))
    with town.database.transaction() as session:
        for media in session.scalars(select(Media)):
            media.received_at = town.now - timedelta(days=31)
            media.report_id = media.message_id = None
            media.state = "stored"
            media.ticket_id = town.ticket(session, number).id if media.id == on_ticket else None
        conversation = session.query(Conversation).one()
        conversation.draft = drafts.to_json(drafts.Draft(token="t", earlier=drafts.Draft(token="s", media=(kept,))))
    assert timers.DAILY["stray_media"](town.database, town.now) == 1
    assert timers.DAILY["stray_media"](town.database, town.now) == 0
    assert {media.id: media.state for media in town.every(Media)} == {
        on_ticket: "stored", kept: "stored", dropped: "erased",
    }  # fmt: skip


def test_each_town_has_its_own_periods(town: Rangsit, nok: Person) -> None:
    _ends(town, nok)
    with town.database.transaction() as session:
        row = session.get_one(Municipality, town.row(session).id)
        row.settings = {**row.settings, "privacy": {**row.settings["privacy"], "words_years": 5, "raw_days": 7}}
    _came_today(town)
    town.passes(days=6)
    assert any(event.body for event in town.every(InboxEvent))
    town.passes(days=2)
    assert not any(event.body for event in town.every(InboxEvent))
    town.passes(days=1_000)
    assert town.every(Message, kind="report")[0].text


def test_the_command_prints_counts_and_no_words(
    town: Rangsit, nok: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ends(town, nok)
    monkeypatch.setenv("DATABASE_URL", town.database.engine.url.render_as_string(hide_password=False))
    _came_today(town)
    counted = CliRunner().invoke(retention, ["run", "--dry-run"])
    assert counted.exit_code == 0, counted.output
    assert "raw_events            0  events of LINE would be erased" in counted.output
    assert "ป้าแดง" not in counted.output
    assert "were erased" in CliRunner().invoke(retention, ["run"]).output


def test_a_cell_is_the_same_for_all_its_points_and_a_hundred_metres_wide() -> None:
    here = cell(13.98512, 100.62518)
    assert cell(*here) == here
    assert abs(here[0] - 13.98512) * 111_320 <= 51
    assert cell(13.98512 + 0.0018, 100.62518) != here
