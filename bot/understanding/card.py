"""MODEL_CARD.md: what the model in use learnt from, how well it does, and where it fails."""

from collections.abc import Sequence
from pathlib import Path

from bot.understanding.aims import aims_as_table, aims_on_held_back, aims_on_real_reports
from bot.understanding.classifier import Classifier
from bot.understanding.examination import table
from bot.understanding.measuring import Verdict, calibration_bins, share_right

CARD = "MODEL_CARD.md"
REAL = "Real reports"

_OUT_OF_FOLD = "By five-fold cross-validation, decided as at run time, without context:"
_HELD_BACK = "Written before training and never trained on; by the model as it is, without context:"


Parts = dict[str, list[Verdict]]


def write_card(
    folder: Path, classifier: Classifier, sources: dict[str, str], parts: Parts, held_back: Parts | None = None
) -> None:
    """Write the card beside the model's folder: parts out of fold, and what was held back by its file."""
    text = card_text(classifier, sources, parts, held_back or {})
    (folder.parent / CARD).write_text(text, encoding="utf-8")


def card_text(classifier: Classifier, sources: dict[str, str], parts: Parts, held_back: Parts) -> str:
    """The card as Markdown."""
    text = [
        _INTRODUCTION.format(
            version=classifier.version,
            sentences=classifier.about["sentences"],
            features=classifier.hashes.size,
        ),
        _files(sources),
        *_aims(parts, held_back),
    ]
    for title, verdicts in parts.items():
        text += [_figures(title, verdicts, _OUT_OF_FOLD), _calibration(verdicts)]
    for name, verdicts in held_back.items():
        text.append(_figures(f"Held back: {name}", verdicts, _HELD_BACK))
    return "\n".join([*text, _LIMITS])


def _aims(parts: Parts, held_back: Parts) -> list[str]:
    """What must be reached, and what is not, and why."""
    text = []
    if REAL in parts:
        text += [_AIMS, aims_as_table(aims_on_real_reports(parts[REAL])), _why(parts[REAL])]
    if {"tap_water", "emergency"} <= set(held_back):
        text += [
            "Held-back sentences of our own, by the model as it is:\n",
            aims_as_table(aims_on_held_back(held_back)),
        ]
    return text


def _why(verdicts: Sequence[Verdict]) -> str:
    wrong = [verdict for verdict in verdicts if verdict.primary != verdict.best_code]
    return _WHY.format(
        errors=len(wrong),
        several=sum(len(verdict.codes) > 1 for verdict in wrong),
        other=sum(verdict.best_code in verdict.codes for verdict in wrong),
        unclear=sum(not verdict.clear for verdict in wrong),
    )


def _files(sources: dict[str, str]) -> str:
    lines = [f"| {name} | `{digest}` |" for name, digest in sources.items()]
    return "\n".join(["| file | SHA-256 |", "|---|---|", *lines, ""])


def _figures(title: str, verdicts: Sequence[Verdict], how: str) -> str:
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
Each is also learnt as a thumb types it (no tone marks; letters dropped, swapped, taken for their likes), counting
less than what was written; measured is only what was written.

**When it asks.** A wrong route is held to cost as much as five questions, so a category is asserted from a
confidence of 0.8; below that the resident is asked once.
"""

_AIMS = """## What must be reached

Real reports (`labelled_reports.tsv`), by models that had not seen them; a floor holds when the figure reaches it:
"""

_WHY = """Why not more: of {errors} wrong primaries {several} lie on reports that name several problems (in {other} of
them another of those was chosen), and {unclear} on rows whose reader noted that a colleague might choose otherwise.
More labels help little now: the last 6,140 let it ask less often and be surer, but no more primaries became right.
Dense vectors of the same texts added nothing to the linear scores out of fold, nor did the platform's own tags:
what would is something that has read far more Thai than
these reports, and none fits into a millisecond and 130 MB.
"""

_LIMITS = """## Known limits

- Almost no real report about the quality of tap water is public: that category rests on sentences of our own.
- Real reports lean formal and Bangkok; northern, north-eastern and southern words are few and written by us.
- The public reports we labelled ourselves (`public_labels.tsv`, numbers only) were each read once by one reader,
  long ones not to their end, and in many short ones the place or a picture says what the words leave out.
- Cross-validation on our own sentences is stricter than use: they were written to differ from one another.
- Two teams meet on a footpath (stalls, parked motorcycles, broken tiles) and on a road (holes beside manholes,
  works that also stop traffic): most errors on real reports lie there.
- Burmese and Khmer are recognised by their script and kept for a person; their category is only a guess.
- `emergency` prefers recall: a report of fear or of the past may ring, silence would cost more.
- The rules for tablets and gas (`poisoning.py`) were led by two sentences of *short*: of these it proves nothing.
"""
