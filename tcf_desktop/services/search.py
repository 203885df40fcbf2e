"""The full-text index over contacts: one row a living contact, rebuilt when the contact changes.

Beside it stands a list of the words in names, companies, streets, towns and tags, so that a
mistyped one can be understood (``services/queries/search_typos.py``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.contacts import phone_digits
from tcf_desktop.domain.phone_numbers import national_digits
from tcf_desktop.domain.search_words import fold_word, kept_words, words_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

CONTACT_PARTS: Final = frozenset(
    {"contact_phones", "contact_emails", "locations", "notes", "custom_values"}
)
# Nobody types a private-use letter. With the kind after it, it is a word of the index, so that a
# filter by kind costs no look at the contact itself.
KIND_MARK: Final = "\ue000"
_MOST_WORDS: Final = 12
_LONGEST_TEXT: Final = 200
_CHUNK: Final = 500

_DELETE = "DELETE FROM contact_search WHERE rowid = ?"
# A number is found by its parts as written, by all its digits, and by the last seven, which is
# what people say on the phone within one town. Outside the North American plan it is dialled
# otherwise at home ("030 1234") than from abroad ("+49 30 1234"): it is found by both.
_INSERT = f"""
INSERT INTO contact_search (rowid, name, phones, emails, places, extra)
SELECT c.id,
       c.display_name || ' ' || c.last_name || ' ' || c.company,
       coalesce((SELECT group_concat(p.number || ' ' || p.digits || ' ' || substr(p.digits, -7)
                    || CASE WHEN coalesce(p.e164, '') = '' OR p.e164 LIKE '+1%' THEN ''
                            ELSE ' ' || substr(p.e164, 2) || ' ' || tcf_national(p.e164) END,
                                     ' ')
                 FROM contact_phones p WHERE p.contact_id = c.id), '')
       || coalesce((SELECT ' ' || group_concat(l.person_phone || ' ' || tcf_digits(l.person_phone),
                                               ' ')
                    FROM locations l WHERE l.contact_id = c.id AND l.deleted_at IS NULL
                    AND l.person_phone <> ''), ''),
       coalesce((SELECT group_concat(e.address, ' ') FROM contact_emails e
                 WHERE e.contact_id = c.id), ''),
       coalesce((SELECT group_concat(l.name || ' ' || l.street || ' ' || l.street2 || ' ' || l.city
                                     || ' ' || l.region || ' ' || l.postal_code || ' ' || l.person,
                                     ' ')
                 FROM locations l WHERE l.contact_id = c.id AND l.deleted_at IS NULL), ''),
       c.tags
       || coalesce((SELECT ' ' || group_concat(n.text, ' ') FROM notes n
                    WHERE n.contact_id = c.id AND n.deleted_at IS NULL), '')
       || coalesce((SELECT ' ' || group_concat(v.value, ' ') FROM custom_values v
                    WHERE v.contact_id = c.id), '')
       || ' {KIND_MARK}' || c.kind
FROM contacts c WHERE c.deleted_at IS NULL
"""
_WORDS_OF = """
SELECT c.display_name || ' ' || c.last_name || ' ' || c.company || ' ' || c.tags,
       (SELECT group_concat(l.street || ' ' || l.street2 || ' ' || l.city, ' ')
        FROM locations l WHERE l.contact_id = c.id AND l.deleted_at IS NULL)
FROM contacts c WHERE c.deleted_at IS NULL
"""
_AMONG = "c.id IN (SELECT value FROM json_each(?))"
_DROP_WORDS = (
    "DELETE FROM search_words WHERE word IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
    " (SELECT 1 FROM contact_search s"
    " WHERE s.contact_search MATCH '\"' || search_words.word || '\"')"
)
_ADD_WORD = "INSERT OR IGNORE INTO search_words (word) VALUES (?)"


def reindex(connection: Connection, contact_ids: Iterable[int]) -> None:
    """Bring the index rows of these contacts up to date, in the caller's transaction."""
    ids = list(contact_ids)
    if not ids:
        return
    _register(connection)
    keys = [(contact_id,) for contact_id in ids]
    before = _indexed_words(connection, ids)
    connection.exec_driver_sql(_DELETE, keys)
    connection.exec_driver_sql(f"{_INSERT} AND c.id = ?", keys)
    now = words_of(connection, ids)
    if now:
        connection.exec_driver_sql(_ADD_WORD, [(word,) for word in sorted(now)])
    forget_words(connection, before - now)


