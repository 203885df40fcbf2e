"""Settings > About: version, where the data lies, what leaves this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from tcf_desktop import __version__
from tcf_desktop.base.external import open_path
from tcf_desktop.views.common import DataLabel, PlainButton
from tcf_desktop.views.settings.section import Section


class AboutSection(Section):
    """Nothing to change here."""

    key = "about"
    tables = ()

    def build(self) -> None:
        card = self.card("TCF Desktop")
        card.body.addWidget(
            DataLabel(self.tr("Version {version}").format(version=__version__), "body")
        )
        card.body.addWidget(
            DataLabel(
                self.tr("Qt {qt}, icons by Phosphor, under their free licences.").format(
                    qt=QLibraryInfo.version().toString()
                ),
                "caption",
                "text2",
                wrap=True,
            )
        )
        data = self.card(self.tr("Your data"))
        folder = str(self.ctx.office.folder.path)
        label = DataLabel(folder, "body", "text", wrap=True, object_name="settings.about.path")
        data.body.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        show = PlainButton(
            self.tr("Show the folder"), "folder-open", object_name="settings.about.folder"
        )
        show.clicked.connect(lambda *_: self.ctx.tasks.run(self, lambda: open_path(Path(folder))))
        copy = PlainButton(self.tr("Copy its path"), "copy")
        copy.clicked.connect(lambda *_: QGuiApplication.clipboard().setText(folder))
        row.addWidget(show)
        row.addWidget(copy)
        row.addStretch(1)
        data.body.addLayout(row)
        leaves = self.card(self.tr("What leaves this computer"))
        leaves.body.addWidget(
            DataLabel(
                self.tr(
                    "Nothing, unless you switch it on or save a file. There is no account, no "
                    "statistics and no error report that is sent by itself."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )
