"""A filter of the contact list in words: its chips, and the names of those that come with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_choices import FilterChoices
from tcf_desktop.services.queries.contact_filter import ContactFilter

_PRESET_PARTS = frozenset({"kind", "owes", "due_again"})


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactFilter", text)


def built_in_names() -> dict[str, str]:
    """The filters that everybody has, by key."""
    return {
        "unanswered": _tr("Prospects without answer for 14 days"),
        "owes": _tr("Owes money"),
        "unseen": _tr("Not seen for a year"),
    }


def chips(shown: ContactFilter, choices: FilterChoices) -> list[tuple[str, str]]:
    """What narrows the list besides the row of chips above it: (name of the part, words)."""
    parts = [name for name in shown.active() if name not in _PRESET_PARTS]
    return [(name, part_words(shown, name, choices)) for name in parts]


def part_words(shown: ContactFilter, name: str, choices: FilterChoices) -> str:
    """One part of a filter in words."""
    if name in ("overdue", "no_email", "no_phone", "opted_out"):
        return switches()[name]
    if name in ("unseen_days", "unanswered_days", "new_days"):
        template = {
            "unseen_days": _tr("Not seen for {time}"),
            "unanswered_days": _tr("No answer for {time}"),
            "new_days": _tr("Added within {time}"),
        }[name]
        return template.format(time=span(getattr(shown, name)))
    if name == "field_id":
        return _field_words(shown, choices)
    value = str(getattr(shown, name))
    if name == "crew_id":
        value = dict(choices.crews).get(shown.crew_id or 0, "?")
    elif name == "price_list_id":
        value = dict(choices.price_lists).get(shown.price_list_id or 0, "?")
    template = {
        "tag": _tr("Tag: {value}"),
        "city": _tr("City: {value}"),
        "crew_id": _tr("Crew: {value}"),
        "price_list_id": _tr("Prices: {value}"),
        "language": _tr("Language: {value}"),
    }[name]
    return template.format(value=value)


def switches() -> dict[str, str]:
    """The parts that are on or off."""
    return {
        "overdue": _tr("Overdue"),
        "no_email": _tr("No e-mail"),
        "no_phone": _tr("No phone"),
        "opted_out": _tr("Opted out"),
    }


def span(days: int) -> str:
    """A number of days as people say it."""
    if days % 365 == 0:
        return i18n.plural(days // 365, _tr("{n} year"), _tr("{n} years"))
    if days % 30 == 0:
        return i18n.plural(days // 30, _tr("{n} month"), _tr("{n} months"))
    return i18n.plural(days, _tr("{n} day"), _tr("{n} days"))


def _field_words(shown: ContactFilter, choices: FilterChoices) -> str:
    name = next((field.name for field in choices.fields if field.id == shown.field_id), "?")
    template = _tr("{name}: {value}") if shown.field_exact else _tr("{name} has “{value}”")
    return template.format(name=name, value=shown.field_value)
