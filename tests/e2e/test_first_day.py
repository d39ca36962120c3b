"""The demonstration's story, played through the whole system on both databases, also while it is being hurt."""

from __future__ import annotations

import json
import random
import re
import threading
from collections import Counter

from bot import profiles
from bot.cli.stage import Stage
from bot.simulator import Person
from bot.simulator.playing import Player
from bot.simulator.story import parse

STORY = parse(profiles.story("rangsit", "first-day"))
#: Words that a person sees exactly once in the whole day, whatever happens to the system.
ONCE = {
    "นก": ("น้ำแดงทั้งวันหรือเป็นบางเวลา", "ล้างท่อหน้าซอย", "เปลี่ยนวาล์ว", "ขอบคุณสำหรับคะแนน", "ขอบคุณสำหรับความเห็น"),
    "ต้น": ("เก็บขยะและล้างพื้น",),
}


def play(stage: Stage, *, patience: float = 20, is_hurt: bool = False) -> Player:
    """The whole day; the invitation is made now."""
    assert stage.town is not None
    invitation = stage.run("invite", "rangsit", "--department", "clerk")
    kept = {"invitation": invitation}
    player = Player(stage.line, stage.town, kept, patience=patience, trusts_redelivery=is_hurt)
    player.play(STORY)
    return player


def seen(people: dict[str, Person]) -> dict[str, list[str]]:
    """What each person saw of the bot, in order."""
    return {name: [said.text for said in person.chat if said["by"] == "bot"] for name, person in people.items()}


def tickets(stage: Stage) -> dict[str, str]:
    """Category -> status of every ticket."""
    told = json.loads(stage.run("tickets", "rangsit", "--json"))
    assert len({ticket["number"] for ticket in told}) == len(told)
    assert len({ticket["category"] for ticket in told}) == len(told), "a ticket is doubled"
    return {ticket["category"]: ticket["status"] for ticket in told}


END = {"tap_water_quality": "closed", "garbage": "closed", "traffic": "accepted"}


def test_a_day_of_the_town_goes_well_from_the_first_word_to_the_stars(stage_from_nothing: Stage) -> None:
    play(stage_from_nothing)
    assert tickets(stage_from_nothing) == END
    assert stage_from_nothing.run("stuck", "--json") == "[]"


def test_redelivering_every_event_twice_and_shuffled_changes_nothing_a_person_sees(stage: Stage) -> None:
    player = play(stage)
    before, pushed = seen(player.people), len(stage.line.calls("push"))
    deliveries = stage.line.redelivers(times=2, shuffled=True, seed=7)
    assert deliveries
    assert {delivery["status"] for delivery in deliveries} == {200}
    # A new event is answered after everything that came before it in its chat: nothing else can still be on its way.
    for person in player.people.values():
        person.sends("สวัสดี")
        person.sees("สวัสดี")
    after = seen(player.people)
    assert {name: texts[:-1] for name, texts in after.items()} == before
    assert len(stage.line.calls("push")) == pushed
    assert tickets(stage) == END


def test_pulling_the_plug_five_times_in_the_day_loses_and_doubles_nothing(stage: Stage) -> None:
    dice = random.Random(20261121)
    over = threading.Event()
    kills = 0

    def pull_the_plug() -> None:
        nonlocal kills
        while kills < 5 and not over.wait(dice.uniform(0.2, 1.5)):
            stage.kill_app()
            kills += 1
            stage.start_app()

    saboteur = threading.Thread(target=pull_the_plug)
    saboteur.start()
    try:
        player = play(stage, patience=60, is_hurt=True)
    finally:
        over.set()
        saboteur.join()
    assert kills >= 3, "the day was over before the plug was pulled often enough"
    assert tickets(stage) == END
    for name, phrases in ONCE.items():
        texts = seen(player.people)[name]
        for phrase in phrases:
            found = [text for text in texts if phrase in text and not text.startswith("ตรวจดู")]
            assert len(found) == 1, f"{name} saw {phrase!r} {len(found)} times"
    # What LINE accepted and we never heard of stays listed for a person; nothing else may be left over.
    left = json.loads(stage.run("stuck", "--json"))
    assert Counter(row["state"] for row in left) == Counter({"uncertain": len(left)})


def test_no_word_of_a_resident_and_no_secret_reaches_the_log(stage: Stage) -> None:
    player = play(stage)
    log = stage.log.read_text(encoding="utf-8")
    assert log.strip(), "the application logs something"
    words = [step.rest for step in STORY if step.verb == "says" and not step.rest.startswith("{")]
    ids = [person.id for person in player.people.values()]
    for secret in [*words, *ids, stage.secret, stage.token, "ซอยรังสิต-นครนายก 46", "13.9868"]:
        assert secret not in log
    assert not re.search(r"U[0-9a-f]{32}", log)
