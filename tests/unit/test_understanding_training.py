"""Training can be repeated by anyone: the same sentences give the same model, through the commands too."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bot.cli.understanding import understanding
from bot.understanding import MODEL_FOLDER
from bot.understanding.classifier import read_classifier, write_classifier
from bot.understanding.features import features_of
from bot.understanding.reading import read
from bot.understanding.sentences import Sentence, read_sentences
from bot.understanding.training import folds, matrix_of, prepare, train

_LESSONS = {
    "garbage": ["ขยะล้นถัง", "ขยะไม่เก็บ", "กองขยะเหม็น", "ถังขยะเต็ม", "ขยะเต็มซอย", "เก็บขยะด้วย"],
    "road": ["ถนนเป็นหลุม", "หลุมบนถนน", "ถนนพัง", "ถนนทรุด", "ซ่อมถนนด้วย", "ถนนขรุขระ"],
}
_GREETINGS = ["สวัสดี", "สวัสดีตอนเช้า", "หวัดดีครับผม", "สวัสดีปีใหม่", "สวัสดีเจ้าหน้าที่", "หวัดดีทุกคน"]


def _sentences() -> list[Sentence]:
    reports = [
        Sentence(text, "report", code, (), emergency=False) for code, texts in _LESSONS.items() for text in texts
    ]
    return reports + [Sentence(text, "greeting", "", (), emergency=False) for text in _GREETINGS]


def test_the_same_sentences_give_the_same_model(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        classifier, _ = train(prepare(_sentences(), []))
        write_classifier(classifier, tmp_path / folder)
    for name in ("weights.npz", "about.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_written_model_answers_as_the_one_that_was_trained(tmp_path: Path) -> None:
    classifier, _ = train(prepare(_sentences(), []))
    write_classifier(classifier, tmp_path)
    again = read_classifier(tmp_path)
    features = features_of(read("ขยะเต็มถนน"))
    assert np.allclose(classifier.raw(classifier.known(features)), again.raw(again.known(features)), atol=0.02)
    best = again.scores(again.known(features)).categories.argmax()
    assert again.categories[int(best)] == "garbage"


def test_run_time_weighs_exactly_as_training_did() -> None:
    lesson = prepare(_sentences(), [])
    classifier, _ = train(lesson)
    known = [classifier.known(features_of(read(sentence.text))) for sentence in lesson.sentences]
    assert abs(matrix_of(known, lesson.hashes.size) - lesson.matrix).max() < 1e-6


def test_a_feature_of_one_text_alone_is_not_kept() -> None:
    sentences = [*_sentences(), Sentence("นายสมชายใจดีผู้แจ้ง", "chitchat", "", (), emergency=False)]
    classifier, _ = train(prepare(sentences, []))
    features = features_of(read("สมชายใจดี"))
    whole_words = classifier.known(features).word_places
    assert (whole_words < 0).all()


def test_nobody_is_examined_on_a_text_that_was_learnt() -> None:
    sentences = [
        *_sentences(),
        *(Sentence(f"ขยะ ล้นถัง {n}!", "report", "garbage", (), emergency=False) for n in range(9)),
    ]
    again = {0, *range(len(sentences) - 9, len(sentences))}  # the same letters
    left_out_at_all = []
    for learnt, left_out in folds(sentences):
        assert not set(learnt) & set(left_out)
        assert len(again & set(left_out)) in (0, len(again))
        left_out_at_all += left_out.tolist()
    assert sorted(left_out_at_all) == list(range(len(sentences)))


def test_a_model_of_another_format_is_refused(tmp_path: Path) -> None:
    about = (MODEL_FOLDER / "about.json").read_text(encoding="utf-8").replace('"format": 2', '"format": 99')
    (tmp_path / "about.json").write_text(about, encoding="utf-8")
    with pytest.raises(ValueError, match="format 99"):
        read_classifier(tmp_path)


def test_the_commands_train_and_evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = _sentences()
    monkeypatch.setattr("bot.understanding.course.own_sentences", lambda: corpus)
    extra = tmp_path / "extra.tsv"
    extra.write_text(
        "text\tprimary\talso\temergency\tclear\n" + "ขยะกองหน้าตลาด\tgarbage\t\tno\tyes\n" * 6, encoding="utf-8"
    )
    folder = tmp_path / "model"
    trained = CliRunner().invoke(understanding, ["train", "--extra", str(extra), "--folder", str(folder)])
    assert trained.exit_code == 0, trained.output
    assert "Real reports" in trained.output
    assert read_classifier(folder).version in trained.output
    card = (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "extra.tsv" in card
    assert "ขยะกองหน้าตลาด" not in card

    measured = CliRunner().invoke(understanding, ["evaluate", str(extra), "--errors"])
    assert measured.exit_code == 0, measured.output
    assert "primary right 1.000" in measured.output


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("text\tprimary\nx\troad\n", "no column also, emergency"),
        ("text\tprimary\talso\temergency\nx\trod\t\tno\n", "unknown category 'rod'"),
        ("text\tprimary\talso\temergency\nx\t\t\tno\n", "a report has a primary"),
        ("text\tintent\tprimary\talso\temergency\nx\thello\t\t\tno\n", "unknown intent 'hello'"),
    ],
)
def test_a_file_that_cannot_be_meant_so_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "wrong.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_sentences(path)
    refused = CliRunner().invoke(understanding, ["evaluate", str(path)])
    assert refused.exit_code == 1
    assert complaint in refused.output
