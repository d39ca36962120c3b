"""Understand what a resident writes: intent, categories, danger, language, and how sure we are."""

from dataclasses import dataclass

import numpy as np

from bot.thai import load_dictionary
from bot.understanding import versions
from bot.understanding.classifier import Classifier, Floats, Known, Scores
from bot.understanding.danger import hotline_for
from bot.understanding.deciding import intent_in_context, is_emergency, is_unsure, secondaries
from bot.understanding.features import Features, features_of
from bot.understanding.poisoning import has_swallowed_too_much, is_poisoning
from bot.understanding.reading import Reading, read
from bot.understanding.reasons import words_that_decided

MODEL_FOLDER = versions.SHIPPED
ALTERNATIVES = 3
#: What somebody who does not want to live, or has swallowed too much, is a matter of.
_FOR_PEOPLE = ("safety", "welfare")


@dataclass(frozen=True, slots=True)
class Guess:
    """A category and how likely it is the right one, 0 to 1."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation knows: "ยังไม่มาเลย" means something only to who is waiting."""

    has_open_tickets: bool = False
    question_pending: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one message was understood as."""

    intent: str
    categories: tuple[Guess, ...]  # asserted, the primary first, at most 3; () unless intent is report
    alternatives: tuple[Guess, ...]  # exactly 3, likeliest first
    emergency: bool
    hotline: str | None  # code of the owner to call, when emergency
    language: str  # th | en | my | lo | km | other
    because: tuple[str, ...]  # words that decided, shown to officers
    unsure: bool  # asking beats guessing
    model_version: str


def load() -> None:
    """Load model and dictionary now; safe in several threads, and done only once."""
    _loaded()


@dataclass(frozen=True, slots=True)
class Hearing:
    """One message, read once; what it means depends on what is known around it."""

    _classifier: Classifier
    _reading: Reading
    _features: Features
    _known: Known
    _scores: Scores
    _is_emergency: bool

    def understood(self, context: Context = Context()) -> Understanding:
        """What it means where this is known."""
        scores, intents = self._scores, self._classifier.intents
        chances = intent_in_context(scores, intents, context.has_open_tickets, context.question_pending)
        return self._understanding(chances, is_a_report=self._is_emergency)

    def as_report(self) -> Understanding:
        """What it means when the person said that it is a report: categories are always there."""
        chances = intent_in_context(self._scores, self._classifier.intents, False, False)
        return self._understanding(chances, is_a_report=True)

    def _understanding(self, intents: Floats, *, is_a_report: bool) -> Understanding:
        classifier, scores = self._classifier, self._scores
        intent = "report" if is_a_report else classifier.intents[int(np.argmax(intents))]
        guesses = _likeliest(scores.categories, classifier.categories)
        hotline = _hotline(self._reading.text, guesses[0].code) if self._is_emergency else None
        is_of_a_person = hotline == "mind" or has_swallowed_too_much(self._reading.text)
        if is_of_a_person and guesses[0].code == "animals":  # หนู is a mouse, and how a child calls itself
            without = [code != "animals" for code in classifier.categories]
            for_people = [code in _FOR_PEOPLE for code in classifier.categories]
            guesses = _likeliest(scores.categories * without, classifier.categories)
            first = _likeliest(scores.categories * for_people, classifier.categories)[0]
            guesses = (first, *[guess for guess in guesses if guess != first])[:ALTERNATIVES]
        primary = guesses[0].code
        categories: tuple[Guess, ...] = ()
        if intent == "report":
            more = secondaries(scores, classifier.categories, primary)
            if is_of_a_person:
                more = [found for found in more if found[0] != "animals"]
            categories = (guesses[0], *(Guess(code, confidence) for code, confidence in more))
        return Understanding(
            intent=intent,
            categories=categories,
            alternatives=guesses,
            emergency=self._is_emergency,
            hotline=hotline,
            language=self._reading.language,
            because=words_that_decided(classifier, self._reading, self._features, self._known, intent, primary),
            unsure=is_unsure(intent, scores, classifier.intents, intents, self._reading, said_so=is_a_report),
            model_version=classifier.version,
        )


def hear(text: str) -> Hearing:
    """Read any string; never fails. Loads the model when it is not loaded yet."""
    classifier = _loaded()
    reading = read(text)
    features = features_of(reading)
    known = classifier.known(features)
    scores = classifier.scores(known)
    return Hearing(classifier, reading, features, known, scores, is_emergency(reading, scores, classifier.intents))


def understand(text: str, context: Context = Context()) -> Understanding:
    """Understand any string; never fails."""
    return hear(text).understood(context)


def as_report(text: str) -> Understanding:
    """Understand a text that is a report because the person said so."""
    return hear(text).as_report()


def version() -> str:
    """The model in use; it stands on every report."""
    return _loaded().version


def _loaded() -> Classifier:
    load_dictionary()
    return versions.current()


def _hotline(text: str, category: str) -> str:
    """Whom to call first; who wants to die is listened to before anything else."""
    found = hotline_for(text, category)
    if found == "mind" or not is_poisoning(text):
        return found
    return "ems" if has_swallowed_too_much(text) else "fire"


def _likeliest(chances: Floats, codes: tuple[str, ...]) -> tuple[Guess, ...]:
    order = np.argsort(-chances, kind="stable")[:ALTERNATIVES]
    return tuple(Guess(codes[place], round(float(chances[place]), 4)) for place in order)
