"""Put sentences to the model in use and set its answers beside the right ones."""

from collections.abc import Sequence

from bot.understanding import Understanding, understand
from bot.understanding.measuring import (
    Tally,
    Verdict,
    all_codes,
    calibration_error,
    interval,
    macro_f1,
    per_category,
    per_intent,
    share_right,
    tally,
)
from bot.understanding.sentences import CATEGORIES, INTENTS, Sentence, codes_of


def examine(sentences: Sequence[Sentence]) -> list[Verdict]:
    """Understand every sentence, without context, and keep the answer beside the right one."""
    return [verdict_on(sentence, understand(sentence.text)) for sentence in sentences]


def verdict_on(sentence: Sentence, found: Understanding) -> Verdict:
    """The right answer beside the one found."""
    return Verdict(
        intent=sentence.intent,
        understood_intent=found.intent,
        codes=codes_of(sentence),
        understood_codes=tuple(guess.code for guess in found.categories),
        best_code=found.alternatives[0].code,
        confidence=found.alternatives[0].confidence,
        emergency=sentence.emergency,
        understood_emergency=found.emergency,
        unsure=found.unsure,
        clear=sentence.clear,
    )


def table(verdicts: Sequence[Verdict]) -> str:
    """The figures as lines of text: what holds for all first, then every class that occurs."""
    lines = [*_overall(verdicts), "", _HEADER]
    reports = [verdict for verdict in verdicts if verdict.codes]
    lines += [_line(code, found) for code, found in per_category(verdicts, CATEGORIES).items() if _occurs(found)]
    if len(reports) < len(verdicts):
        lines += ["", _HEADER.replace("category", "intent  ")]
        lines += [_line(intent, found) for intent, found in per_intent(verdicts, INTENTS).items() if _occurs(found)]
    return "\n".join(lines)


_HEADER = f"{'category':20} {'rows':>5} {'precision':>9} {'recall':>7} {'F1':>6}  recall 95 %"


def _overall(verdicts: Sequence[Verdict]) -> list[str]:
    reports = [verdict for verdict in verdicts if verdict.codes]
    clear = [verdict for verdict in reports if verdict.clear]
    sure = [verdict for verdict in reports if not verdict.unsure]
    lines = [f"sentences {len(verdicts)}, reports {len(reports)}, of them clear {len(clear)}"]
    lines.append(_share("intent right", [v.intent == v.understood_intent for v in verdicts]))
    told_apart = tally((v.intent == "report", v.understood_intent == "report") for v in verdicts)
    lines.append(f"report or not F1 {told_apart.f1:.3f}")
    if reports:
        lines.append(_share("primary right", [v.primary == v.best_code for v in reports]))
        lines.append(_share("primary right, clear rows", [v.primary == v.best_code for v in clear]))
        lines.append(_share("primary right when not unsure", [v.primary == v.best_code for v in sure]))
        lines.append(_share("unsure, clear rows", [v.unsure for v in clear]))
        lines.append(f"all codes micro-F1 {all_codes(verdicts).f1:.3f}")
        lines.append(f"macro-F1, 50 rows and more {macro_f1(per_category(verdicts, CATEGORIES), 50):.3f}")
        confidence = calibration_error([(v.confidence, v.primary == v.best_code) for v in reports])
        lines.append(f"calibration error {confidence:.3f}")
    danger = tally((v.emergency, v.understood_emergency) for v in verdicts)
    lines.append(
        f"emergency recall {danger.recall:.3f} precision {danger.precision:.3f} "
        f"(found {danger.right}, missed {danger.missed}, false {danger.wrongly_found})"
    )
    return lines


def _share(name: str, answers: list[bool]) -> str:
    share = share_right(answers)
    low, high = interval(share, len(answers))
    return f"{name} {share:.3f} [{low:.3f}, {high:.3f}] of {len(answers)}"


def _line(name: str, found: Tally) -> str:
    rows = found.right + found.missed
    low, high = interval(found.recall, rows)
    return f"{name:20} {rows:5} {found.precision:9.3f} {found.recall:7.3f} {found.f1:6.3f}  [{low:.2f}, {high:.2f}]"


def _occurs(found: Tally) -> bool:
    return found.right + found.missed + found.wrongly_found > 0


def misunderstood(sentences: Sequence[Sentence], verdicts: Sequence[Verdict]) -> str:
    """One line for each sentence whose intent, primary category or danger was misunderstood."""
    lines = []
    for sentence, verdict in zip(sentences, verdicts, strict=True):
        right = f"{verdict.intent} {verdict.primary}{' danger' if verdict.emergency else ''}"
        best = verdict.best_code if verdict.understood_intent == "report" else ""
        found = f"{verdict.understood_intent} {best}{' danger' if verdict.understood_emergency else ''}"
        if right != found:
            lines.append(f"{sentence.text} | {right} | {found}{' ?' if verdict.unsure else ''}")
    return "\n".join(lines)