def rebuild(connection: Connection) -> None:
    """Index every contact anew."""
    _register(connection)
    connection.exec_driver_sql("DELETE FROM contact_search")
    connection.exec_driver_sql(_INSERT)
    connection.exec_driver_sql("INSERT INTO contact_search (contact_search) VALUES ('optimize')")
    connection.exec_driver_sql("DELETE FROM search_words")
    words = _kept(connection.exec_driver_sql(_WORDS_OF))
    if words:
        connection.exec_driver_sql(_ADD_WORD, [(word,) for word in sorted(words)])


def words_of(connection: Connection, contact_ids: Sequence[int]) -> set[str]:
    """The words by which these living contacts may be meant."""
    words: set[str] = set()
    for ids in _json_lists(contact_ids):
        words |= _kept(connection.exec_driver_sql(f"{_WORDS_OF} AND {_AMONG}", (ids,)))
    return words


def forget_words(connection: Connection, words: Iterable[str]) -> None:
    """Take those of these words out of the list that no contact in the index has any more."""
    connection.exec_driver_sql(_DROP_WORDS, (json.dumps(sorted(words)),))


def _indexed_words(connection: Connection, contact_ids: Sequence[int]) -> set[str]:
    """The words of names and places as the index has them so far."""
    words: set[str] = set()
    for ids in _json_lists(contact_ids):
        words |= _kept(
            connection.exec_driver_sql(
                "SELECT name, places FROM contact_search"
                " WHERE rowid IN (SELECT value FROM json_each(?))",
                (ids,),
            )
        )
    return words


def _kept(rows: Iterable[Any]) -> set[str]:
    return kept_words(text for row in rows for text in row if text)


def _json_lists(ids: Sequence[int]) -> Iterable[str]:
    for start in range(0, len(ids), _CHUNK):
        yield str(list(ids[start : start + _CHUNK]))


def _register(connection: Connection) -> None:
    """Teach the connection what SQL cannot say of a number."""
    driver: Any = connection.connection.driver_connection
    driver.create_function("tcf_national", 1, national_digits)
    driver.create_function("tcf_digits", 1, phone_digits)


_NUMBER_LIKE: Final = re.compile(r"[\d\s()+./-]+")
_TRUNK_ZERO: Final = re.compile(r"\(0\)")  # of "+49 (0)30 1234": nobody dials it from abroad


def typed_words(text: str) -> list[str]:
    """The words of what was typed, folded as the index folds them; at most twelve."""
    return [fold_word(word) for word in words_in(text[:_LONGEST_TEXT])[:_MOST_WORDS]]


def match_expression(
    text: str, kind: str = "", meant: Mapping[str, Sequence[str]] | None = None
) -> str:
    """What was typed as an FTS5 query: every word a prefix, in any order; a number by its digits.

    Empty when the text holds no word at all. ``kind`` keeps only contacts of that kind; ``meant``
    gives the words to look for in place of a mistyped one.
    """
    text = unicodedata.normalize("NFC", text[:_LONGEST_TEXT])
    if text.lstrip()[:1] == "+" or text.lstrip()[:2] == "00":
        text = _TRUNK_ZERO.sub("", text)
    words = typed_words(text)
    if not words:
        return ""
    query = " AND ".join(_prefix(word, (meant or {}).get(word, ())) for word in words)
    if _NUMBER_LIKE.fullmatch(text):
        digits = "".join(words)
        # Stored without 00 and without the 1 of the North American plan.
        local = digits.removeprefix("00")
        local = local[1:] if local.startswith("1") and len(local) > 4 else local
        numbers = " OR ".join(f'"{number}"*' for number in dict.fromkeys((digits, local)) if number)
        numbers = f"phones : ({numbers})"
        # An area code stands in nearly every row: its groups are not looked for one by one.
        dialled = len(words) > 1 and (len(words[0]) <= 3 or text.lstrip()[:1] in "+(")
        query = numbers if dialled else f"({query}) OR {numbers}"
    return f"({query}) AND extra : {KIND_MARK}{kind}" if kind else query


def _prefix(word: str, instead: Sequence[str]) -> str:
    if not instead:
        return f'"{word}"*'
    return "(" + " OR ".join(f'"{other}"*' for other in instead) + ")"
