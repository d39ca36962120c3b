"""Where one Thai word ends and the next begins."""

import os

# PyThaiNLP makes a folder in the home of whoever imports it; a service user may have no home to write in.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")

from pythainlp.tokenize import word_dict_trie
from pythainlp.tokenize.newmm import segment


def load_dictionary() -> None:
    """Read the dictionary now, so that the first resident does not wait for it."""
    segment("น้ำ", word_dict_trie())


def words(text: str) -> list[str]:
    """The words of a text in order, by dictionary and longest match; spaces and blanks left out.

    Give it normalised text: the dictionary knows one spelling. Time grows with the length, about a
    millisecond for a thousand characters.
    """
    return [word for piece in segment(text) if (word := piece.strip())]
