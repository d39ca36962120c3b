"""A town's own model: learnt on top of the one in use, compared, activated, and never used where it does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.understanding import understand, versions
from bot.understanding.adapting import adapt
from bot.understanding.classifier import Classifier, read_classifier, write_classifier
from bot.understanding.comparing import compare, moved, table
from bot.understanding.features import features_of
from bot.understanding.reading import read
from bot.understanding.sentences import Sentence, own_sentences

AT = datetime(2026, 11, 24, 4, tzinfo=UTC)
#: What this town's people corrected: coin water machines are a public facility here.
SAID = (
    "ตู้น้ำหยอดเหรียญหน้าตลาดน้ำขุ่น",
    "ตู้น้ำหยอดเหรียญซอย 5 น้ำมีกลิ่น",
    "น้ำจากตู้หยอดเหรียญขุ่นมาก",
    "ตู้กดน้ำหยอดเหรียญสกปรก น้ำเหลือง",
)
NEXT = "ตู้น้ำหยอดเหรียญหน้าวัดน้ำขุ่น"
CORRECTED = [Sentence(text, "report", "public_facility", (), emergency=False) for text in SAID]
OURS = [sentence for sentence in own_sentences() if sentence.primary][::12]


@pytest.fixture(scope="module")
def adapted() -> Classifier:
    return adapt(read_classifier(versions.SHIPPED), CORRECTED, OURS)


@pytest.fixture(scope="module")
def written(adapted: Classifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The adapted model in a folder, as `flask understanding train` leaves it; to be read only."""
    folder = tmp_path_factory.mktemp("next")
    write_classifier(adapted, folder)
    return folder


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models of our own; nothing that was loaded counts."""
    monkeypatch.setenv("MODEL_URL", f"file:{tmp_path / 'models'}")
    monkeypatch.setattr(versions, "_current", versions._Current())
    monkeypatch.setattr(versions, "_LOOK_SECONDS", 0.0)
    return tmp_path / "models"


def primary(classifier: Classifier, text: str) -> str:
    chances = classifier.scores(classifier.known(features_of(read(text)))).categories
    return classifier.categories[int(chances.argmax())]


def test_corrections_are_learnt_and_reach_what_was_not_among_them(adapted: Classifier) -> None:
    shipped = read_classifier(versions.SHIPPED)
    assert [primary(adapted, text) for text in SAID] == ["public_facility"] * 4
    assert primary(shipped, NEXT) != "public_facility"
    assert primary(adapted, NEXT) == "public_facility"


def test_learning_forgets_nothing_that_was_right(adapted: Classifier) -> None:
    changes = compare(read_classifier(versions.SHIPPED), adapted, own_sentences()[::3])
    worse = [c for c in changes if c.before == c.sentence.primary != c.after]
    assert len(worse) <= 0.002 * len(changes), moved(worse)
    assert primary(adapted, "น้ำประปาแดงมาก") == "tap_water_quality"


def test_the_same_corrections_give_the_same_model(adapted: Classifier, written: Path) -> None:
    again = adapt(read_classifier(versions.SHIPPED), CORRECTED, OURS)
    assert again.version == adapted.version != read_classifier(versions.SHIPPED).version
    assert (again.about["onto"], again.about["corrections"]) == (read_classifier(versions.SHIPPED).version, 4)
    assert read_classifier(written).version == adapted.version


def test_a_comparison_says_per_class_what_gets_better_and_what_moves(adapted: Classifier) -> None:
    changes = compare(read_classifier(versions.SHIPPED), adapted, CORRECTED)
    text = table(changes)
    row = next(line for line in text.splitlines() if line.startswith("public_facility"))
    assert row.split()[1:] == ["4", "0", "4", "4", "0"]
    assert "→ public_facility" in text
    assert SAID[0] in moved(changes)


def test_an_activated_model_is_used_at_once_and_its_version_told(
    store: Path, adapted: Classifier, written: Path
) -> None:
    before = understand(NEXT)
    assert versions.activate(written, AT) == adapted.version
    after = understand(NEXT)
    assert (before.model_version, after.model_version) == (read_classifier(versions.SHIPPED).version, adapted.version)
    assert after.categories[0].code == "public_facility"
    assert versions.active() == versions.Active(
        adapted.version, is_shipped=False, activated_at="2026-11-24T04:00:00+00:00"
    )
    versions.activate_shipped()
    assert understand(NEXT).model_version == before.model_version


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda store: next(store.glob("*/weights.npz")).write_bytes(b"no"), "no model can be read"),
        (lambda store: next(store.glob("*/about.json")).unlink(), "no model can be read"),
        (lambda store: (store / "active.json").write_text("{"), ""),
        (
            lambda store: (store / "active.json").write_text(
                json.dumps({**json.loads((store / "active.json").read_text()), "reader": "another"})
            ),
            "train it again",
        ),
    ],
)
def test_a_model_that_does_not_fit_is_not_used_and_that_is_said(
    store: Path, written: Path, spoil: Callable[[Path], object], says: str
) -> None:
    versions.activate(written, AT)
    spoil(store)
    versions._current.classifier = None  # another process, started now
    shipped = read_classifier(versions.SHIPPED).version
    assert understand(NEXT).model_version == shipped
    found = versions.active()
    assert (found.version, found.is_shipped, bool(found.problem)) == (shipped, True, True)
    assert says in found.problem


def test_a_model_of_other_categories_is_refused(store: Path, adapted: Classifier, tmp_path: Path) -> None:
    adapted.about["categories"], kept = ["garbage"], adapted.about["categories"]
    try:
        write_classifier(adapted, tmp_path / "next")
    finally:
        adapted.about["categories"] = kept
    with pytest.raises(versions.ModelRefused, match="other categories"):
        versions.activate(tmp_path / "next", AT)
    with pytest.raises(versions.ModelRefused, match="no model can be read"):
        versions.activate(tmp_path / "nowhere", AT)
    assert versions.active().is_shipped
