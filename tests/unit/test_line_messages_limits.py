"""Whatever is said, LINE would take it: every limit, for texts nobody thought of."""

from __future__ import annotations

from typing import Any

import regex
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.line import counting
from bot.line.actions import Speaker
from bot.line.messages import build
from bot.replies import (
    BeforeAfter,
    Button,
    Card,
    Carousel,
    Choices,
    HotlineCard,
    HotlineNumber,
    Line,
    Picture,
    Reply,
    Say,
    Show,
)
from tests.unit.line_accepts import BLIND, SPEAKER, accepted

odd = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "\u200b",
        "\u202e",
        "กี่",
        "👨‍👩‍👧‍👦",
        "é" + "\u0301" * 50,
        "{x}",
        "\n\n",
        "%",
        "น้ำ" * 900,
    ]
)
some_text = st.one_of(odd, st.text(st.characters(), max_size=40), st.text("กขีู่้ำเแ 0a😀\n", max_size=300))
long_text = st.builds(lambda piece, times: piece * times, some_text, st.integers(1, 40))
any_words = st.one_of(some_text, long_text)
button = st.builds(
    Button,
    label=any_words,
    action=st.sampled_from(["draft.send", "mine.cancel", "x" * 400]),
    args=st.dictionaries(st.sampled_from(["ticket", "n"]), st.one_of(st.integers(), some_text), max_size=2),
    kind=st.sampled_from(["press", "uri", "location", "camera", "camera_roll", "keyboard"]),
    style=st.sampled_from(["primary", "secondary", "link"]),
    url=st.one_of(any_words, st.sampled_from(["https://maps.test/?q=รังสิต 1", "tel:199", "http://", "https://[x"])),
)
picture = st.builds(Picture, st.integers(1, 9), st.sampled_from(["reporter", "officer"]), any_words)
line = st.builds(Line, any_words, any_words)
tone = st.sampled_from(["calm", "good", "attention", "urgent", "ended"])


def some(strategy: Any, most: int) -> Any:
    return st.lists(strategy, max_size=most).map(tuple)


card = st.builds(
    Card,
    title=any_words,
    alt=any_words,
    badge=any_words,
    tone=tone,
    number=any_words,
    lines=some(line, 25),
    note=any_words,
    history=some(any_words, 15),
    pictures=some(picture, 6),
    buttons=some(button, 20),
    quick=some(button, 15),
)
reply = st.one_of(
    st.builds(Say, any_words, some(button, 15)),
    st.builds(Choices, any_words, some(button, 20), any_words, some(button, 15)),
    card,
    st.builds(Carousel, some(card, 14), any_words, some(button, 15)),
    st.builds(
        BeforeAfter,
        *(any_words, any_words, any_words, st.none() | picture, st.none() | picture, any_words, any_words, any_words),
        some(line, 5),
        some(button, 5),
        some(button, 3),
    ),
    st.builds(HotlineCard, any_words, any_words, some(st.builds(HotlineNumber, any_words, any_words), 20), tone),
    st.builds(Show, picture, some(button, 3)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(reply, min_size=1, max_size=5), st.sampled_from([SPEAKER, BLIND]))
def test_whatever_is_said_line_would_take_it(replies: list[Reply], speaker: Speaker) -> None:
    messages = accepted(build(replies, speaker))
    assert len(replies) <= len(messages) <= 5
    assert all("quickReply" not in message for message in messages[:-1])


@settings(max_examples=100, deadline=None)
@given(any_words, st.integers(1, 60))
def test_a_cut_text_keeps_whole_letters_and_says_that_it_was_cut(said: str, limit: int) -> None:
    shown = counting.cut(said, limit)
    assert counting.graphemes(shown) <= limit
    assert counting.units(shown) <= limit * counting.UNITS_A_GRAPHEME
    cleaned = counting.clean(said)
    if shown != cleaned:
        assert shown.endswith(counting.MORE)
        clusters = regex.findall(r"\X", cleaned)
        kept = regex.findall(r"\X", shown[:-1])
        assert kept == clusters[: len(kept)]


@settings(max_examples=100, deadline=None)
@given(any_words, st.integers(1, 5))
def test_a_long_text_is_split_without_losing_a_word_where_there_is_room(said: str, parts: int) -> None:
    pieces = counting.split(said, parts, most=100)
    assert 1 <= len(pieces) <= parts
    assert all(counting.units(piece) <= 100 and counting.is_visible(piece) for piece in pieces)


def test_a_text_of_twelve_thousand_units_comes_in_three_messages_with_every_word() -> None:
    said = " ".join(f"คำที่{number}" for number in range(1_600))
    messages = accepted(build([Say(said)], SPEAKER))
    assert len(messages) == 3
    assert " ".join(message["text"] for message in messages).split() == said.split()


def test_one_text_among_five_replies_never_pushes_another_out() -> None:
    replies: list[Reply] = [Say("ก" * 20_000), Say("ข"), Say("ค"), Say("ง"), Say("จ")]
    messages = accepted(build(replies, SPEAKER))
    assert [message["text"][0] for message in messages] == list("กขคงจ")
    assert messages[0]["text"].endswith("…")
    assert counting.units(messages[0]["text"]) <= 5_000
