"""The whole course of training: read, learn, measure out of fold, write the model and its card."""

import csv
import gzip
import hashlib
from collections.abc import Sequence
from pathlib import Path

from bot.understanding.card import REAL, write_card
from bot.understanding.classifier import Classifier, Scores, write_classifier
from bot.understanding.deciding import intent_in_context, is_emergency, is_unsure, secondaries
from bot.understanding.examination import table
from bot.understanding.features import features_of
from bot.understanding.measuring import Verdict
from bot.understanding.reading import read
from bot.understanding.sentences import (
    CATEGORIES,
    CORPUS,
    INTENTS,
    Sentence,
    codes_of,
    own_sentences,
    read_sentences,
    with_text,
)
from bot.understanding.training import Lesson, OutOfFold, prepare, scores_of, train

# Labels of our own for reports that are public elsewhere, by their number there: never their text.
PUBLIC_LABELS = Path(__file__).parent / "public_labels.tsv"

# Never trained on; there when this is a checkout of the project.
HELD_BACK = Path(__file__).parents[2] / "tests" / "data"

OURS = "Sentences of our own"
PICKED = "Real reports we labelled"


def run_course(extras: Sequence[Path], public: Path | None, folder: Path, *, with_card: bool = True) -> str:
    """Train on our sentences, extra files and labelled public reports; return the table out of fold.

    Writes the model into `folder` and, when wanted, MODEL_CARD.md beside that folder.
    """
    real = [sentence for path in extras for sentence in with_text(read_sentences(path))]
    if public is not None:
        real += labelled_public_reports(public)
    lesson = prepare(own_sentences(), real)
    classifier, found = train(lesson)
    write_classifier(classifier, folder)
    parts = verdicts_out_of_fold(lesson, found)
    text = "\n\n".join(
        f"{title}, by five-fold cross-validation\n{table(verdicts)}" for title, verdicts in parts.items()
    )
    if with_card:
        sources = [*sorted(CORPUS.glob("*.tsv")), *extras, *([public, PUBLIC_LABELS] if public else [])]
        write_card(folder, classifier, hashes_of(sources), parts, verdicts_held_back(classifier))
    return f"{text}\n\nmodel {classifier.version}, {len(lesson.sentences)} sentences"


def labelled_public_reports(public: Path) -> list[Sentence]:
    """The public reports we labelled, with their text from a CSV (perhaps gzipped) that has it by row number."""
    opened = gzip.open if public.suffix == ".gz" else open
    with opened(public, "rt", encoding="utf-8", newline="") as lines:
        texts = {row["rid"]: row["text"] for row in csv.DictReader(lines)}
    with PUBLIC_LABELS.open(encoding="utf-8", newline="") as lines:
        labels = list(csv.DictReader(lines, delimiter="\t"))
    missing = [label["rid"] for label in labels if label["rid"] not in texts]
    if missing:
        raise ValueError(f"{public.name}: no report {missing[0]} ({len(missing)} of our labels have no text)")
    return [
        Sentence(
            text=texts[label["rid"]],
            intent="report",
            primary=label["primary"],
            also=tuple(code for code in label["also"].split("|") if code),
            emergency=label["emergency"] == "yes",
            clear=label["clear"] == "yes",
            tags=(PICKED,),
        )
        for label in labels
    ]


def verdicts_out_of_fold(lesson: Lesson, found: OutOfFold) -> dict[str, list[Verdict]]:
    """What models that had not seen them thought of the sentences, by where these come from."""
    parts: dict[str, list[Verdict]] = {REAL: [], PICKED: [], OURS: []}
    for sentence, ours, scores in zip(lesson.sentences, lesson.ours, scores_of(lesson, found), strict=True):
        part = OURS if ours else PICKED if PICKED in sentence.tags else REAL
        parts[part].append(_verdict(sentence, scores))
    return {title: verdicts for title, verdicts in parts.items() if verdicts}


def verdicts_held_back(classifier: Classifier) -> dict[str, list[Verdict]]:
    """What this model thinks of the sentences it is examined on, by their file; nothing where there are none."""
    return {
        path.stem.removeprefix("understanding_"): [
            _verdict(sentence, classifier.scores(classifier.known(features_of(read(sentence.text)))))
            for sentence in read_sentences(path)
        ]
        for path in sorted(HELD_BACK.glob("understanding_*.tsv"))
    }


def _verdict(sentence: Sentence, scores: Scores) -> Verdict:
    """The answer as it would be decided for somebody who has no ticket and was asked nothing."""
    reading = read(sentence.text)
    best = int(scores.categories.argmax())
    code, confidence = CATEGORIES[best], float(scores.categories[best])
    more = tuple(other for other, _ in secondaries(scores, CATEGORIES, code))
    emergency = is_emergency(reading, scores, INTENTS)
    intents = intent_in_context(scores, INTENTS, has_open_tickets=False, question_pending=False)
    intent = "report" if emergency else INTENTS[int(intents.argmax())]
    return Verdict(
        intent=sentence.intent,
        understood_intent=intent,
        codes=codes_of(sentence),
        understood_codes=(code, *more) if intent == "report" else (),
        best_code=code,
        confidence=confidence,
        emergency=sentence.emergency,
        understood_emergency=emergency,
        unsure=is_unsure(intent, scores, INTENTS, intents, reading, said_so=emergency),
        clear=sentence.clear,
    )


def hashes_of(paths: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of each file, by its name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
