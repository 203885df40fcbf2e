"""The tool row of the schedule: today, back and forth, the range, the crews, which view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import CrewRow
from tcf_desktop.views.common import (
    FilterChip,
    IconButton,
    LinkButton,
    PlainButton,
    QuietButton,
    SegmentedControl,
    Surface,
)

HEIGHT = 52


class _RangeButton(QuietButton):
    """The days that are shown; opens the calendar."""

    type_style = "subtitle"
    weight = 600
    text_token = "text"
    padding = 6


class ScheduleToolbar(Surface):
    """Knows nothing of appointments; says what was asked for."""

    todayRequested = Signal()
    jumpRequested = Signal()
    printRequested = Signal()
    optionsRequested = Signal()
    turnRequested = Signal(int)
    viewRequested = Signal(str)
    crewsChanged = Signal(object)  # set of hidden crew ids
    hoursRequested = Signal(bool)  # hours although lanes are narrow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._crews: tuple[CrewRow, ...] = ()
        self._hidden: set[int] = set()
        self._by_crew = False
        self._chips: dict[int, FilterChip] = {}
        self.setMinimumHeight(max(HEIGHT, theme().control_height() + 22))
        self.today = PlainButton(self.tr("Today"), tooltip=self.tr("Today (T)"),
                                 object_name="schedule.today")  # fmt: skip
        self.back = IconButton("caret-left", self.tr("Earlier"), object_name="schedule.back",
                               shortcut="PgUp")  # fmt: skip
        self.forth = IconButton("caret-right", self.tr("Later"), object_name="schedule.forth",
                                shortcut="PgDown")  # fmt: skip
        self.range = _RangeButton("", tooltip=self.tr("Choose a date (G)"),
                                  object_name="schedule.range")  # fmt: skip
        self.range.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.notice = LinkButton("", object_name="schedule.hours", style="caption")
        self.notice.hide()
        self.crew_menu = PlainButton(self.tr("Crews"), "users", object_name="schedule.crews")
        self.crew_menu.hide()
        self._views = {
            "day": self.tr("Day"),
            "week": self.tr("Week"),
            "month": self.tr("Month"),
            "list": self.tr("List"),
        }
        self.view = SegmentedControl(list(self._views.items()), object_name="schedule.view")
        self.view.setAccessibleName(self.tr("View"))
        self.view_menu = PlainButton("", "calendar-blank", object_name="schedule.view_menu")
        self.view_menu.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.view_menu.hide()
        self.options = IconButton("eye", self.tr("How the schedule is shown"),
                                  object_name="schedule.options")  # fmt: skip
        self.print = IconButton("printer", self.tr("Print"), object_name="schedule.print",
                                shortcut="Ctrl+P")  # fmt: skip
        self._range = ("", "")
        self._notices = ("", "")
        self.set_view("week")
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(6)
        for widget in (self.today, self.back, self.forth):
            row.addWidget(widget)
        row.addSpacing(4)
        row.addWidget(self.range)
        row.addSpacing(10)
        row.addLayout(self._chip_row)
        row.addWidget(self.crew_menu)
        row.addWidget(self.notice)
        row.addStretch(1)
        row.addWidget(self.view)
        row.addWidget(self.view_menu)
        row.addWidget(self.print)
        row.addWidget(self.options)
        self.today.clicked.connect(self.todayRequested)
        self.back.clicked.connect(lambda *_: self.turnRequested.emit(-1))
        self.forth.clicked.connect(lambda *_: self.turnRequested.emit(1))
        self.range.clicked.connect(self.jumpRequested)
        self.options.clicked.connect(self.optionsRequested)
        self.print.clicked.connect(self.printRequested)
        self.view.chosen.connect(self.viewRequested)
        self.view_menu.clicked.connect(self.open_view_menu)
        self.crew_menu.clicked.connect(self.open_crew_menu)
        self.notice.clicked.connect(lambda *_: self.hoursRequested.emit(self._by_crew))

    def set_view(self, view: str) -> None:
        """Show which view is chosen."""
        self.view.set_key(view)
        self.view_menu.setText(self._views[view])
        self.view_menu.setAccessibleName(self.tr("View: {view}").format(view=self._views[view]))

    def set_range(self, text: str, short: str) -> None:
        """The days in words, and in few words for a narrow window."""
        self._range = (text, short)
        self._fit()

    def open_view_menu(self) -> None:
        """The views as a menu, for narrow windows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, text in self._views.items():
            action = menu.addAction(f"{text}\t{key[0].upper()}")
            action.setCheckable(True)
            action.setChecked(key == self.view.key())
            action.triggered.connect(lambda _on, wanted=key: self.viewRequested.emit(wanted))
        menu.popup(self.view_menu.mapToGlobal(QPoint(0, self.view_menu.height() + 2)))

    def set_crews(self, crews: Sequence[CrewRow], hidden: set[int]) -> None:
        """Show a chip for each crew."""
        self._hidden = set(hidden)
        if tuple(crews) != self._crews:
            self._crews = tuple(crews)
            while self._chip_row.count():
                item = self._chip_row.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.deleteLater()
            self._chips = {}
            for crew in crews:
                chip = FilterChip(
                    crew.name, crew=crew.color_index, object_name=f"schedule.crew.{crew.id}"
                )
                chip.setToolTip(self.tr("Show or hide; Alt+click shows only this crew"))
                chip.installEventFilter(self)
                chip.clicked.connect(lambda *_, ident=crew.id: self._on_chip_clicked(ident))
                self._chip_row.addWidget(chip)
                self._chips[crew.id] = chip
        for ident, chip in self._chips.items():
            chip.setChecked(ident not in self._hidden)
        self._fit()

    def set_by_crew(self, by_crew: bool, forced_hours: bool, count: int) -> None:
        """Say that lanes would be too narrow, with the way to the other view."""
        self._by_crew = by_crew
        if by_crew:
            self._notices = (self.tr("Shown by crew · use hours"), self.tr("By hours"))
        else:
            self._notices = (self.tr("Show by crew"), self.tr("By crew"))
        self.notice.setToolTip(
            self.tr("With {n} crews the lanes of the hours would be narrow").format(n=count)
        )
        self.notice.setVisible(by_crew or forced_hours)
        self._fit()

    def open_crew_menu(self) -> None:
        """The crews as a menu, for narrow windows and the key C."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for crew in self._crews:
            action = menu.addAction(crew.name)
            action.setCheckable(True)
            action.setChecked(crew.id not in self._hidden)
            action.triggered.connect(lambda _on, ident=crew.id: self._toggle(ident))
        menu.addSeparator()
        menu.addAction(self.tr("All crews"), lambda: self.crewsChanged.emit(set()))
        anchor = self.crew_menu if self.crew_menu.isVisible() else self.range
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            only = next((i for i, chip in self._chips.items() if chip is watched), None)
            if only is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.crewsChanged.emit({crew.id for crew in self._crews} - {only})
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What does not fit gives way in turn: chips and views become menus, words short."""
        chips = sum(chip.sizeHint().width() + 8 for chip in self._chips.values())
        menu = self.crew_menu.sizeHint().width() + 8
        view, view_menu = self.view.sizeHint().width(), self.view_menu.sizeHint().width()
        spared = view - view_menu
        fixed = 48 + 14 + 9 * 6 + self.print.sizeHint().width()
        fixed += sum(w.sizeHint().width() for w in (self.today, self.back, self.forth))
        fixed += self.options.sizeHint().width() + view
        noted = 0
        if not self.notice.isHidden():
            self.notice.setText(self._notices[0])
            noted = self.notice.sizeHint().width() + 6
        fixed += noted
        long, short = (self._range_width(text) for text in self._range)
        room = self.width()
        narrow = fixed + long + chips > room
        few = narrow and fixed + long + menu > room
        brief = few and fixed - spared + long + menu > room
        text = self._range[1] if brief else self._range[0]
        if text != self.range.text():
            self.range.setText(text)
            self.range.setAccessibleName(self._range[0])
        bare = brief and fixed - spared + short + menu > room
        if bare and noted:
            self.notice.setText(self._notices[1])
        for chip in self._chips.values():
            chip.setVisible(not narrow)
        self.crew_menu.setVisible(narrow and bool(self._chips))
        self.crew_menu.setText("" if bare else self.tr("Crews"))
        self.crew_menu.setAccessibleName(self.tr("Crews"))
        self.view.setVisible(not few)
        self.view_menu.setVisible(few)

    def _range_width(self, text: str) -> int:
        return theme().metrics("subtitle", 600).horizontalAdvance(text) + 14

    def _on_chip_clicked(self, ident: int) -> None:
        self._toggle(ident)

    def _toggle(self, ident: int) -> None:
        hidden = self._hidden ^ {ident}
        if len(hidden) == len(self._crews):  # never an empty schedule by a slip
            hidden = set()
        self.crewsChanged.emit(hidden)
