"""MODEL_CARD.md: what the model in use learnt from, how well it does, and where it fails."""

from collections.abc import Sequence
from pathlib import Path

from bot.understanding.classifier import Classifier
from bot.understanding.examination import table
from bot.understanding.measuring import Verdict, calibration_bins, share_right

CARD = "MODEL_CARD.md"


def write_card(folder: Path, classifier: Classifier, sources: dict[str, str], parts: dict[str, list[Verdict]]) -> None:
    """Write the card beside the model's folder."""
    (folder.parent / CARD).write_text(card_text(classifier, sources, parts), encoding="utf-8")


def card_text(classifier: Classifier, sources: dict[str, str], parts: dict[str, list[Verdict]]) -> str:
    """The card as Markdown."""
    text = [
        _INTRODUCTION.format(
            version=classifier.version,
            sentences=classifier.about["sentences"],
            features=classifier.hashes.size,
        ),
        _files(sources),
    ]
    for title, verdicts in parts.items():
        text += [_figures(title, verdicts), _calibration(verdicts)]
    return "\n".join([*text, _LIMITS])


def _files(sources: dict[str, str]) -> str:
    lines = [f"| {name} | `{digest}` |" for name, digest in sources.items()]
    return "\n".join(["| file | SHA-256 |", "|---|---|", *lines, ""])


def _figures(title: str, verdicts: Sequence[Verdict]) -> str:
    how = "By five-fold cross-validation, decided as at run time, without context:"
    return f"## {title}\n\n{how}\n\n```\n{table(verdicts)}\n```\n"


def _calibration(verdicts: Sequence[Verdict]) -> str:
    reports = [(verdict.confidence, verdict.primary == verdict.best_code) for verdict in verdicts if verdict.codes]
    lines = ["Calibration of the primary category (each # is 5 %):", "", "```", "said        rows  right"]
    for number, rows in enumerate(calibration_bins(reports)):
        if rows:
            right = share_right(is_right for _, is_right in rows)
            lines.append(
                f"{number / 10:.1f}–{number / 10 + 0.1:.1f} {len(rows):8} {right:6.2f}  {'#' * round(right * 20)}"
            )
    return "\n".join([*lines, "```", ""])


_INTRODUCTION = """# Model card: understanding of reports

Version `{version}`, learnt from {sentences} sentences; {features} hashed features with eight-bit weights.
Written by `flask understanding train`; do not edit by hand.

**What it does.** Gives a message one of ten intents, a report one of 22 categories (and further ones it also
names), and says whether somebody is in danger now. Linear scores over hashed letters (2 to 5), words (1 to 2)
and cues; what is said first counts most. A logistic mixing of all scores gives the chances of the categories;
it, the temperatures and the slopes are fitted on scores out of fold. Danger is heard by words and scores together.

**What it learnt from.** Sentences of our own (`bot/understanding/corpus/`), written for this project; real
reports, credited: *Traffy Fondue public reports (BMA × NECTEC)*, mostly Bangkok 2021–2024, labelled for this
project. Only hashed weights are kept of them, no text; a feature that stands in one text only is not kept.

**When it asks.** A wrong route is held to cost as much as five questions, so a category is asserted from a
confidence of 0.8; below that the resident is asked once.
"""

_LIMITS = """## Known limits

- Almost no real report about the quality of tap water is public: that category rests on sentences of our own.
- Real reports lean formal and Bangkok; northern, north-eastern and southern words are few and written by us.
- The public reports we labelled ourselves (`public_labels.tsv`, numbers only) were each read once by one reader,
  long ones not to their end; about three in eight are a random sample, the others were picked for rare or hard
  kinds or because the model was unsure: their mix is not that of usual reports, and their figures are lower.
- Cross-validation on our own sentences is stricter than use: they were written to differ from one another.
- Two teams meet on a footpath (stalls, parked motorcycles, broken tiles) and on a road (holes beside manholes,
  works that also stop traffic): most errors on real reports lie there.
- Burmese and Khmer are recognised by their script and kept for a person; their category is only a guess.
- `emergency` prefers recall: a report of fear or of the past may ring, silence would cost more.
"""
