"""The dialogue of a report, pure: one thing is asked at a time, in one order, with typed ways for everything."""

from __future__ import annotations

import pytest

from bot import conversation
from bot.conversation import CategoryWords, Facts, Intent, Step
from bot.drafts import Draft, Place, Words
from bot.line.counting import graphemes
from bot.replies import Card, Choices, Say, buttons_of
from bot.wording import Wording

W = Wording("th", town="เทศบาล", town_name="เทศบาลนครรังสิต")
CODES = [f"kind_{n}" for n in range(1, 26)] + ["other"]
FACTS = Facts(W, {code: CategoryWords(f"📌 ประเภทที่ชื่อยาวพอสมควร {code}", code) for code in CODES})
WORDS = (Words("1", "น้ำประปาแดงมาก"),)
PLACE = Place(words="ซอย 5", said="2")


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (Draft("t"), Step.REPORTING),
        (Draft("t", place=PLACE), Step.REPORTING),
        (Draft("t", media=(1,)), Step.REPORTING),
        (Draft("t", words=WORDS), Step.ASKING_CATEGORY),
        (Draft("t", words=WORDS, place=PLACE), Step.ASKING_CATEGORY),
        (Draft("t", words=WORDS, category="kind_1"), Step.ASKING_PLACE),
        (Draft("t", media=(1,), category="kind_1"), Step.ASKING_PLACE),
        (Draft("t", words=WORDS, category="kind_1", place=PLACE), Step.READY),
        (Draft("t", words=WORDS, category="kind_1", place=Place(is_unknown=True)), Step.READY),
    ],
)
def test_only_what_is_missing_is_asked_one_thing_at_a_time(draft: Draft, step: Step) -> None:
    turn = conversation.next_turn(draft, FACTS)
    assert (turn.step, turn.intent, len(turn.replies)) == (step, Intent.ASK, 1)
    assert conversation.step_of(draft) is step


def test_danger_asks_for_nothing_first() -> None:
    assert conversation.next_turn(Draft("t", is_emergency=True), FACTS).intent is Intent.FILE_URGENT


def test_what_was_received_is_said_with_the_next_question() -> None:
    (asked,) = conversation.next_turn(Draft("t", words=WORDS, category="kind_1"), FACTS, lead="ได้รับรูปแล้ว").replies
    assert isinstance(asked, Say)
    assert asked.text.startswith("ได้รับรูปแล้ว\n")
    lead, card = conversation.next_turn(
        Draft("t", words=WORDS, category="kind_1", place=PLACE), FACTS, lead="ได้รับรูปแล้ว"
    ).replies
    assert (lead, type(card)) == (Say("ได้รับรูปแล้ว"), Card)


def test_the_category_is_asked_with_the_three_likeliest_or_the_desk() -> None:
    draft = Draft("t", words=WORDS, alternatives=("kind_3", "gone", "other", "kind_1", "kind_2", "kind_4"))
    question = conversation.category_question(draft, FACTS)
    codes = [button.args["code"] for button in question.buttons]
    assert codes == ["kind_3", "kind_1", "kind_2", "other"]
    assert question.buttons[-1].label == "อื่น ๆ / ให้เจ้าหน้าที่เลือก"


def test_every_category_can_be_pressed_whatever_their_number() -> None:
    pages = conversation.all_categories(Draft("t", words=WORDS, alternatives=("kind_9",)), FACTS)
    buttons = [button for page in pages for button in page.buttons]
    assert sorted(str(button.args["code"]) for button in buttons) == sorted(CODES)
    assert buttons[0].args["code"] == "kind_9"
    assert all(isinstance(page, Choices) and len(page.buttons) <= 16 for page in pages)
    assert [len(page.quick) for page in pages] == [0] * (len(pages) - 1) + [1]


def test_the_card_shows_words_place_and_pictures_and_can_be_sent_changed_and_cancelled() -> None:
    draft = Draft("t", words=WORDS, media=(1, 2), category="kind_1", place=PLACE)
    card = conversation.draft_card(draft, FACTS)
    assert [line.value for line in card.lines] == ["น้ำประปาแดงมาก", "ซอย 5", "2 รายการ"]
    assert [button.action for button in card.buttons] == ["draft.send", "draft.change", "draft.cancel"]
    assert {button.args.get("draft") for button in card.buttons} == {"t"}
    assert "ส่งเรื่อง" in card.alt
    assert "ส่งเรื่อง" in card.note


def test_a_place_outside_is_said_on_the_card() -> None:
    facts = Facts(W, FACTS.categories, outside="จุดนี้อยู่นอกเขต")
    draft = Draft("t", words=WORDS, category="kind_1", place=Place(1, 2, is_outside=True))
    assert conversation.draft_card(draft, facts).note == "จุดนี้อยู่นอกเขต"


def test_long_words_are_shortened_on_the_card_only() -> None:
    draft = Draft("t", words=(Words("1", "ก" * 5000),), category="kind_1", place=PLACE)
    assert len(conversation.draft_card(draft, FACTS).lines[0].value) == 240


@pytest.mark.parametrize(
    "draft",
    [Draft("t"), Draft("t", media=(1,)), Draft("t", words=WORDS), Draft("t", words=WORDS, category="kind_1")],
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_quick_replies_fit_and_what_they_do_can_be_typed(draft: Draft, language: str) -> None:
    facts = Facts(Wording(language, town="เทศบาล", town_name="เทศบาล"), FACTS.categories)
    (reply,) = conversation.next_turn(draft, facts).replies
    assert all(graphemes(button.label) <= 20 for button in reply.quick)
    assert len(buttons_of(reply)) <= 13


def test_the_question_for_the_place_names_the_typed_ways() -> None:
    question = conversation.place_question(Draft("t", words=WORDS, category="kind_1"), FACTS)
    for typed in ("ส่งตำแหน่ง", "ไม่ทราบตำแหน่ง", "เปลี่ยนประเภท"):
        assert typed in question.text
