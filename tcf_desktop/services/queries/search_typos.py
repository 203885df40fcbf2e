"""What was meant by a mistyped word: the words of the index that are one edit away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.search_words import SHORTEST_KEPT, fold_word
from tcf_desktop.services.search import typed_words

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_SHORTEST_BEGUN: Final = 5  # a shorter piece begins like half of all names
_LONGEST: Final = 30
_MOST_READ: Final = 400
_MOST: Final = 12
_END: Final = "\U0010ffff"

# Each word is looked up by the primary key; written as a join, all of them are one statement.
_AMONG = "SELECT s.word FROM json_each(?) p CROSS JOIN search_words s WHERE s.word = p.value"
_BEGUN = f"""
SELECT DISTINCT s.word FROM json_each(?) p CROSS JOIN search_words s
WHERE s.word >= p.value AND s.word < p.value || '{_END}' LIMIT {_MOST_READ}
"""
_LIKE_EITHER = f"""
SELECT word FROM search_words WHERE word >= ? AND word < ? AND (word GLOB ? OR word GLOB ?)
LIMIT {_MOST_READ}
"""


def meant_words(r: Reader, text: str) -> dict[str, tuple[str, ...]]:
    """For each typed word that nobody has, those that it may have meant; empty when every word
    is known or one is like none.

    Ask only where the text as it was typed finds nothing.
    """
    meant: dict[str, tuple[str, ...]] = {}
    for word in typed_words(text):
        if _is_known(r, f'"{word}"*'):
            continue
        near = near_words(r, word)
        if not near:
            return {}
        meant[word] = near
    return meant


def near_words(r: Reader, word: str) -> tuple[str, ...]:
    """Words that some contact has and that are one edit away from ``word``, the likeliest first.

    Where there is none, words that begin with something one edit away from it.
    """
    word = fold_word(word)[:_LONGEST]
    if len(word) < SHORTEST_KEPT or any(sign.isdigit() for sign in word):
        return ()
    whole = _had(r, word, _candidates(r, word, ""))
    if len(word) < _SHORTEST_BEGUN:  # a name of five with one left out, or nothing
        return tuple(other for other in whole if len(other) > len(word))
    return whole or _had(r, word, _candidates(r, word, "*"))


def _candidates(r: Reader, word: str, rest: str) -> set[str]:
    """Every kept word that is one edit away; with ``rest`` "*" those that begin so."""
    begins = {word[:i] + word[i + 1 :] for i in range(len(word))}
    begins |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    for letter in _first_letters(r):
        begins |= {letter + word[1:], letter + word}
    found = {row[0] for row in r.all(_BEGUN if rest else _AMONG, (json.dumps(sorted(begins)),))}
    for i in range(1, len(word) + 1):
        head = word[:i]
        replaced, put_in = f"{head}?{word[i + 1 :]}{rest}", f"{head}?{word[i:]}{rest}"
        found |= {row[0] for row in r.all(_LIKE_EITHER, (head, head + _END, replaced, put_in))}
    return found - {word}


def _first_letters(r: Reader) -> list[str]:
    """The letters that words begin with, each found by one look at the key."""
    letters: list[str] = []
    after = ""
    while word := r.value("SELECT min(word) FROM search_words WHERE word >= ?", (after,)):
        letters.append(word[0])
        after = word[0] + _END
    return letters


def _had(r: Reader, word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Those that stand in a living contact; the same first letter and length go before."""
    ranked = sorted(
        candidates,
        key=lambda other: (other[0] != word[0], abs(len(other) - len(word)), other),
    )
    known: list[str] = []
    for other in ranked[: 4 * _MOST]:
        if len(known) < _MOST and _is_known(r, f'"{other}"'):
            known.append(other)
    return tuple(known)


def _is_known(r: Reader, expression: str) -> bool:
    sql = "SELECT 1 FROM contact_search WHERE contact_search MATCH ? LIMIT 1"
    return r.value(sql, (expression,)) is not None
