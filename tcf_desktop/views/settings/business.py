"""Settings > Business: what stands on invoices, the logo, money and time."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import QByteArray, QLocale, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.settings import business_facts, logo
from tcf_desktop.views.common import DataLabel, PlainButton
from tcf_desktop.views.settings.section import Section, side_by_side

CURRENCIES = (
    "USD", "CAD", "EUR", "GBP", "AUD", "NZD", "CHF", "DKK", "NOK", "SEK", "JPY", "INR", "MXN",
    "ZAR",
)  # fmt: skip


class BusinessSection(Section):
    """Every field saves when it is left."""

    key = "business"
    tables = ("business", "business_logo")

    def build(self) -> None:
        card = self.card(
            self.tr("Your business"),
            self.tr("This stands at the top of invoices and other papers."),
        )
        card.body.addWidget(self.text_field(self.tr("Business name"), "name"))
        card.body.addWidget(self.area_field(self.tr("Address"), "address", 3))
        card.body.addLayout(
            side_by_side(
                self.text_field(self.tr("E-mail"), "email"),
                self.text_field(self.tr("Phone number"), "phone"),
                self.text_field(self.tr("Website"), "website"),
            )
        )
        card.body.addLayout(
            side_by_side(
                self.choice_field(self.tr("Country"), "country", countries()),
                self.text_field(self.tr("VAT or tax number"), "tax_number"),
            )
        )
        self._build_logo()
        money = self.card(self.tr("Money and time"))
        money.body.addLayout(
            side_by_side(
                self.choice_field(
                    self.tr("Currency"), "currency", [(code, code) for code in CURRENCIES]
                ),
                self.choice_field(
                    self.tr("Time zone"),
                    "zone",
                    [(name.replace("_", " "), name) for name in zones()],
                ),
            )
        )
        money.body.addWidget(
            DataLabel(
                self.tr("Issued invoices keep their currency; booked visits keep their zone."),
                "caption",
                "text2",
                wrap=True,
            )
        )

    def load(self) -> None:
        facts, png = self.ctx.tasks.read_now(lambda r: (business_facts(r), logo(r)))
        self.show_business(facts)
        self._picture.show_png(png)
        self._remove.setVisible(png is not None)
        self._choose.setText(self.tr("Choose another…") if png else self.tr("Choose a picture…"))

    def _build_logo(self) -> None:
        card = self.card(self.tr("Logo"))
        row = QHBoxLayout()
        row.setSpacing(16)
        self._picture = LogoView()
        row.addWidget(self._picture)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(
            DataLabel(
                self.tr("A PNG or JPEG picture. It is printed at the top left, about 1.5 cm high."),
                "body",
                "text2",
                wrap=True,
            )
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._choose = PlainButton("", "image", object_name="settings.business.logo")
        self._choose.clicked.connect(self._on_choose_clicked)
        self._remove = PlainButton(
            self.tr("Remove"), "trash", object_name="settings.business.logo_remove"
        )
        self._remove.clicked.connect(lambda *_: self._save_logo(None))
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        words.addLayout(buttons)
        row.addLayout(words, 1)
        card.body.addLayout(row)

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a logo"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures (*.png *.jpg *.jpeg)"))
        dialog.fileSelected.connect(self.take_logo)
        dialog.open()

    def take_logo(self, path: str) -> None:
        """Read a picture beside the GUI thread, shrink it and store it as PNG."""
        from tcf_desktop.views.settings.logo_file import read_logo

        self.ctx.tasks.run(self, lambda: read_logo(path), self._save_logo)

    def _save_logo(self, png: bytes | None) -> None:
        from tcf_desktop.services.company import SaveLogo

        self.ctx.tasks.command(self, SaveLogo(png), lambda _: self.saved.emit())


class LogoView(QWidget):
    """The logo on white paper, as it will be printed."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setFixedSize(112, 76)
        self.setAccessibleName(self.tr("Logo"))

    def show_png(self, png: bytes | None) -> None:
        """Show a PNG, or an empty paper."""
        self._pixmap = QPixmap()
        if png:
            self._pixmap.loadFromData(QByteArray(png))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box(painter, self.rect(), colors.color("paper"), colors.color("buttonLine"), radius=6)
        if self._pixmap.isNull():
            glyph = colors.pixmap("image", "control", 24, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 24) // 2, (self.height() - 24) // 2, glyph)
        else:
            room = self.rect().adjusted(10, 10, -10, -10)
            size = self._pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (self.width() - size.width()) // 2
            top = (self.height() - size.height()) // 2
            painter.drawPixmap(left, top, size.width(), size.height(), self._pixmap)
        painter.end()


def countries() -> list[tuple[str, str]]:
    """Countries by name with their codes (ISO 3166)."""
    found = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha():
            found[code] = QLocale.territoryToString(territory)
    return sorted((name, code) for code, name in found.items())


def zones() -> list[str]:
    """Zones a business may be in, without the historical doubles; American ones first."""
    names = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/"))
    )
    return sorted(names, key=lambda name: (not name.startswith("America/"), name))
