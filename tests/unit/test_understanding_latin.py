"""Thai in Latin letters and slips in English are read as they were meant; everything else is left alone."""

import pytest

from bot.understanding.latin import as_meant
from bot.understanding.reading import read
from bot.understanding.sentences import own_sentences


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nam prapa daeng mak krub", "น้ำประปาแดงมาก"),
        ("Kaya mai ma kep 3 wan laew ka", "ขยะไม่มาเก็บ # วันแล้ว"),
        ("fai tanon dap soi 5", "ไฟถนนดับซอย #"),
        ("fai mai baan", "ไฟไหม้บ้าน"),
        ("fai mai tid", "ไฟไม่ติด"),
        ("khop khun mak na ka", "ขอบคุณมาก"),
    ],
)
def test_thai_in_latin_letters_reads_like_thai(typed: str, meant: str) -> None:
    assert read(typed).text == meant
    assert read(typed).language == "th"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watter is durty", "water is dirty"),
        ("garbige not colected", "garbage not collected"),
        ("nieghbor is so noisey", "neighbor is so noisy"),
        ("stret ligth brokn", "street light broken"),
        ("trafic signel at the pothhole", "traffic signal at the pothole"),
    ],
)
def test_an_english_word_with_one_letter_wrong_is_put_right(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


def test_an_english_word_that_is_right_stays_itself() -> None:
    right = """
    snack shake milkshake tanks tank blue room rode snare stare drank drunk drown straw strap baking parting parsing
    packed pared leading leaving leaning resort repost retort thinks powder waiter wafer statue statues states stats
    garage outrage brunch bridle bride breeding blending burying wording floored flooring pleas pleased hells chill
    clouds smoky smoked foods drags drums updated sneak diary deity sells staple robbery hospice waste later
    """
    assert [(word, as_meant(word)) for word in right.split() if as_meant(word) != word] == []
    sentence = "a snack and a milk shake, tanks in the blue room"
    assert as_meant(sentence) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "There are men at work and my son saw a man tan in the sun",
        "Food stalls, waste water, later than last week",
        "I'll be back",
        "น้ำ nam prapa daeng",
        "no",
        "",
        "RS-6911-00042",
    ],
)
def test_what_reads_as_it_stands_is_left_as_it_was_typed(text: str) -> None:
    assert as_meant(text) == text


def test_no_english_sentence_of_ours_is_taken_for_thai() -> None:
    english = [sentence.text for sentence in own_sentences() if sentence.language == "en"]
    assert len(english) > 150
    assert [text for text in english if read(text).language != "en"] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ไฟใหม้ ซอย 3", "ไฟไหม้ซอย #"),
        ("ไฟไม้บ้านข้างๆ", "ไฟไหม้บ้านข้างๆ"),
        ("เสาไฟไม้ผุ", "เสาไฟไม้ผุ"),
        ("ไฟใหม่ที่สนาม", "ไฟใหม่ที่สนาม"),
        ("จนท.พูดไม่ดี", "เจ้าหน้าที่พูดไม่ดี"),
        ("น้ำไม่ใหล", "น้ำไม่ไหล"),
        ("หลงใหลรังสิต", "หลงใหลรังสิต"),
    ],
)
def test_common_slips_and_abbreviations_are_read_as_meant(typed: str, meant: str) -> None:
    assert read(typed).text == meant
