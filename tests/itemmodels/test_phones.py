"""What the table of phones says."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tcf_desktop.itemmodels.phones import contact_words, phone_columns
from tcf_desktop.services.queries.phones import PhoneRow

NOW = 1_784_043_720_000


def row(silent_minutes: int | None, unreadable: int = 0, reason: str = "") -> PhoneRow:
    heard = None if silent_minutes is None else NOW - silent_minutes * 60_000
    return PhoneRow(
        1, "Ana’s phone", "overland", 2, "Ana Flores", "Carpet B", 1, NOW, heard, heard, 64, 12_345,
        unreadable, reason,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("silent", "words", "tone"),
    [
        (None, "Not heard yet", "neutral"),
        (1, "Connected 1 min ago", "ok"),
        (45, "Quiet for 45 min", "neutral"),
        (48 * 60, "Last heard 2 days ago", "neutral"),
    ],
)
def test_last_contact_in_words(
    qapp: QApplication, silent: int | None, words: str, tone: str
) -> None:
    assert contact_words(row(silent), NOW) == (words, tone)


def test_the_columns_show_app_crew_and_trouble(qapp: QApplication) -> None:
    columns = {column.key: column for column in phone_columns(lambda: NOW)}
    shown = row(1, 3, "encrypted")
    assert columns["name"].second is not None
    assert columns["name"].second(shown) == "Overland"
    assert columns["points"].text(shown) == "12,345"
    assert columns["contact"].second is not None
    assert columns["contact"].second(shown) == "3 encrypted messages cannot be read"
    assert columns["contact"].second(row(1)) == ""
