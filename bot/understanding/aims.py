"""What the understanding must reach, and whether it does: the card says it plainly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.measuring import (
    Verdict,
    all_codes,
    calibration_error,
    macro_f1,
    per_category,
    share_right,
    tally,
)
from bot.understanding.sentences import CATEGORIES

AT_LEAST_ROWS = 50  # categories with fewer say nothing about a mean


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure that was promised; `floor` is a ceiling where less is better."""

    name: str
    floor: float
    reached: float
    less_is_better: bool = False

    @property
    def is_reached(self) -> bool:
        return self.reached <= self.floor if self.less_is_better else self.reached >= self.floor


def aims_on_real_reports(verdicts: Sequence[Verdict]) -> list[Aim]:
    """The promises about real reports, of models that had not seen them."""
    clear = [verdict for verdict in verdicts if verdict.clear]
    kinds = per_category(verdicts, CATEGORIES)
    confidence = [(verdict.confidence, verdict.primary == verdict.best_code) for verdict in verdicts]
    return [
        Aim("primary right, clear rows", 0.93, share_right(v.primary == v.best_code for v in clear)),
        Aim(f"macro-F1, categories with {AT_LEAST_ROWS} rows and more", 0.90, macro_f1(kinds, AT_LEAST_ROWS)),
        Aim("micro-F1 with all codes", 0.90, all_codes(verdicts).f1),
        Aim("garbage F1", 0.95, kinds["garbage"].f1),
        Aim("traffic F1", 0.95, kinds["traffic"].f1),
        Aim("primary right when not unsure", 0.96, share_right(right for _, right in _sure(verdicts))),
        Aim("unsure, clear rows", 0.15, share_right(v.unsure for v in clear), less_is_better=True),
        Aim("calibration error", 0.05, calibration_error(confidence), less_is_better=True),
    ]


def _sure(verdicts: Sequence[Verdict]) -> list[tuple[Verdict, bool]]:
    return [(verdict, verdict.primary == verdict.best_code) for verdict in verdicts if not verdict.unsure]


def aims_on_held_back(parts: Mapping[str, Sequence[Verdict]]) -> list[Aim]:
    """The promises about sentences held back: by the name of their file, without `understanding_` and ending."""
    everything = [verdict for verdicts in parts.values() for verdict in verdicts]
    red = "tap_water_quality"
    water = tally((v.primary == red, v.understood_codes[:1] == (red,)) for v in parts["tap_water"])
    danger = tally((v.emergency, v.understood_emergency) for v in parts["emergency"])
    told_apart = tally((v.intent == "report", v.understood_intent == "report") for v in everything)
    return [
        Aim("tap_water_quality F1 against its confusables", 0.95, water.f1),
        Aim("tap_water_quality precision", 0.95, water.precision),
        Aim("intent", 0.95, share_right(v.intent == v.understood_intent for v in everything)),
        Aim("report or not F1", 0.97, told_apart.f1),
        Aim("emergency recall", 0.95, danger.recall),
        Aim("emergency precision", 0.80, danger.precision),
    ]


def aims_as_table(aims: Sequence[Aim]) -> str:
    """The aims as Markdown."""
    lines = ["| what | must be | is | |", "|---|---|---|---|"]
    for aim in aims:
        sign = "≤" if aim.less_is_better else "≥"
        verdict = "reached" if aim.is_reached else "**not reached**"
        lines.append(f"| {aim.name} | {sign} {aim.floor:.2f} | {aim.reached:.3f} | {verdict} |")
    return "\n".join([*lines, ""])
