"""The card tells of the model that lies beside it, and says plainly what is not reached."""

import hashlib
from dataclasses import replace

from bot.understanding import MODEL_FOLDER
from bot.understanding.aims import Aim, aims_as_table, aims_on_held_back, aims_on_real_reports
from bot.understanding.classifier import read_classifier
from bot.understanding.course import PUBLIC_LABELS, verdicts_held_back
from bot.understanding.measuring import Verdict
from bot.understanding.sentences import CORPUS

CARD = (MODEL_FOLDER.parent / "MODEL_CARD.md").read_text(encoding="utf-8")
RIGHT = Verdict("report", "report", ("road",), ("road",), "road", 0.97, False, False, unsure=False)


def test_the_card_names_the_model_and_every_file_it_learnt_from() -> None:
    assert f"Version `{read_classifier(MODEL_FOLDER).version}`" in CARD
    for path in [*CORPUS.glob("*.tsv"), PUBLIC_LABELS]:
        assert f"| {path.name} | `{hashlib.sha256(path.read_bytes()).hexdigest()}` |" in CARD, path.name


def test_the_card_tells_what_the_model_does_on_sentences_held_back() -> None:
    held_back = verdicts_held_back(read_classifier(MODEL_FOLDER))
    aims = aims_on_held_back(held_back)
    assert aims_as_table(aims) in CARD
    assert [aim.name for aim in aims if not aim.is_reached] == []


def test_an_aim_is_reached_at_its_floor_and_not_below() -> None:
    assert Aim("right", 0.93, 0.93).is_reached
    assert not Aim("right", 0.93, 0.929).is_reached
    assert Aim("unsure", 0.15, 0.15, less_is_better=True).is_reached
    assert not Aim("unsure", 0.15, 0.151, less_is_better=True).is_reached


def test_what_is_not_reached_is_said() -> None:
    wrong = replace(RIGHT, best_code="traffic", understood_codes=("traffic",))
    by_name = {aim.name: aim for aim in aims_on_real_reports([RIGHT, RIGHT, wrong])}
    assert not by_name["primary right, clear rows"].is_reached
    assert by_name["unsure, clear rows"].is_reached
    assert "| primary right, clear rows | ≥ 0.93 | 0.667 | **not reached** |" in aims_as_table(list(by_name.values()))
