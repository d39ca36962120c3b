"""A draft is a frozen value: what is added, chosen, taken back, and kept as JSON."""

from __future__ import annotations

import json

import pytest

from bot import drafts
from bot.drafts import Draft, Place, Words
from bot.understanding import Guess, Understanding


def understood(*codes: str, unsure: bool = False, emergency: bool = False) -> Understanding:
    guesses = tuple(Guess(code, 0.9) for code in codes)
    return Understanding(
        intent="report", categories=guesses, alternatives=guesses, emergency=emergency,
        hotline="fire" if emergency else None, language="th", because=(), unsure=unsure, model_version="v1",
    )  # fmt: skip


WATER = Draft("t").with_words("1", "น้ำแดง", understood("water"))


def test_a_confident_guess_is_taken_and_a_later_one_replaces_it() -> None:
    assert (WATER.category, WATER.guessed, WATER.confidence) == ("water", "water", 0.9)
    later = WATER.with_words("2", "ขยะ", understood("garbage", "water"))
    assert (later.category, later.text) == ("garbage", "น้ำแดง\nขยะ")


def test_the_resident_s_choice_is_never_overruled() -> None:
    chosen = WATER.with_category("noise").with_words("2", "ขยะ", understood("garbage"))
    assert (chosen.category, chosen.guessed) == ("noise", "water")


def test_an_uncertain_guess_is_no_category_until_it_was_asked_in_vain() -> None:
    unsure = Draft("t").with_words("1", "เสีย", understood("road", unsure=True))
    assert (unsure.category, unsure.guessed) == (None, "road")
    asked = Draft("t", was_asked=True).with_words("1", "เสีย", understood("road", unsure=True))
    assert asked.category == drafts.UNKNOWN_CATEGORY
    assert asked.with_words("2", "ถนน", understood("road")).category == "road"


def test_danger_once_said_stays_danger() -> None:
    fire = WATER.with_words("2", "ไฟไหม้", understood("safety", emergency=True)).with_words("3", "!", understood("x"))
    assert (fire.is_emergency, fire.hotline) == (True, "fire")


@pytest.mark.parametrize(
    ("draft", "is_recognised"),
    [
        (WATER, False),
        (WATER.with_place(Place(is_unknown=True)), True),
        (Draft("t", category="water", place=Place(words="x")), False),
        (Draft("t", place=Place(words="x")).with_media(1, is_photo=True), False),
        (Draft("t", place=Place(words="x")).with_media(1, is_photo=True).with_category("water"), True),
    ],
)
def test_a_problem_and_a_place_make_a_draft_recognised(draft: Draft, is_recognised: bool) -> None:
    assert draft.is_recognised is is_recognised


def test_taking_a_message_back_takes_its_words_its_place_and_its_picture() -> None:
    draft = WATER.with_words("2", "ซอย 5", understood("water")).with_place(Place(words="ซอย 5", said="2"))
    draft = draft.with_media(7, is_photo=True).with_media(8, is_photo=False)
    assert draft.without("2") == WATER.with_media(7, is_photo=True).with_media(8, is_photo=False)
    gone = draft.without("3", frozenset({7}))
    assert (gone.media, gone.photos, gone.text) == ((8,), 1, draft.text)
    assert draft.without("1").place == draft.place


def test_when_all_words_are_gone_so_is_what_was_guessed_of_them_but_not_what_was_chosen() -> None:
    empty = WATER.without("1")
    assert (empty.is_blank, empty.category, empty.guessed, empty.alternatives) == (True, None, None, ())
    assert WATER.with_category("noise").without("1").category == "noise"


def test_an_earlier_draft_is_reached_by_taking_back_and_by_its_token() -> None:
    first = Draft("a").with_words("1", "น้ำแดง", understood("water"))
    second = Draft("b", earlier=first).with_words("2", "ขยะ", understood("garbage"))
    assert [draft.token for draft in second.chain()] == ["b", "a"]
    assert second.without("1").earlier is None
    turned = second.with_first("a")
    assert turned is not None
    assert [draft.token for draft in turned.chain()] == ["a", "b"]
    assert second.with_first("b") == second
    assert second.with_first("c") is None


def test_a_draft_survives_json_and_a_release_that_knows_more_fields() -> None:
    place = Place(13.9, 100.6, "ซอย 5", "2", is_outside=True)
    draft = Draft("b", words=(Words("1", "ก\n🚰"),), media=(1, 2), photos=1, place=place, earlier=WATER, was_asked=True)
    assert drafts.from_json(json.loads(json.dumps(drafts.to_json(draft)))) == draft
    assert drafts.from_json(None) is None
    older = drafts.to_json(Draft("a"))
    assert older is not None
    del older["earlier"], older["was_asked"]
    assert drafts.from_json(older) == Draft("a")
