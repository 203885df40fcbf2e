"""The first start: one's own business, or a look around in a sample business."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTimeZone, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n, style
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.office import NewBusiness
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    FormField,
    LineEdit,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    TextArea,
)
from tcf_desktop.views.common.labels import IconLabel
from tcf_desktop.views.settings.business import CURRENCIES, zones

WIDTH, HEIGHT = 880, 700


class FirstStart(Surface):
    """``businessRequested`` carries a :class:`NewBusiness`; nothing is made here."""

    businessRequested = Signal(object)
    sampleRequested = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("window")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        i18n.install(app)
        style.install(app)
        self.setObjectName("first_start")
        self.setWindowTitle("TCF Desktop")
        self.resize(WIDTH, HEIGHT)
        self.setMinimumSize(640, 520)
        self._notice = Notice("", "bad", "warning-circle")
        self._notice.hide()
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress_text = DataLabel("", "body", "text2", object_name="first_start.progress")
        self._busy = QWidget()
        busy = QVBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.addWidget(self._progress_text)
        busy.addWidget(self._progress)
        self._busy.hide()
        self._stack = QStackedWidget()
        self._choice = self._make_choice()
        self._form = BusinessForm()
        self._form.backRequested.connect(lambda: self._stack.setCurrentWidget(self._choice))
        self._form.done.connect(self.businessRequested)
        self._stack.addWidget(self._choice)
        self._stack.addWidget(self._form)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 32, 40, 28)
        column.setSpacing(16)
        column.addWidget(Sign())
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self._busy)

    def set_busy(self, busy: bool) -> None:
        """While the business is being made nothing can be pressed."""
        self._stack.setEnabled(not busy)
        self._busy.setVisible(busy)
        self._notice.hide()
        self._progress_text.setText(self.tr("One moment…"))
        self._progress.setRange(0, 0)

    def show_progress(self, text: str, share: float) -> None:
        """How far it is, 0 to 1."""
        self._progress_text.setText(text)
        self._progress.setRange(0, 1000)
        self._progress.setValue(round(1000 * min(1.0, max(0.0, share))))

    def show_error(self, error: AppError) -> None:
        """Say in words why it could not be made."""
        self._notice.set_notice(words_of(error).text(), "bad", "warning-circle")
        self._notice.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def _make_choice(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(DataLabel(self.tr("How would you like to begin?"), "title"))
        column.addWidget(
            DataLabel(
                self.tr("Everything stays on this computer. You can do the other thing later."),
                "body", "text2",
            )
        )  # fmt: skip
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        own = PrimaryButton(
            self.tr("Start my business"), "arrow-right", object_name="first_start.own"
        )
        own.clicked.connect(self._on_own_clicked)
        sample = PlainButton(self.tr("Look around"), "eye", object_name="first_start.sample")
        sample.clicked.connect(self.sampleRequested)
        row.addWidget(
            _choice(
                "storefront",
                self.tr("Start my business"),
                self.tr(
                    "Your name, address and usual tax: about a minute, and all but the name can "
                    "wait. Then add your customers or import them."
                ),
                own,
            ),
            1,
        )
        row.addWidget(
            _choice(
                "binoculars",
                self.tr("Look around in a sample business"),
                self.tr(
                    "A window, carpet and lawn care company with 400 customers, three crews and "
                    "two years of work. It has a folder of its own that you can throw away."
                ),
                sample,
            ),
            1,
        )
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _on_own_clicked(self) -> None:
        self._stack.setCurrentWidget(self._form)
        self._form.name.setFocus()


def _choice(icon: str, title: str, text: str, button: QWidget) -> Card:
    card = Card()
    card.body.setContentsMargins(20, 20, 20, 20)
    card.body.setSpacing(10)
    card.body.addWidget(IconLabel(icon, "info", 22, tint="infoTint", box_size=44))
    card.body.addWidget(DataLabel(title, "subtitle", wrap=True))
    card.body.addWidget(DataLabel(text, "body", "text2", wrap=True))
    card.body.addStretch(1)
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    card.body.addLayout(row)
    card.setMinimumHeight(240)
    return card


class BusinessForm(QWidget):
    """The fields of a new business; ``done`` carries it."""

    done = Signal(object)
    backRequested = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(DataLabel(self.tr("Your business"), "title"))
        outer.addWidget(
            DataLabel(
                self.tr("This stands on your invoices. You can change all of it under Settings."),
                "body", "text2",
            )
        )  # fmt: skip
        pane = ScrollPane("window")
        pane.layout_.setContentsMargins(0, 0, 10, 0)
        card = Card()
        card.body.setContentsMargins(20, 16, 20, 20)
        card.body.setSpacing(12)
        pane.layout_.addWidget(card)
        pane.layout_.addStretch(1)
        self._make_fields(card)
        outer.addWidget(pane, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        back = PlainButton(self.tr("Back"), "arrow-left", object_name="first_start.back")
        back.clicked.connect(self.backRequested)
        skip = PlainButton(self.tr("Skip for now"), object_name="first_start.skip")
        skip.setToolTip(self.tr("Begin without these facts; they can be filled in later"))
        skip.clicked.connect(self._on_skip_clicked)
        start = PrimaryButton(self.tr("Start my business"), object_name="first_start.start")
        start.clicked.connect(self._on_start_clicked)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(skip)
        foot.addWidget(start)
        outer.addLayout(foot)
        self.name.returnPressed.connect(self.focusNextChild)

    def business(self) -> NewBusiness:
        """What stands in the fields; an unreadable tax rate counts as none."""
        rate = i18n.typed_rate(self.rate.text()) if self.rate.text().strip() else 0
        parts: tuple[tuple[str, int], ...] = ()
        tax = self.tax.text().strip() or self.tr("Sales tax")
        if 0 < rate <= 1_000_000:
            parts = ((tax, rate),)
        return NewBusiness(
            name=self.name.text().strip() or self.tr("My business"),
            currency=str(self.currency.currentData()),
            zone=str(self.zone.currentData()),
            address=self.address.text().strip(),
            email=self.email.text().strip(),
            phone=self.phone.text().strip(),
            country=_country(),
            tax_name=f"{tax} {i18n.rate(rate)}" if parts else "",
            tax_parts=parts,
        )

    def _make_fields(self, card: Card) -> None:
        self.name = LineEdit(
            object_name="first_start.name", placeholder=self.tr("Clearview Window Care")
        )
        self.address = TextArea(lines=3, object_name="first_start.address")
        self.email = LineEdit(object_name="first_start.email")
        self.phone = LineEdit(object_name="first_start.phone")
        self.currency = ComboBox(object_name="first_start.currency")
        for code in CURRENCIES:
            self.currency.addItem(code, code)
        self.currency.select_data(
            QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
        )
        self.zone = ComboBox(object_name="first_start.zone")
        for zone in zones():
            self.zone.addItem(zone.replace("_", " "), zone)
        own = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self.zone.select_data(own if self.zone.findData(own) >= 0 else "America/Chicago")
        self.tax = LineEdit(object_name="first_start.tax", placeholder=self.tr("Sales tax"))
        self.rate = LineEdit(object_name="first_start.rate", placeholder=self.tr("none"))
        self._name_field = FormField(self.tr("Business name"), self.name)
        card.body.addWidget(self._name_field)
        card.body.addWidget(FormField(self.tr("Address"), self.address))
        card.body.addLayout(
            _row(FormField(self.tr("E-mail"), self.email), FormField(self.tr("Phone"), self.phone))
        )
        card.body.addLayout(
            _row(
                FormField(self.tr("Currency"), self.currency),
                FormField(self.tr("Time zone"), self.zone),
            )
        )
        self._rate_field = FormField(self.tr("Rate in %"), self.rate)
        card.body.addLayout(_row(FormField(self.tr("Usual tax"), self.tax), self._rate_field))

    def _on_skip_clicked(self) -> None:
        self.done.emit(self.business())

    def _on_start_clicked(self) -> None:
        named = bool(self.name.text().strip())
        self._name_field.set_hint(
            "" if named else self.tr("A business needs a name. Type one, or skip for now."), "bad"
        )
        typed = self.rate.text().strip()
        readable = not typed or 0 <= i18n.typed_rate(typed) <= 1_000_000
        self._rate_field.set_hint(
            "" if readable else self.tr("Type a percentage such as 6.2, or leave it empty."), "bad"
        )
        if not named:
            self.name.setFocus()
        elif not readable:
            self.rate.setFocus()
        else:
            self.done.emit(self.business())


class Sign(QWidget):
    """The program's sign and name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setAccessibleName("TCF Desktop")

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        from PySide6.QtCore import QRect

        box(painter, QRect(0, 2, 32, 32), colors.color("accent"), None, radius=8)
        glyph = colors.pixmap("check-bold", "onAccent", 19, self.devicePixelRatioF())
        painter.drawPixmap(7, 9, glyph)
        painter.setFont(colors.font("subtitle"))
        painter.setPen(colors.color("text"))
        painter.drawText(
            self.rect().adjusted(44, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "TCF Desktop"
        )
        painter.end()


def _row(*fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row


def _country() -> str:
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 else "US"
