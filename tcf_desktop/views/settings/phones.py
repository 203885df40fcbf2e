"""Settings > Phones: the switch that receives positions, its port, what is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.phones import HTTP_PORT
from tcf_desktop.services.queries.phones import phone_count
from tcf_desktop.views.common import DataLabel, FormField, LineEdit, PlainButton
from tcf_desktop.views.context import Target
from tcf_desktop.views.settings.section import Section
from tcf_desktop.views.team.phones_tab import ReceiveCard
from tcf_desktop.views.team.receiver import receiver

LOWEST, HIGHEST = 1024, 65_535


class PhonesSection(Section):
    """The same switch as under Team; the port belongs to this computer."""

    key = "phones"
    tables = ("phones",)

    def build(self) -> None:
        self._receiver = receiver(self.ctx)
        self.column.addWidget(ReceiveCard(self.ctx, object_name="settings.phones.receive"))
        paired = self.card(self.tr("Paired phones"))
        row = QHBoxLayout()
        self._count = DataLabel("", "body", "text2")
        row.addWidget(self._count, 1)
        go = PlainButton(
            self.tr("Show phones"), "device-mobile", object_name="settings.phones.show"
        )
        go.clicked.connect(lambda *_: self.ctx.navigate(Target("team", "phones")))
        row.addWidget(go)
        paired.body.addLayout(row)
        port = self.card(self.tr("Port"))
        self._port = LineEdit(object_name="settings.phones.port")
        self._port.editingFinished.connect(self._on_port_editing_finished)
        self._port_field = FormField(self.tr("Port of this computer"), self._port)
        self._port_field.setMaximumWidth(360)
        port.body.addWidget(self._port_field)
        port.body.addWidget(
            DataLabel(
                self.tr(
                    "{port} unless another program uses it. Paired phones remember it: pair them "
                    "again after changing it."
                ).format(port=HTTP_PORT),
                "caption",
                "text2",
                wrap=True,
            )
        )
        kept = self.card(self.tr("What is kept"))
        kept.body.addWidget(
            DataLabel(
                self.tr(
                    "Positions are kept only while somebody is clocked in, and only on this "
                    "computer. Others are removed within a day without being shown."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )
        self._receiver.changed.connect(self.load)

    def load(self) -> None:
        count = self.ctx.tasks.read_now(phone_count)
        self._count.setText(
            i18n.plural(count, self.tr("{n} phone is paired."), self.tr("{n} phones are paired."))
            if count
            else self.tr("No phone is paired.")
        )
        if not self._port.hasFocus():
            self._port.setText(str(self._receiver.port))

    def _on_port_editing_finished(self) -> None:
        text = self._port.text().strip()
        port = int(text) if text.isdecimal() and len(text) <= 5 else 0
        if not LOWEST <= port <= HIGHEST:
            self._port_field.set_hint(
                self.tr("Type a number from {low} to {high}. The old port was kept.").format(
                    low=LOWEST, high=HIGHEST
                ),
                "bad",
            )
            return
        self._port_field.set_hint("")
        if port != self._receiver.port:
            self._receiver.set_port(port)
            self.saved.emit()
