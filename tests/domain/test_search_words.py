from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.search_words import fold_word, kept_words, marks, one_edit_apart, words_in

LETTERS = "abcé"
SHORT = st.text(LETTERS, max_size=5)


def edits(word: str) -> set[str]:
    """Every word one edit away, made one by one."""
    made = {word[:i] + word[i + 1 :] for i in range(len(word))}
    made |= {word[:i] + x + word[i + 1 :] for i in range(len(word)) for x in LETTERS}
    made |= {word[:i] + x + word[i:] for i in range(len(word) + 1) for x in LETTERS}
    made |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return made - {word}


@given(one=SHORT, other=SHORT)
def test_one_edit_is_what_edits_make(one: str, other: str) -> None:
    assert one_edit_apart(one, other) == (other in edits(one))


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Müller", "muller"), ("ÉCLAIR", "eclair"), ("ß", "ß"), ("Łódź", "łodz"), ("한글", "한글")],
)
def test_words_are_folded_as_the_index_folds_them(written: str, folded: str) -> None:
    assert fold_word(written) == folded


def test_words_worth_keeping_are_long_and_no_house_numbers() -> None:
    assert kept_words(["Julia Hartmann", "2416 S Prairie Ave", "3rdstreet"]) == {
        "julia", "hartmann", "prairie",
    }  # fmt: skip
    assert words_in("e\u0301clair_roux, 12-b") == ["éclair", "roux", "12", "b"]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Hartmann, Julia", ("hart",), ["Hart"]),
        ("Müller & Söhne", ("mull", "soh"), ["Müll", "Söh"]),
        ("Hartmann", ("artmann",), []),
        ("605-555-0172", ("6055550172",), ["605-555-0172"]),
        ("(605) 555-0172", ("5550172",), ["555-0172"]),
        ("605-555-0172", ("1", "605", "555"), ["605", "555"]),
        ("Invoice 0988", ("988",), ["988"]),
        ("Suite 7", ("7",), ["7"]),
        ("", ("a",), []),
    ],
)
def test_what_was_found_is_marked(text: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [text[start : start + length] for start, length in marks(text, words)] == marked


@given(st.text(max_size=40), st.lists(st.text(string.ascii_lowercase + "é0", max_size=6)))
def test_marks_lie_in_the_text_in_order_and_apart(text: str, words: list[str]) -> None:
    at = 0
    for start, length in marks(text, tuple(fold_word(word) for word in words)):
        assert start >= at
        assert length > 0
        at = start + length
    assert at <= len(text)
