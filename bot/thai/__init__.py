"""Thai as people type it: letters put right, words, and dates in the Buddhist era.

Beside `bot.understanding` the only door to PyThaiNLP, and to nlpO3, its longest matching in Rust. Its dictionary
is read on the first call of `words` (a seventh of a second, 60 MB); `load_dictionary` does it ahead of time.
"""

from bot.thai.dates import BUDDHIST_ERA_YEARS, month_named, thai_date, thai_date_in_full
from bot.thai.keyboard import typed_in_english_layout, typed_in_thai_layout
from bot.thai.letters import normalise
from bot.thai.segments import load_dictionary, words

__all__ = [
    "BUDDHIST_ERA_YEARS",
    "load_dictionary",
    "month_named",
    "normalise",
    "thai_date",
    "thai_date_in_full",
    "typed_in_english_layout",
    "typed_in_thai_layout",
    "words",
]
