"""How often, how late, how it really was: in words of the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain import frequency as rules
from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.domain.frequency_text import season_name, spans_months
from tcf_desktop.qtkit import i18n


def _tr(text: str) -> str:
    return QCoreApplication.translate("Due", text)


def interval_words(rhythm: Rhythm) -> str:
    """``every 8 weeks``, ``every 6 months, April to October``, ``every spring``."""
    words = _every(rhythm.every_n, rhythm.unit)
    if not rhythm.seasonal:
        return words
    if (rhythm.every_n, rhythm.unit) == (1, "year") and season_name(rhythm):
        return {
            "spring": _tr("every spring"),
            "summer": _tr("every summer"),
            "fall": _tr("every fall"),
            "winter": _tr("every winter"),
        }[season_name(rhythm)]
    return _tr("{interval}, {season}").format(interval=words, season=season_words(rhythm))


def season_words(rhythm: Rhythm) -> str:
    """``in spring``, ``April to October``, ``Apr 15 to Oct 1``; empty without a season."""
    if not rhythm.seasonal:
        return ""
    named = {
        "spring": _tr("in spring"),
        "summer": _tr("in summer"),
        "fall": _tr("in fall"),
        "winter": _tr("in winter"),
    }
    name = season_name(rhythm)
    if name:
        return named[name]
    pattern = "MMMM" if spans_months(rhythm) else "MMM d"
    ends = [
        i18n.day(f"2024-{mark}", pattern) for mark in (rhythm.season_from, rhythm.season_to)
    ]  # a leap year, so that every day of a year is there
    return _tr("{first} to {last}").format(first=ends[0], last=ends[1])


def learned_words(days: int) -> str:
    """``every 9 weeks``: what history says, in round units."""
    return _every(*rules.about(days))


def late_words(days_late: int) -> str:
    """``3 weeks late``, ``Due today``, ``In 5 days``."""
    if not days_late:
        return _tr("Due today")
    count, unit = rules.apart(days_late)
    span = span_words(count, unit)
    if days_late > 0:
        return _tr("{span} late").format(span=span)
    return _tr("In {span}").format(span=span)


def late_tone(days_late: int) -> str:
    """The tone of a chip: a month late is bad, late is a warning, the future is quiet."""
    if days_late >= 30:
        return "bad"
    if days_late > 0:
        return "warn"
    return "info" if not days_late else "neutral"


def span_words(count: int, unit: str) -> str:
    """``1 week``, ``14 months``."""
    one, many = {
        "day": (_tr("{n} day"), _tr("{n} days")),
        "week": (_tr("{n} week"), _tr("{n} weeks")),
        "month": (_tr("{n} month"), _tr("{n} months")),
        "year": (_tr("{n} year"), _tr("{n} years")),
    }[unit]
    return i18n.plural(count, one, many)


def _every(count: int, unit: str) -> str:
    one, many = {
        "day": (_tr("every day"), _tr("every {n} days")),
        "week": (_tr("every week"), _tr("every {n} weeks")),
        "month": (_tr("every month"), _tr("every {n} months")),
        "year": (_tr("every year"), _tr("every {n} years")),
    }[unit]
    return i18n.plural(count, one, many)
