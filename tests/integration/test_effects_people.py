"""What LINE shows of a person is learnt once; and who may perform an effect."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from bot import clock
from bot.effects import Effects, release_all
from bot.privacy import welcome
from bot.replies import to_json
from models import Effect, Municipality, Officer, OutboxMessage, Resident
from models.effect import DONE, FETCH_MEDIA, FETCH_PROFILE, GONE, LINK_MENU, REFUSED
from tests.integration.effects_bed import comes_due, wish
from tests.integration.engine_bed import Bed
from tests.unit.line_fake import Asked, Says


def test_an_effect_is_performed_once_although_many_try(bed: Bed, effects: Effects) -> None:
    effects.most_at_once = 4
    effects.__post_init__()
    for number in range(6):
        wish(bed, FETCH_PROFILE, resident_id=bed.resident(f"U{number:032x}").id)
    bed.line.says(Says(200, {"displayName": "x"}))
    threads = [threading.Thread(target=effects.perform_due) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    effects.perform_due()
    assert sorted(asked.path for asked in bed.line.asked) == [f"/v2/bot/profile/U{n:032x}" for n in range(6)]


def test_only_so_many_are_performed_at_once(bed: Bed, effects: Effects) -> None:
    goes_on, busy = threading.Event(), threading.Event()

    def slow(asked: Asked) -> Says:
        busy.set()
        goes_on.wait(10)
        return Says(200, {"displayName": "x"})

    effects.most_at_once = 1
    effects.__post_init__()
    bed.line.script = slow
    wish(bed, FETCH_PROFILE, resident_id=bed.resident().id)
    thread = threading.Thread(target=effects.perform_due)
    thread.start()
    assert busy.wait(10)
    assert effects.perform_due() == 0
    goes_on.set()
    thread.join()


def test_what_a_killed_process_was_at_is_taken_up_again(bed: Bed, effects: Effects) -> None:
    number = wish(bed, FETCH_PROFILE, resident_id=bed.resident().id)
    comes_due(bed, number, attempts=1, claimed_by="killed", claimed_until=clock.real_now() + timedelta(seconds=99))
    bed.line.says(Says(200, {"displayName": "x"}))
    assert effects.perform_due() == 0
    with bed.database.transaction() as session:
        release_all(session)
    assert effects.perform_due() == 1


def test_a_wish_for_what_is_not_there_is_refused_and_stops_nobody(bed: Bed, effects: Effects) -> None:
    wrong = [wish(bed, FETCH_PROFILE, resident_id=999), wish(bed, LINK_MENU), wish(bed, FETCH_MEDIA)]
    right = wish(bed, FETCH_PROFILE, resident_id=bed.resident().id)
    bed.line.says(Says(200, {"displayName": "x"}))
    assert effects.perform_due() == 4
    assert [bed.row(Effect, number).state for number in [*wrong, right]] == [REFUSED] * 3 + [DONE]


@pytest.mark.parametrize(
    ("profile", "name", "language"),
    [
        ({"displayName": "นก", "language": "th"}, "นก", "th"),
        ({"displayName": "Nok\u0000", "language": "en-GB"}, "Nok", "en"),
        ({"displayName": "太郎", "language": "ja"}, "太郎", "en"),
        ({"displayName": "ນົກ", "language": "lo"}, "ນົກ", "th"),
        ({"displayName": "x" * 300}, "x" * 200, "th"),
        ({}, None, "th"),
    ],
)
def test_a_profile_gives_the_name_and_the_language(
    bed: Bed, effects: Effects, profile: dict[str, str], name: str | None, language: str
) -> None:
    person = bed.resident()
    wish(bed, FETCH_PROFILE, resident_id=person.id)
    bed.line.says(Says(200, profile))
    effects.perform_due()
    known = bed.row(Resident, person.id)
    assert (known.display_name, known.language) == (name, language)


def test_who_became_an_officer_before_the_name_was_known_is_called_by_it_from_then_on(
    bed: Bed, effects: Effects
) -> None:
    person = bed.resident()
    with bed.database.transaction() as session:
        officer = Officer(
            municipality_id=bed.town_id, resident_id=person.id, name="งานประสานการประปา", role="officer",
            created_at=clock.real_now(),
        )  # fmt: skip
        session.add(officer)
    for profile, name in (({"language": "th"}, "งานประสานการประปา"), ({"displayName": "สมชาย"}, "สมชาย")):
        wish(bed, FETCH_PROFILE, resident_id=person.id, told=name)
        bed.line.says(Says(200, profile))
        effects.perform_due()
        assert bed.row(Officer, officer.id).name == name


def test_a_language_that_was_chosen_stays(bed: Bed, effects: Effects) -> None:
    person = bed.resident(language="th", is_language_chosen=True)
    wish(bed, FETCH_PROFILE, resident_id=person.id)
    bed.line.says(Says(200, {"displayName": "x", "language": "en"}))
    effects.perform_due()
    assert bed.row(Resident, person.id).language == "th"


def test_a_profile_that_is_not_shown_to_us_is_no_trouble(bed: Bed, effects: Effects) -> None:
    number = wish(bed, FETCH_PROFILE, resident_id=bed.resident().id)
    bed.line.says(Says(404, {"message": "Not found"}))
    effects.perform_due()
    assert bed.row(Effect, number).state == GONE


@pytest.mark.parametrize(("profile", "first_words"), [("en", "Welcome to Town"), ("th", "สวัสดี ยินดีต้อนรับสู่เทศบาล")])
def test_the_welcome_waits_for_the_profile_and_speaks_its_language(
    bed: Bed, effects: Effects, profile: str, first_words: str
) -> None:
    person = bed.resident(menu="resident-th")
    number = bed.reply(person=person)
    with bed.database.transaction() as session:
        message, town = session.get_one(OutboxMessage, number), session.get_one(Municipality, bed.town_id)
        message.content = [to_json(welcome.welcome(person, town))]
        welcome.wait_for_profile(message)
    assert bed.row(OutboxMessage, number).next_at > clock.real_now()
    wish(bed, FETCH_PROFILE, resident_id=person.id)
    bed.line.says(Says(200, {"displayName": "Ann", "language": profile}))
    woken: list[str] = []
    effects.wake = woken.append
    effects.perform_due()
    sent = bed.row(OutboxMessage, number)
    assert woken == [sent.lane_key]  # nobody waits for the sweeper to be welcomed
    assert sent.next_at <= clock.real_now()
    assert sent.content is not None
    assert sent.content[0]["text"].strip().startswith(first_words)
    assert bed.row(Resident, person.id).menu == f"resident-{profile}"


def test_a_name_that_line_tells_after_the_erasing_is_not_kept(bed: Bed, effects: Effects) -> None:
    person = bed.resident()

    def erased_meanwhile(asked: Asked) -> Says:
        with bed.database.transaction() as session:
            row = session.get_one(Resident, person.id)
            row.line_user_id, row.erased_at = f"erased-{row.id}", clock.real_now()
        return Says(200, {"displayName": "นกฮูก", "language": "en"})

    bed.line.script = erased_meanwhile
    wish(bed, FETCH_PROFILE, resident_id=person.id)
    assert effects.perform_due() == 1
    found = bed.row(Resident, person.id)
    assert (found.display_name, found.language) == (None, "th")


def test_of_who_was_erased_line_is_asked_nothing(bed: Bed, effects: Effects) -> None:
    person = bed.resident("erased-1", erased_at=clock.real_now())
    numbers = [wish(bed, FETCH_PROFILE, resident_id=person.id), wish(bed, LINK_MENU, resident_id=person.id)]
    assert effects.perform_due() == 2
    assert [bed.row(Effect, number).state for number in numbers] == [DONE, DONE]
    assert not bed.line.asked
