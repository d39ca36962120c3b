"""What would change if another model took over: for each class, and which sentences go elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.classifier import Classifier
from bot.understanding.deciding import SURE_OF_CATEGORY
from bot.understanding.features import features_of
from bot.understanding.reading import read
from bot.understanding.sentences import Sentence

_HEADER = f"{'category':20} {'rows':>5} {'right before':>12} {'right after':>11} {'better':>6} {'worse':>6}"


@dataclass(frozen=True, slots=True)
class Change:
    """One labelled report, and what each model takes it for."""

    sentence: Sentence
    before: str
    after: str
    was_sure: bool
    is_sure: bool


def compare(old: Classifier, new: Classifier, sentences: Sequence[Sentence]) -> list[Change]:
    """Let both models read every report among these sentences."""
    changes = []
    for sentence in sentences:
        if not sentence.primary:
            continue
        features = features_of(read(sentence.text))
        (before, was_sure), (after, is_sure) = (
            _likeliest(model, model.scores(model.known(features)).categories) for model in (old, new)
        )
        changes.append(Change(sentence, before, after, was_sure, is_sure))
    return changes


def _likeliest(model: Classifier, chances: np.ndarray) -> tuple[str, bool]:
    best = int(np.argmax(chances))
    return model.categories[best], bool(chances[best] >= SURE_OF_CATEGORY)


def table(changes: Sequence[Change]) -> str:
    """Per class what gets better and worse, what moves where, and how often each model would ask."""
    lines = [_HEADER]
    codes = sorted({change.sentence.primary for change in changes})
    lines += [_row(code, [change for change in changes if change.sentence.primary == code]) for code in codes]
    lines += ["", _row("all", changes)]
    asked = sum(not change.was_sure for change in changes), sum(not change.is_sure for change in changes)
    lines.append(f"asked before {asked[0]}, after {asked[1]} of {len(changes)}")
    moved = Counter((change.before, change.after) for change in changes if change.before != change.after)
    lines += ["", "what moves:" if moved else "nothing moves"]
    lines += [f"{before} → {after}  {count}" for (before, after), count in moved.most_common()]
    return "\n".join(lines)


def _row(name: str, changes: Sequence[Change]) -> str:
    before = [change.before == change.sentence.primary for change in changes]
    after = [change.after == change.sentence.primary for change in changes]
    better = sum(now and not then for then, now in zip(before, after, strict=True))
    worse = sum(then and not now for then, now in zip(before, after, strict=True))
    return f"{name:20} {len(changes):5} {sum(before):12} {sum(after):11} {better:6} {worse:6}"


def moved(changes: Sequence[Change]) -> str:
    """One line for each sentence that goes elsewhere: the words, what is right, before, after."""
    return "\n".join(
        f"{change.sentence.text} | {change.sentence.primary} | {change.before} → {change.after}"
        for change in changes
        if change.before != change.after
    )
