"""Form and preview side by side: who gives way when there is no room for both."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from tcf_desktop.views.common import ScrollPane

_FORM_WIDTH: Final = 560
_PREVIEW_WIDTH: Final = 540
_LEAST_PANE: Final = 300


class RoomyForm(ScrollPane):
    """A form that says how much room its lines lack."""

    def lacks_room(self) -> int:
        """Pixels that are missing for the words of the lines beside their figures."""
        raise NotImplementedError


class EditorPanes(QSplitter):
    """The form left; right ``side``, a stack of the preview and what is asked beside the document.

    In a narrow window the form comes first, and before it what is asked.
    """

    def __init__(self, form: RoomyForm, preview: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("invoice.splitter")
        self.form, self.preview = form, preview
        self.form.setMinimumWidth(_FORM_WIDTH - 40)
        self.preview.setMinimumWidth(260)
        self.side = QStackedWidget()
        self.side.addWidget(preview)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(form)
        self.addWidget(self.side)
        self.setSizes([700, _PREVIEW_WIDTH])
        self.setStretchFactor(0, 1)
        self.is_narrow = False
        self._wants_preview = True

    def is_asking(self) -> bool:
        """Whether something else than the preview stands there."""
        return self.side.currentWidget() is not self.preview

    def ask(self, pane: QWidget | None) -> None:
        """Show a pane, or with None the preview again."""
        self.side.setCurrentWidget(self.preview if pane is None else pane)
        self._fit()

    def toggle(self) -> None:
        """Show or hide the PDF."""
        self._wants_preview = not self.side.isVisible()
        self.side.setVisible(self._wants_preview)

    def take_width(self, width: int) -> bool:
        """The window has this width now; whether that leaves room for both has changed."""
        least = self.form.minimumWidth() + self.side.minimumSizeHint().width()
        narrow = width < max(_FORM_WIDTH + 400, least)
        if narrow == self.is_narrow:
            return False
        self.is_narrow = narrow
        self._fit()
        return True

    def make_room(self) -> None:
        """Large figures need room: the preview gives it up before the words of the lines do."""
        form, side = self.sizes()
        given = min(self.form.lacks_room(), side - self.side.minimumSizeHint().width())
        if side and given > 0:
            self.setSizes([form + given, side - given])

    def layout_state(self) -> dict[str, Any]:
        """How wide the panes are, where both are to be seen."""
        sizes = self.sizes()
        return {"panes": sizes} if min(sizes) >= _LEAST_PANE else {}

    def restore_layout(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`layout_state` gave; anything odd is left alone."""
        sizes = state.get("panes")
        if (
            isinstance(sizes, list)
            and len(sizes) == 2
            and all(isinstance(size, int) and size >= _LEAST_PANE for size in sizes)
        ):
            self.setSizes(sizes)

    def _fit(self) -> None:
        asking = self.is_asking()
        self.side.setVisible(asking or (self._wants_preview and not self.is_narrow))
        self.form.setVisible(not (asking and self.is_narrow))
