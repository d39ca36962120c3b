"""Sentences with their answers: the corpus of our own, and reports labelled elsewhere."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"

CATEGORIES = (
    "tap_water_quality",
    "tap_water_supply",
    "garbage",
    "traffic",
    "transport",
    "flooding",
    "drainage",
    "canal",
    "road",
    "sidewalk",
    "street_light",
    "cables",
    "trees",
    "air",
    "noise",
    "animals",
    "obstruction",
    "safety",
    "public_facility",
    "welfare",
    "service",
    "other",
)
INTENTS = (
    "report",
    "status_question",
    "follow_up",
    "question",
    "greeting",
    "thanks",
    "human",
    "abuse",
    "chitchat",
    "cancel",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One message and what it should be understood as."""

    text: str
    intent: str
    primary: str  # empty unless the intent is report
    also: tuple[str, ...]
    emergency: bool
    language: str = "th"
    tags: tuple[str, ...] = ()
    clear: bool = True  # no where a colleague might choose otherwise


def read_sentences(path: Path) -> list[Sentence]:
    """Read a TSV of ours, or one of labelled reports (no `intent` column: every row is a report).

    Columns by name: text, primary, also (codes joined by a bar), emergency (yes/no); perhaps intent,
    lang, tags, clear. Names the line of the first row that cannot be meant so (ValueError).
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"text", "primary", "also", "emergency"} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name}: no column {', '.join(sorted(missing))}")
        return [_sentence(row, f"{path.name}:{number}") for number, row in enumerate(rows, 2)]


def _sentence(row: dict[str, str], where: str) -> Sentence:
    sentence = Sentence(
        text=row["text"],
        intent=row.get("intent") or "report",
        primary=row["primary"],
        also=tuple(code for code in row["also"].split("|") if code),
        emergency=row["emergency"] == "yes",
        language=row.get("lang") or "th",
        tags=tuple(tag for tag in (row.get("tags") or "").split("|") if tag),
        clear=row.get("clear", "yes") != "no",
    )
    if sentence.intent not in INTENTS:
        raise ValueError(f"{where}: unknown intent {sentence.intent!r}")
    unknown = [code for code in (sentence.primary, *sentence.also) if code and code not in CATEGORIES]
    if unknown:
        raise ValueError(f"{where}: unknown category {unknown[0]!r}")
    if bool(sentence.primary) != (sentence.intent == "report"):
        raise ValueError(f"{where}: a report has a primary category, and nothing else has")
    return sentence


def own_sentences(folder: Path = CORPUS) -> list[Sentence]:
    """All sentences of our own, file by file in the order of their names."""
    return [sentence for path in sorted(folder.glob("*.tsv")) for sentence in read_sentences(path)]


def codes_of(sentence: Sentence) -> tuple[str, ...]:
    """Every category a sentence reports, the primary first."""
    return (sentence.primary, *sentence.also) if sentence.primary else ()


def with_text(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences that say anything."""
    return [sentence for sentence in sentences if sentence.text.strip()]
