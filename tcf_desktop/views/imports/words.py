"""What each kind of import calls its things."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.table_files import FIELD, IGNORED, MEASURE, NOTE_LINE, group_of, kind_of
from tcf_desktop.qtkit import i18n


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportPage", text)


def things(kind: str, count: int) -> str:
    """``1 contact``, ``12 entries``, ``300 positions``."""
    one, many = {
        "calendar": (_tr("{n} entry"), _tr("{n} entries")),
        "track": (_tr("{n} position"), _tr("{n} positions")),
    }.get(kind, (_tr("{n} contact"), _tr("{n} contacts")))
    return i18n.plural(count, one, many)


def known_files() -> str:
    """The sentence under the button that names what can be read."""
    return _tr(
        "Contacts from Google, a phone or a mail program (.vcf, .csv), calendars (.ics) and "
        "tracks (.gpx). You see what happens to every row before anything is written."
    )


def encodings() -> tuple[tuple[str, str], ...]:
    """How letters may be written in a file, by the name of the codec."""
    return (
        ("utf-8", _tr("Unicode (UTF-8)")),
        ("utf-16", _tr("Unicode (UTF-16)")),
        ("cp1252", _tr("Windows, Western Europe")),
        ("cp1250", _tr("Windows, Central Europe")),
        ("iso-8859-2", _tr("ISO 8859-2, Central Europe")),
        ("mac-roman", _tr("Macintosh, Western Europe")),
    )


def separators() -> tuple[tuple[str, str], ...]:
    """What may stand between two columns."""
    return ((",", _tr("Comma")), (";", _tr("Semicolon")), ("\t", _tr("Tab")), ("|", _tr("Bar")))


def orders(possible: Sequence[str]) -> list[tuple[str, str]]:
    """The possible orders of dates, with an example."""
    words = {
        "mdy": _tr("Month first (7/14/2026)"),
        "dmy": _tr("Day first (14/7/2026)"),
        "ymd": _tr("Year first (2026-07-14)"),
    }
    return [(key, words[key]) for key in ("mdy", "dmy", "ymd") if key in possible]


def target_words(target: str) -> str:
    """What a column holds, in words: "Street", "City (work)", "Own field: Gate brand"."""
    kind, group = kind_of(target), group_of(target)
    if kind.startswith(FIELD):
        return _tr("Own field: {name}").format(name=kind.removeprefix(FIELD))
    if kind.startswith(MEASURE):
        return _tr("Measure: {name}").format(name=kind.removeprefix(MEASURE))
    words = _targets().get(kind)
    if words is None:  # labels and pairs that only known layouts have
        return _tr("As the heading says")
    if not group:
        return words
    return _tr("{what} ({which})").format(what=words, which=group.removeprefix("#"))


def _targets() -> dict[str, str]:
    return {
        NOTE_LINE: _tr("Keep as a note"), IGNORED: _tr("Leave out"), "full": _tr("Full name"),
        "first": _tr("First name"), "middle": _tr("Middle name"), "last": _tr("Last name"),
        "suffix": _tr("Name suffix"), "company": _tr("Company"),
        "displayed": _tr("Name as it is listed"), "phone": _tr("Phone"), "email": _tr("E-mail"),
        "phonelabel": _tr("Label of the phone"), "emaillabel": _tr("Label of the e-mail"),
        "placelabel": _tr("Name of the location"), "street": _tr("Street"),
        "street2": _tr("Second line of the street"), "city": _tr("City"), "region": _tr("State"),
        "code": _tr("ZIP or postal code"), "country": _tr("Country"), "box": _tr("PO box"),
        "formatted": _tr("Whole address"), "gate": _tr("Gate code"), "access": _tr("Access note"),
        "person": _tr("Contact person"), "personphone": _tr("Phone of the contact person"),
        "billing": _tr("Bills go there"), "geo": _tr("Coordinates"), "tax": _tr("Tax"),
        "note": _tr("Note for the office"), "crewnote": _tr("Note for the crew"),
        "documentnote": _tr("Note on documents"), "tags": _tr("Labels"),
        "kind": _tr("Customer or prospect"), "segment": _tr("Residential or commercial"),
        "source": _tr("Source"), "language": _tr("Preferred language"), "crew": _tr("Default crew"),
        "pricelist": _tr("Price list"), "terms": _tr("Terms"), "exempt": _tr("Exempt from tax"),
        "exemptnumber": _tr("Number of the exemption"),
        "exemptregion": _tr("State of the exemption"), "exemptuntil": _tr("Exempt until"),
        "website": _tr("Website"), "birthday": _tr("Birthday"), "title": _tr("Title"),
        "uid": _tr("Identity"),
    }  # fmt: skip
