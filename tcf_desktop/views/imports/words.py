"""What each kind of import calls its things."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportPage", text)


def things(kind: str, count: int) -> str:
    """``1 contact``, ``12 appointments``, ``300 positions``."""
    one, many = {
        "calendar": (_tr("{n} appointment"), _tr("{n} appointments")),
        "track": (_tr("{n} position"), _tr("{n} positions")),
    }.get(kind, (_tr("{n} contact"), _tr("{n} contacts")))
    return i18n.plural(count, one, many)


def known_files() -> str:
    """The sentence under the button that names what can be read."""
    return _tr(
        "Contacts from Google, a phone or a mail program (.vcf, .csv), calendars (.ics) and "
        "tracks (.gpx). You see what happens to every row before anything is written."
    )
