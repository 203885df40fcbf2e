"""What was typed into the search, understood: how it is looked for, and what comes first.

Rank, the same for the list, the completers and the palette: (0) the name in the list begins with
what was typed; (1) every typed word begins a word of name or company; (2) with numbers, mail
addresses and invoice numbers; (3) with places; (4) with tags, own fields and notes. Inside a rank
the order is that of names.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.contacts import fold
from tcf_desktop.services.queries.search_typos import meant_words
from tcf_desktop.services.search import match_expression, typed_words

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

LAST_LETTER: Final = "\U0010ffff"
MOST_INVOICES: Final = 500
_COMMA: Final = re.compile(r"\s*,\s*")
_FROM_HERE_BEGUN: Final = 3  # shorter numbers must be whole: half of all invoices begin with a 1
_LONGEST_NUMBER: Final = 24
_WIDEST: Final = 8  # an invoice is found without the zeros in front of its number
_RANKS: Final = ("name", "name phones emails", "name phones emails places")


@dataclass(frozen=True, slots=True)
class Search:
    """An understood text. ``words`` are what the results show, several where one was mistyped;
    ``instead`` are the words that were looked for in place of what was typed."""

    text: str = ""
    expression: str = ""
    words: tuple[tuple[str, ...], ...] = ()
    instead: tuple[str, ...] = ()
    invoiced: tuple[int, ...] = ()  # contacts of invoices with such a number
    hopeless: bool = False  # something was typed, but nothing that could be looked for

    @property
    def everybody(self) -> bool:
        """Whether nothing was typed."""
        return not self.expression and not self.hopeless

    @property
    def numbers(self) -> bool:
        """Whether nothing but digits was typed."""
        return all(word.isdigit() for group in self.words for word in group)

    def flat(self) -> tuple[str, ...]:
        """All words, for marking."""
        return tuple(word for group in self.words for word in group)


NOTHING_TYPED: Final = Search()


def understand(r: Reader, text: str) -> Search:
    """How to look for a text; a word that nobody has is taken for one that was meant."""
    text = text.strip()
    expression = match_expression(text)
    if not expression:
        return Search(text, hopeless=True) if text else NOTHING_TYPED
    words = typed_words(text)
    invoiced = _invoiced(r, text)
    digits = all(word.isdigit() for word in words)  # of them nobody can say what was meant
    if not digits and not invoiced and not _finds(r, expression):
        meant = meant_words(r, text)
        corrected = match_expression(text, meant=meant) if meant else ""
        if corrected and _finds(r, corrected):
            groups = tuple(meant.get(word, (word,)) for word in words)
            instead = tuple(word for group in meant.values() for word in group)
            said = " ".join(group[0] for group in groups)
            return Search(said, corrected, groups, instead)
    return Search(text, expression, tuple((word,) for word in words), (), invoiced)


def begins(search: Search) -> list[tuple[str, str]]:
    """The ranges of sort names that begin with the text; "hartmann j" is "hartmann, j" too."""
    low = _COMMA.sub(", ", fold(search.text)).rstrip()
    texts = [low, low.replace(" ", ", ", 1)] if " " in low and "," not in low else [low]
    return [(start, start + LAST_LETTER) for start in texts if start]


def matching(search: Search) -> tuple[str, list[object]]:
    """The ids that match, as SQL for ``IN (…)``, and its parameters."""
    sql = "SELECT rowid FROM contact_search WHERE contact_search MATCH ?"
    if not search.invoiced:
        return sql, [search.expression]
    return f"{sql} UNION SELECT value FROM json_each(?)", [
        search.expression,
        json.dumps(search.invoiced),
    ]


def rank(search: Search) -> tuple[str, list[object]]:
    """The rank as an SQL expression over the contact ``c``, and its parameters."""
    params: list[object] = []
    starts = []
    for low, high in begins(search):
        starts.append("c.sort_name >= ? AND c.sort_name < ?")
        params += [low, high]
    sql = f"CASE WHEN {' OR '.join(starts)} THEN 0" if starts else "CASE WHEN 0 THEN 0"
    for place, columns in enumerate(_RANKS, 1):
        found = "SELECT rowid FROM contact_search WHERE contact_search MATCH ?"
        params.append(f"{{{columns}}} : ({search.expression})")
        if place == 2 and search.invoiced:
            found += " UNION SELECT value FROM json_each(?)"
            params.append(json.dumps(search.invoiced))
        sql += f" WHEN c.id IN ({found}) THEN {place}"
    return f"{sql} ELSE {len(_RANKS) + 1} END", params


def invoice_numbers(text: str) -> tuple[str, str, tuple[str, ...]]:
    """What an invoice number may be of a typed text: (from, to, whole ones); empty for none."""
    number = text.removeprefix("#").strip().upper()
    if not any(sign.isdigit() for sign in number) or len(number) > _LONGEST_NUMBER:
        return "", "", ()
    whole: tuple[str, ...] = (number,)
    if number.isascii() and number.isdigit():
        whole = tuple(number.zfill(width) for width in range(len(number), _WIDEST + 1)) or whole
    if len(number) < _FROM_HERE_BEGUN:
        return "", "", whole
    return number, number + LAST_LETTER, whole


def _invoiced(r: Reader, text: str) -> tuple[int, ...]:
    low, high, whole = invoice_numbers(text)
    if not whole:
        return ()
    ids: dict[int, None] = {}
    among = ",".join("?" * len(whole))
    living = "SELECT contact_id FROM invoices i JOIN contacts c ON c.id = i.contact_id"
    living += " WHERE c.deleted_at IS NULL AND i.number"
    found = r.all(f"{living} IN ({among})", whole)
    if low:
        found += r.all(f"{living} >= ? AND i.number < ? LIMIT ?", (low, high, MOST_INVOICES))
    ids.update(dict.fromkeys(row[0] for row in found))
    return tuple(ids)


def _finds(r: Reader, expression: str) -> bool:
    sql = "SELECT 1 FROM contact_search WHERE contact_search MATCH ? LIMIT 1"
    return r.value(sql, (expression,)) is not None
