"""Dates, times and amounts as they stand on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    i18n.locale_of.cache_clear()
    i18n.number_style.cache_clear()
    yield
    QLocale.setDefault(before)
    i18n.locale_of.cache_clear()
    i18n.number_style.cache_clear()


def test_american_dates_and_times() -> None:
    assert i18n.day("2026-07-14") == "Jul 14"
    assert i18n.full_day("2026-07-14") == "Jul 14, 2026"
    assert i18n.weekday("2026-07-14") == "Tuesday, July 14"
    assert i18n.clock_time("2026-07-14T14:30") == "2:30 PM"
    assert i18n.time_range("2026-07-14T14:00", 120) == "2:00–4:00 PM"
    assert i18n.hour_label(8) == "8 AM"
    assert i18n.day("") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-07-14", "Today"),
        ("2026-07-13", "Yesterday"),
        ("2026-07-15", "Tomorrow"),
        ("2026-03-02", "Mar 2"),
        ("2025-11-18", "Nov 18, 2025"),
    ],
)
def test_days_near_today_have_names(value: str, text: str) -> None:
    assert i18n.near_day(value, "2026-07-14") == text


def test_money_has_its_sign_and_a_true_minus() -> None:
    assert i18n.money(841260, "USD") == "$8,412.60"
    assert i18n.money(-2500, "USD") == "−$25.00"
    assert i18n.short_money(24000, "USD") == "$240"
    assert i18n.short_money(24050, "USD") == "$240.50"
    assert i18n.amount_or_dash(0, "USD") == "—"
    assert i18n.quantity(1500) == "1.5"
    assert i18n.rate(62000) == "6.2 %"
    assert i18n.rate(20000) == "2 %"


def test_the_locale_decides_signs_and_clock(german: None) -> None:
    assert i18n.amount(123450, "EUR") == "1.234,50"
    assert i18n.clock_time("2026-07-14T14:30") == "14:30"
    assert i18n.hour_label(8) == "08:00"
    assert i18n.rate(62000) == "6,2 %"


def test_spans_are_told_in_words() -> None:
    minute = 60_000
    assert i18n.ago(0, 30_000) == "just now"
    assert i18n.ago(0, 40 * minute) == "40 min ago"
    assert i18n.ago(0, 5 * 60 * minute) == "5 h ago"
    assert i18n.ago(0, 3 * 24 * 60 * minute) == "3 days ago"
    assert i18n.elapsed(161 * minute) == "2:41"
    assert i18n.minutes_text(90) == "1 h 30 min"
    assert i18n.plural(1, "{n} visit", "{n} visits") == "1 visit"
    assert i18n.plural(1204, "{n} visit", "{n} visits") == "1,204 visits"


def test_an_error_says_what_happened_and_what_to_do() -> None:
    words = words_of(AppError("company.tax_in_use", name="City", places=3))
    assert words.what == "The tax City was kept: 3 of your customers’ locations use it."
    assert words.todo.startswith("Give those locations")
    assert "{" not in words_of(AppError("data.newer")).text()
