"""Words as the search index knows them: folding, near misses, and what to mark in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

SHORTEST_KEPT: Final = 4  # shorter words are not kept for finding what was meant
_WORD: Final = re.compile(r"[^\W_]+")
_DIGIT: Final = re.compile(r"\d")
_FEWEST_DIGITS: Final = 3  # a piece of a number that is worth a mark


def fold_word(word: str) -> str:
    """A word as SQLite's unicode61 tokenizer stores it: small letters without diacritics."""
    if word.isascii():
        return word.lower()
    split = unicodedata.normalize("NFD", word.lower())
    bare = "".join(sign for sign in split if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def words_in(text: str) -> list[str]:
    """The words of a text as they were written, in their order."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def kept_words(texts: Iterable[str]) -> set[str]:
    """The folded words that a mistyped one may have meant: long enough, no house numbers."""
    return {
        folded
        for text in texts
        for word in words_in(text)
        if len(folded := fold_word(word)) >= SHORTEST_KEPT and not folded[0].isdigit()
    }


def one_edit_apart(one: str, other: str) -> bool:
    """Whether a letter was replaced, left out, put in, or swapped with the next; not equal."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    at = next((i for i, sign in enumerate(one) if sign != other[i]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or (len(one) - at > 1 and swapped == other[at:])


@lru_cache(maxsize=4096)
def marks(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where a text shows what was looked for: (start, length) in ascending order, apart.

    ``words`` are folded; a word of the text is marked as far as it begins with one of them, a
    number as far as its digits are among those that were typed.
    """
    found = []
    for match in _WORD.finditer(text):
        length = max((_begins(match.group(), word) for word in words), default=0)
        if length:
            found.append((match.start(), length))
    if found:
        return tuple(found)
    digits = "".join(words)
    return _digits_of(text, digits) if digits.isdigit() else ()


def _begins(word: str, wanted: str) -> int:
    """How many letters of ``word`` say ``wanted``; 0 when it does not begin so."""
    if not wanted or not fold_word(word).startswith(wanted):
        return 0
    if word.isascii():
        return len(wanted)
    return next(n for n in range(1, len(word) + 1) if fold_word(word[:n]).startswith(wanted))


def _digits_of(text: str, digits: str) -> tuple[tuple[int, int], ...]:
    places = [match.start() for match in _DIGIT.finditer(text)]
    written = "".join(text[place] for place in places)
    for tail in (digits, digits.removeprefix("00"), digits.removeprefix("1"), digits[-7:]):
        at = written.find(tail) if len(tail) >= _FEWEST_DIGITS else -1
        if at >= 0:
            start, end = places[at], places[at + len(tail) - 1]
            return ((start, end + 1 - start),)
    return ()
