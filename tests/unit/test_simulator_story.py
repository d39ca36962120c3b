"""Stories: every line is understood, or refused with its number."""

import re

import pytest

from bot.simulator.story import FORMAT, Step, StoryBroken, options, parse


def test_a_story_is_read_line_by_line() -> None:
    steps = parse("# note\n= น้ำแดง\n\nperson นก language=en\nนก says น้ำ แดง\nนก sees กปภ. within 30\nwait 2\n")
    assert steps == [
        Step(2, "", "=", "น้ำแดง"),
        Step(4, "นก", "person", "language=en"),
        Step(5, "นก", "says", "น้ำ แดง"),
        Step(6, "นก", "sees", "กปภ. within 30"),
        Step(7, "", "wait", "2"),
    ]


def test_every_line_of_the_description_can_be_played() -> None:
    lines = [line.strip() for line in FORMAT.splitlines() if line.startswith("  ") and "   " in line.strip()]
    examples = [re.split(r"\s{3,}", line)[0].replace(" [language=en] [pc]", "") for line in lines]
    steps = parse("\n".join(["person นก", *examples]))
    assert len(steps) == len(examples) + 1 >= 15


def test_kept_words_are_filled_in() -> None:
    step = Step(1, "นก", "presses", "รับเรื่อง on card {ticket}")
    assert step.filled({"ticket": "RS-6911-00001"}).rest == "รับเรื่อง on card RS-6911-00001"
    with pytest.raises(StoryBroken, match="ticket"):
        step.filled({})
    pattern = Step(1, "นก", "keeps", r"ticket from \d{4}")
    assert pattern.filled({}) == pattern


def test_words_and_options_are_told_apart() -> None:
    assert options("ส่งเรื่อง", "on card") == ("ส่งเรื่อง", {})
    assert options("วัน on card RS-1 giving 2026", "on card", "giving") == ("วัน", {"on card": "RS-1", "giving": "2026"})


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("นก says สวัสดี", "nobody introduced"),
        ("person นก\nนก dances", "nothing a person does"),
        ("person นก\nนก says", "needs more words"),
        ("person นก\nนก adds the account now", "nothing follows"),
        ("person นก\nนก sends place ตลาด", "LATITUDE"),
        ("person นก\nนก keeps it", "keeps NAME from PATTERN"),
        ("person นก\nนก keeps it from (", "pattern"),
        ("person", "person NAME"),
        ("person นก speaks=en", "person NAME"),
        ("wait long", "number of seconds"),
        ("line redelivers often", "TIMES"),
    ],
)
def test_what_is_no_step_is_refused_with_its_line(written: str, says: str) -> None:
    with pytest.raises(StoryBroken, match=rf"line {written.count(chr(10)) + 1}: .*{says}"):
        parse(written)
