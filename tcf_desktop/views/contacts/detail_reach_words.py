"""How permissions to write to somebody are put in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.consent import Channel, How, Purpose
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.consent import ConsentRow, ConsentState


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


def channel_word(channel: Channel) -> str:
    """Texts or E-mail."""
    return _tr("Texts") if channel == "text" else _tr("E-mail")


def purpose_word(purpose: Purpose | None) -> str:
    """What may be written about; None is everything."""
    if purpose is None:
        return _tr("Everything")
    return _tr("Offers and “due again”") if purpose == "marketing" else _tr("Visits and invoices")


def how_word(how: str) -> str:
    """How they said so."""
    return {
        "phone": _tr("by phone"),
        "form": _tr("with a form"),
        "paper": _tr("on paper"),
        "reply": _tr("by reply"),
    }.get(how, how)


def how_choices(*, given: bool) -> list[tuple[How, str]]:
    """The ways, the commonest first."""
    ways: list[tuple[How, str]] = [
        ("phone", _tr("By phone")),
        ("form", _tr("With a form")),
        ("paper", _tr("On paper")),
        ("reply", _tr("By reply")),
    ]
    return ways if given else [ways[3], *ways[:3]]


def allowed_words(channel: Channel, purpose: Purpose) -> str:
    """What they agreed to."""
    if channel == "text":
        if purpose == "service":
            return _tr("Texts: visit reminders")
        return _tr("Texts: offers, “due again”")
    if purpose == "service":
        return _tr("E-mail: reminders, invoices")
    return _tr("E-mail: offers, “due again”")


def refused_words(channel: Channel, purpose: Purpose | None) -> str:
    """What they do not want; None is everything on the channel."""
    if channel == "text":
        return {
            None: _tr("No texts at all"),
            "service": _tr("No texts about visits"),
            "marketing": _tr("No offers by text"),
        }[purpose]
    return {
        None: _tr("No e-mail at all"),
        "service": _tr("No reminders, no invoices"),
        "marketing": _tr("No offers by e-mail"),
    }[purpose]


def unasked_words(channel: Channel, purpose: Purpose | None) -> str:
    """What they were not asked yet."""
    if purpose == "marketing":
        return _tr("Not asked about offers")
    if purpose == "service" and channel == "text":
        return _tr("Not asked about visit reminders")
    return _tr("Not asked about texts") if channel == "text" else _tr("Not asked about e-mail")


def proof_words(state: ConsentState, contact_id: int, zone: str) -> str:
    """``by phone, Mar 12, 2024``; who says so and since when."""
    event = state.event
    if event is None:
        if not state.suppressed_at:
            return ""
        day = i18n.full_day(from_ms(state.suppressed_at, zone).date())
        return _tr("Opted out {day}, kept from an erased record").format(day=day)
    day = i18n.full_day(from_ms(event.at, zone).date())
    said = _tr("Agreed {how}, {day}") if event.given else _tr("Stopped {how}, {day}")
    words = said.format(how=how_word(event.how), day=day)
    if event.contact_id != contact_id:
        return _tr("{said}, in another record").format(said=words)
    return words


def event_words(event: ConsentRow) -> str:
    """A line of the history."""
    if event.given:
        return allowed_words(event.channel, event.purpose)
    return refused_words(event.channel, event.purpose)


def ready_wording(channel: Channel, purpose: Purpose | None, business: str) -> str:
    """A good question to ask, with what the law wants said."""
    if channel == "text" and purpose == "marketing":
        text = _tr(
            "May {business} text you offers and a reminder when service is due again, also"
            " automatically? You need not agree to buy anything. Message rates may apply."
            " Reply STOP at any time."
        )
    elif channel == "text":
        text = _tr(
            "May {business} text you about your visits: reminders, changes, and when the crew is"
            " on its way? Message rates may apply. Reply STOP at any time."
        )
    elif purpose == "marketing":
        text = _tr(
            "May {business} e-mail you offers and a reminder when service is due again?"
            " You can unsubscribe at any time."
        )
    else:
        text = _tr(
            "May {business} e-mail you appointment reminders and invoices?"
            " You can change this at any time."
        )
    return text.format(business=business)
