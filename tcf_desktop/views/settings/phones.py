"""Settings > Phones: the switch, the port, what is kept."""

from __future__ import annotations

from PySide6.QtGui import QIntValidator

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.views.common import DataLabel, FormField, LineEdit, LinkButton
from tcf_desktop.views.context import Target
from tcf_desktop.views.settings.section import Section
from tcf_desktop.views.team.phones_tab import ReceiveCard
from tcf_desktop.views.team.receiver import receiver

_LOWEST, _HIGHEST = 1024, 65_535


class PhonesSection(Section):
    """The port belongs to this device, not to the business."""

    key = "phones"
    tables = ("phones",)

    def build(self) -> None:
        self.receive = ReceiveCard(self.ctx, object_name="settings.phones.receive")
        self.column.addWidget(self.receive)
        card = self.card(
            self.tr("Address"),
            self.tr(
                "A paired phone sends to one address for good. Change the port only when another "
                "program needs it, and pair the phones again afterwards. Ask whoever looks after "
                "your network to give this computer a fixed address."
            ),
        )
        self.port = LineEdit(object_name="settings.phones.port")
        self.port.setValidator(QIntValidator(0, _HIGHEST, self.port))
        self.port.setMaximumWidth(120)
        self.port.editingFinished.connect(self._on_port_edited)
        self.port_field = FormField(self.tr("Port"), self.port)
        card.body.addWidget(self.port_field)
        kept = self.card(self.tr("What is kept"))
        kept.body.addWidget(
            DataLabel(
                self.tr(
                    "Positions are seen only inside a shift. What lies outside every shift is "
                    "deleted a day after it came. Network names, motion and pictures that an app "
                    "sends along are never stored."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )
        phones = LinkButton(self.tr("Paired phones"), object_name="settings.phones.list")
        phones.clicked.connect(lambda: self.ctx.navigate(Target("team", "phones")))
        kept.body.addWidget(phones)

    def load(self) -> None:
        if not self.port.hasFocus():
            self.port.setText(str(receiver(self.ctx).port))

    def _on_port_edited(self) -> None:
        text = self.port.text()
        port = int(text) if text.isdecimal() else 0
        if not _LOWEST <= port <= _HIGHEST:
            self.port_field.set_hint(
                self.tr("Choose a port between {first} and {last}.").format(
                    first=_LOWEST, last=_HIGHEST
                ),
                "bad",
            )
            return
        self.port_field.set_hint("")
        if port != receiver(self.ctx).port:
            receiver(self.ctx).set_port(port)
            self.saved.emit()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        """Nothing of the database is shown here."""
