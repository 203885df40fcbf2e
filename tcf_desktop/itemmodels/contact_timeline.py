"""The timeline of a contact as a list that grows while one scrolls, each entry in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from tcf_desktop.itemmodels.message_list import moment, occasion_words, way_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.timeline_parts import Entry

Index = QModelIndex | QPersistentModelIndex
ENTRY: Final = Qt.ItemDataRole.UserRole
_TITLE_LENGTH: Final = 300


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class Line(NamedTuple):
    """An entry as it is shown. ``token`` colours the icon."""

    icon: str
    token: str
    title: str
    second: str
    amount: str
    day: str

    def spoken(self) -> str:
        """All of it in one sentence."""
        return i18n.joined([self.title, self.second, self.amount, self.day], ", ")


class TimelineModel(QAbstractListModel):
    """Entries in their order; words are made when a row is looked at."""

    def __init__(self, currency: Callable[[], str], today: Callable[[], str]) -> None:
        super().__init__()
        self._currency, self._today = currency, today
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """What is loaded."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in place of the others."""
        if list(entries) == self._entries:
            return
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def append(self, entries: Sequence[Entry]) -> None:
        """Add an older page."""
        if entries:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries += entries
            self.endInsertRows()

    def line(self, row: int) -> Line:
        """The words of a row."""
        return line_of(self._entries[row], self._currency(), self._today())

    def today(self) -> str:
        """The local date as ISO text."""
        return self._today()

    def amount(self, entry: Entry) -> str:
        """The amount of an entry as its row shows it."""
        return i18n.money(entry.amount_cents, self._currency()) if entry.amount_cents else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._entries):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.line(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.line(index.row()).spoken()
        return self._entries[index.row()] if role == ENTRY else None


def line_of(entry: Entry, currency: str, today: str) -> Line:
    """An entry in words; ``today`` is a local date as ISO text."""
    icon, token = _face(entry)
    title, second = _WORDS[entry.kind](entry, today)
    return Line(
        icon,
        token,
        " ".join(title.split())[:_TITLE_LENGTH],
        " ".join(second.split())[:_TITLE_LENGTH],
        i18n.money(entry.amount_cents, currency) if entry.amount_cents else "",
        i18n.near_day(entry.on, today),
    )


_ICONS: Final = {
    "invoice": ("receipt", "text2"),
    "payment": ("money", "ok"),
    "proposal": ("file-text", "text2"),
    "note": ("note", "text2"),
    "file": ("file-text", "text2"),
    "change": ("clock-counter-clockwise", "text2"),
    "visit": ("calendar-blank", "text2"),
    "message": ("chat-circle-text", "text2"),
}
_VISIT_ICONS: Final = {
    "done": ("check-circle", "ok"),
    "cancelled": ("x-circle", "text2"),
    "no_show": ("x-circle", "warn"),
}


def _face(entry: Entry) -> tuple[str, str]:
    if entry.kind == "visit":
        return _VISIT_ICONS.get(entry.state, _ICONS["visit"])
    if entry.kind == "complaint":
        return ("warning-circle", "warn") if entry.state == "open" else ("check-circle", "ok")
    if entry.kind == "consent":
        return ("check-circle", "ok") if entry.state == "given" else ("bell-slash", "bad")
    if entry.kind == "file" and entry.state.startswith("image/"):
        return "image", "text2"
    if entry.kind == "change" and (entry.undone or entry.title == "deletion of {name}"):
        return ("arrow-counter-clockwise", "text2") if entry.undone else ("trash", "text2")
    return _ICONS[entry.kind]


def _visit(entry: Entry, _today: str) -> tuple[str, str]:
    title = entry.title[:1].upper() + entry.title[1:]
    estimate = entry.params.get("kind") == "estimate"
    title = title or (_tr("Estimate") if estimate else _tr("Visit"))
    if entry.state == "done" and entry.about:
        title = _tr("{what}, done by {crew}").format(what=title, crew=entry.about)
    elif entry.state == "cancelled":
        title = _tr("{what}, cancelled").format(what=title)
    elif entry.state == "no_show":
        title = _tr("{what}, nobody was there").format(what=title)
    times = i18n.time_range(entry.starts_local, entry.minutes)
    products = entry.params.get("products", "")
    return title, i18n.joined([_tr("Estimate") if estimate else "", entry.more, times, products])


def _invoice(entry: Entry, today: str) -> tuple[str, str]:
    if entry.state == "draft":
        return _tr("Invoice draft"), _tr("No number yet")
    if entry.params.get("kind") == "credit_note":
        return _tr("Credit note {number}").format(number=entry.about), ""
    if entry.params.get("kind") == "deposit":
        return _tr("Deposit invoice {number}").format(number=entry.about), ""
    templates = {
        "paid": _tr("Invoice {number}, paid in full"),
        "part_paid": _tr("Invoice {number}, paid in part"),
        "void": _tr("Invoice {number}, void"),
        "credited": _tr("Invoice {number}, credited"),
    }
    template = templates.get(entry.state, _tr("Invoice {number} issued"))
    due = i18n.near_day(entry.more, today)
    open_ = entry.state in {"issued", "part_paid"}
    second = _tr("Due {day}").format(day=due) if due and open_ else ""
    return template.format(number=entry.about), second


def _proposal(entry: Entry, today: str) -> tuple[str, str]:
    if entry.state == "draft":
        return _tr("Proposal draft"), entry.title
    templates = {
        "accepted": _tr("Proposal {number}, accepted"),
        "declined": _tr("Proposal {number}, declined"),
        "replaced": _tr("Proposal {number}, replaced by a later version"),
    }
    template = templates.get(entry.state, _tr("Proposal {number} sent"))
    second = ""
    if entry.state == "sent" and entry.more:
        over = entry.more < today
        words = _tr("expired {day}") if over else _tr("valid until {day}")
        second = words.format(day=i18n.near_day(entry.more, today))
    reason = str(entry.params.get("reason", "")) if entry.state == "declined" else ""
    return template.format(number=entry.about), i18n.joined([entry.title, second, reason])


def _payment(entry: Entry, _today: str) -> tuple[str, str]:
    methods = {
        "cheque": _tr("Check"),
        "cash": _tr("Cash"),
        "card": _tr("Card"),
        "transfer": _tr("Transfer"),
    }
    method = methods.get(entry.about, entry.about.capitalize())
    what = f"{method} {entry.more}".strip()
    templates = {
        "refund": _tr("Given back: {what}"),
        "write_off": _tr("Written off"),
        "reversal": _tr("Reversed: {what}"),
    }
    kind = str(entry.params.get("kind", ""))
    title = templates.get(kind, _tr("{what} received")).format(what=what)
    if kind in templates and entry.params.get("reason"):
        return title, str(entry.params["reason"])
    numbers = str(entry.params.get("numbers", ""))
    if not numbers:
        return title, ""
    if "," in numbers:
        return title, _tr("Invoices {numbers}").format(numbers=numbers)
    if entry.state == "paid":
        return title, _tr("Invoice {number}, paid in full").format(number=numbers)
    return title, _tr("Invoice {number}").format(number=numbers)


def _note(entry: Entry, _today: str) -> tuple[str, str]:
    words = {
        "office": _tr("Note for the office"),
        "crew": _tr("Note for the crew"),
        "document": _tr("Note for the customer"),
    }
    return entry.title, i18n.joined([words.get(entry.state, _tr("Note")), entry.about])


def _file(entry: Entry, _today: str) -> tuple[str, str]:
    photo = entry.state.startswith("image/")
    what = _tr("Photo") if photo else _tr("File")
    return entry.more or entry.title, i18n.joined(
        [what, entry.title if entry.more else "", entry.about]
    )


def _consent(entry: Entry, _today: str) -> tuple[str, str]:
    words = {
        ("text", "service", "given"): _tr("Agreed to texts about visits"),
        ("text", "marketing", "given"): _tr("Agreed to offers by text"),
        ("email", "service", "given"): _tr("Agreed to reminders and invoices by e-mail"),
        ("email", "marketing", "given"): _tr("Agreed to offers by e-mail"),
        ("text", "service", "refused"): _tr("No more texts about visits"),
        ("text", "marketing", "refused"): _tr("No more offers by text"),
        ("email", "service", "refused"): _tr("No more reminders or invoices by e-mail"),
        ("email", "marketing", "refused"): _tr("No more offers by e-mail"),
    }
    ways = {
        "phone": _tr("by phone"),
        "form": _tr("with a form"),
        "paper": _tr("on paper"),
        "reply": _tr("by reply"),
    }
    how = str(entry.params.get("how", ""))
    title = words[entry.title, entry.about, entry.state]
    return title, i18n.joined([entry.more, ways.get(how, how)])


def _message(entry: Entry, _today: str) -> tuple[str, str]:
    what = occasion_words().get(entry.title, entry.title)
    told = entry.state == "sent"
    title = _tr("Told: {what}") if told else _tr("To be told: {what}")
    ways = way_words()
    parts = [moment(entry.starts_local), ways.get(entry.about, entry.about), entry.more]
    return title.format(what=what[:1].lower() + what[1:]), i18n.joined(parts)


def _complaint(entry: Entry, _today: str) -> tuple[str, str]:
    title = _tr("Not content: {text}").format(text=entry.title)
    state = _tr("Open") if entry.state == "open" else _tr("Settled")
    again = ""
    if entry.starts_local:
        again = _tr("call-back {time}").format(time=moment(entry.starts_local))
    return title, i18n.joined([state, again, entry.more])


def _change(entry: Entry, _today: str) -> tuple[str, str]:
    title, second = _told(entry)
    if entry.undone:
        return _tr("Taken back: {what}").format(what=title[:1].lower() + title[1:]), second
    return title, second


def _told(entry: Entry) -> tuple[str, str]:
    values, label = entry.params, entry.title
    fields = entry.more.split(",") if entry.more else []
    if label == "new contact {name}":
        return _tr("Added"), ""
    if label == "import of {count} contacts from {file}":
        what = _tr("Imported from {file}") if entry.state else _tr("Updated from {file}")
        return what.format(file=values.get("file", "")), _fields(fields)
    if label == "merge of {other} into {name}":
        return _tr("Merged with {other}").format(other=values.get("other", "")), ""
    plain = {
        "change of {name}": _tr("Changed"),
        "deletion of {name}": _tr("Moved to the trash"),
        "deletion of {count} contacts": _tr("Moved to the trash"),
        "return of {name}": _tr("Brought back from the trash"),
        "change of a note about {name}": _tr("A note was changed"),
        "deletion of a note about {name}": _tr("A note was deleted"),
        "new note about {name}": _tr("New note"),
    }
    if label == "return of {name}" and fields == ["notes"]:
        return _tr("A note was brought back"), ""
    if label in plain:
        return plain[label], _fields(fields) if label == "change of {name}" else ""
    said = _said(label, values)
    # A first job or invoice makes a customer of a prospect; what it was stands below.
    if fields == ["kind"]:
        return _tr("Became a customer"), said
    return said, _fields(fields)


def _said(label: str, values: dict[str, Any]) -> str:
    try:
        text = QCoreApplication.translate("Journal", label).format_map(values)
    except (KeyError, IndexError, ValueError):  # a label of another version
        text = label
    return text[:1].upper() + text[1:]


def _fields(fields: Sequence[str]) -> str:
    """What was changed, in words: "phone numbers, tags"."""
    words = {
        "kind": _tr("customer or prospect"),
        "segment": _tr("residential or commercial"),
        "first_name": _tr("name"),
        "last_name": _tr("name"),
        "company": _tr("company"),
        "tags": _tr("tags"),
        "source": _tr("how they found you"),
        "language": _tr("language"),
        "default_crew_id": _tr("usual crew"),
        "price_list_id": _tr("price list"),
        "terms_days": _tr("terms"),
        "tax_exempt": _tr("tax exemption"),
        "exempt_number": _tr("tax exemption"),
        "exempt_region": _tr("tax exemption"),
        "exempt_until_on": _tr("tax exemption"),
        "contact_phones": _tr("phone numbers"),
        "contact_emails": _tr("e-mail addresses"),
        "locations": _tr("locations"),
        "location_measures": _tr("measures"),
        "notes": _tr("notes"),
        "attachments": _tr("files"),
        "custom_values": _tr("own fields"),
        "frequencies": _tr("how often they come"),
    }
    return ", ".join(dict.fromkeys(words[name] for name in fields if name in words))


_WORDS: Final[dict[str, Callable[[Entry, str], tuple[str, str]]]] = {
    "visit": _visit,
    "invoice": _invoice,
    "payment": _payment,
    "proposal": _proposal,
    "note": _note,
    "file": _file,
    "consent": _consent,
    "change": _change,
    "message": _message,
    "complaint": _complaint,
}
