"""Where one Thai word ends and the next begins."""

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

# PyThaiNLP makes a folder in the home of whoever imports it; a service user may have no home to write in.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

import nlpo3

_DICTIONARY = "thai"


@cache
def load_dictionary() -> None:
    """Read PyThaiNLP's dictionary now, so that the first resident does not wait for it."""
    dictionary = Path(str(files("pythainlp.corpus") / "words_th.txt"))
    if not dictionary.is_file():  # nlpO3 would panic, past every `except Exception`
        raise FileNotFoundError(dictionary)
    nlpo3.load_dict(str(dictionary), _DICTIONARY)


def words(text: str) -> list[str]:
    """The words of a text in order, by dictionary and longest match; spaces and blanks left out.

    Give it normalised text: the dictionary knows one spelling. Time grows with the length, a quarter of a
    millisecond for a thousand characters.
    """
    load_dictionary()
    return [word for piece in nlpo3.segment(text, _DICTIONARY) if (word := piece.strip())]
