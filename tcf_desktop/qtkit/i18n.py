"""Dates, times and amounts as the reader's locale writes them, and the translation in use.

Everything takes plain values (cents, datetimes, ISO texts) and gives text ready to be shown.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTime, QTranslator
from PySide6.QtWidgets import QApplication

from tcf_desktop.base.clock import from_ms

if TYPE_CHECKING:
    from tcf_desktop.domain.money import NumberStyle

DASH = "—"
_PPM_PER_PERCENT = 10_000


def install(app: QApplication) -> None:
    """Set the locale and load Qt's and our translation where there is one."""
    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    locale_of.cache_clear()
    number_style.cache_clear()
    if QLocale().language() == QLocale.Language.English:
        return
    for name, folder in (("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),):
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", folder):
            app.installTranslator(translator)


@lru_cache(maxsize=1)
def locale_of() -> QLocale:
    """The locale that dates and numbers are shown in."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return locale


@lru_cache(maxsize=1)
def number_style() -> NumberStyle:
    """Decimal and grouping signs of the locale."""
    from tcf_desktop.domain.money import NumberStyle

    locale = locale_of()
    return NumberStyle(locale.decimalPoint(), locale.groupSeparator())


def money(cents: int, currency: str) -> str:
    """``$1,234.50``; for totals and sentences."""
    from tcf_desktop.domain.money import format_money

    return format_money(cents, currency, number_style())


def amount(cents: int, currency: str) -> str:
    """``1,234.50``; for columns."""
    from tcf_desktop.domain.money import format_amount

    return format_amount(cents, currency, number_style())


def price(price_e4: int, currency: str) -> str:
    """``0.0125``; the price of one unit, for columns and fields."""
    from tcf_desktop.domain.money import format_price

    return format_price(price_e4, currency, number_style())


def unit_price(price_e4: int, currency: str) -> str:
    """``$0.0125``; the price of one unit, for sentences."""
    from tcf_desktop.domain.money import format_unit_price

    return format_unit_price(price_e4, currency, number_style())


def amount_or_dash(cents: int, currency: str) -> str:
    """``1,234.50``, or an em dash for nothing."""
    return amount(cents, currency) if cents else DASH


def short_money(cents: int, currency: str) -> str:
    """``$240`` where there are no cents, else ``$240.50``; for blocks of the schedule."""
    text = money(cents, currency)
    tail = f"{number_style().decimal}00"
    return text.removesuffix(tail)


def quantity(milli: int) -> str:
    """``1.5``, ``64``."""
    from tcf_desktop.domain.money import format_quantity

    return format_quantity(milli, number_style())


def rate(ppm: int) -> str:
    """``6.2 %`` of 62000 parts per million."""
    text = f"{ppm / _PPM_PER_PERCENT:.4f}".rstrip("0").rstrip(".")
    return f"{text.replace('.', number_style().decimal)} %"


def typed_rate(text: str) -> int:
    """Parts per million of a typed percentage (“6.2 %” is 62000); −1 when it cannot be read."""
    plain = text.replace("%", "").replace(number_style().decimal, ".").strip()
    if not re.fullmatch(r"\d{1,6}\.?\d{0,9}|\.\d{1,9}", plain):
        return -1
    return round(Fraction(plain) * _PPM_PER_PERCENT)


def day(value: date | str, pattern: str = "MMM d") -> str:
    """A local date by a Qt pattern: ``Jul 14``. Empty for an empty text."""
    if not value:
        return ""
    picked = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return locale_of().toString(QDate(picked.year, picked.month, picked.day), pattern)


def full_day(value: date | str) -> str:
    """``Jul 14, 2026``."""
    return day(value, "MMM d, yyyy")


def weekday(value: date | str) -> str:
    """``Tuesday, July 14``."""
    return day(value, "dddd, MMMM d")


def weekday_short(value: date | str) -> str:
    """``Tue, Jul 14``."""
    return day(value, "ddd, MMM d")


def near_day(value: date | str, today: date | str) -> str:
    """``Today``, ``Yesterday``, ``Tomorrow``, ``Jul 21`` or ``Jul 21, 2025``."""
    if not value:
        return ""
    picked = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    now = date.fromisoformat(today[:10]) if isinstance(today, str) else today
    names = {0: _tr("Today"), -1: _tr("Yesterday"), 1: _tr("Tomorrow")}
    apart = (picked - now).days
    if apart in names:
        return names[apart]
    return day(picked) if picked.year == now.year else full_day(picked)


def clock_time(value: datetime | str) -> str:
    """``2:30 PM``; of a datetime or a wall time "2026-07-14T14:30"."""
    hour, minute = _hour_minute(value)
    return locale_of().toString(QTime(hour, minute), _time_pattern())


def short_time(value: datetime | str) -> str:
    """``2:30`` or ``14:30``: without AM and PM."""
    hour, minute = _hour_minute(value)
    if "AP" in _time_pattern().upper():
        hour = hour % 12 or 12
    return f"{hour}:{minute:02d}"


def hour_label(hour: int) -> str:
    """``8 AM`` or ``08:00``: beside the grid of a day."""
    if "AP" in _time_pattern().upper():
        return locale_of().toString(QTime(hour % 24, 0), "h AP")
    return locale_of().toString(QTime(hour % 24, 0), "HH:mm")


def time_range(start: str, minutes: int) -> str:
    """``2:00–4:00 PM`` of a wall time and a length."""
    hour, minute = _hour_minute(start)
    total = hour * 60 + minute + minutes
    end = f"T{total // 60 % 24:02d}:{total % 60:02d}"
    return f"{short_time(start)}–{clock_time(end)}"


def instant_time(at_ms: int, zone: str) -> str:
    """``10:42 AM`` of UTC milliseconds."""
    return clock_time(from_ms(at_ms, zone))


def elapsed(milliseconds: int) -> str:
    """``2:41`` hours and minutes."""
    minutes = max(0, milliseconds) // 60_000
    return f"{minutes // 60}:{minutes % 60:02d}"


def ago(at_ms: int, now_ms: int) -> str:
    """``just now``, ``1 min ago``, ``3 h ago``, ``2 days ago``."""
    minutes = max(0, now_ms - at_ms) // 60_000
    if minutes < 1:
        return _tr("just now")
    if minutes < 60:
        return _tr("{n} min ago").format(n=minutes)
    if minutes < 48 * 60:
        return _tr("{n} h ago").format(n=minutes // 60)
    return _tr("{n} days ago").format(n=minutes // 1440)


def minutes_text(minutes: int) -> str:
    """``45 min``, ``2 h``, ``1 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _tr("{n} min").format(n=rest)
    if not rest:
        return _tr("{n} h").format(n=hours)
    return _tr("{h} h {m} min").format(h=hours, m=rest)


def joined(parts: list[str], separator: str = " · ") -> str:
    """The parts that say something, with middle dots between."""
    return separator.join(part for part in parts if part)


def plural(count: int, one: str, many: str) -> str:
    """``1 visit``, ``1,204 visits``: one of two texts with ``{n}``."""
    return (one if count == 1 else many).format(n=locale_of().toString(count))


def _hour_minute(value: datetime | str) -> tuple[int, int]:
    if isinstance(value, datetime):
        return value.hour, value.minute
    text = value.rpartition("T")[2]
    return int(text[:2]), int(text[3:5])


def _time_pattern() -> str:
    pattern = locale_of().timeFormat(QLocale.FormatType.ShortFormat)
    # A narrow space before AM is right in print and missing in many screen fonts.
    return pattern.replace("\u202f", " ")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Formats", text)
