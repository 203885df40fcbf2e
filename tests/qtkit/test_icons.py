"""Every icon that the code names is in the set and can be drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import tcf_desktop
from tcf_desktop.qtkit import icons
from tcf_desktop.views.registry import PAGES
from tcf_desktop.views.settings.catalog import SECTIONS


def test_every_icon_can_be_drawn_in_its_colour(qapp: QApplication) -> None:
    for name in icons.names():
        image = icons.pixmap(name, "#ff0000", 20).toImage()
        drawn = [
            image.pixelColor(x, y)
            for x in range(20)
            for y in range(20)
            if image.pixelColor(x, y).alpha() > 100
        ]
        assert drawn, name
        assert all(color.red() > 150 and color.green() < 60 for color in drawn), name


def test_an_unknown_icon_is_refused(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "#000000", 16)


def test_a_sharp_screen_gets_a_sharp_icon(qapp: QApplication) -> None:
    drawn = icons.pixmap("users", "#000000", 18, 2.0)
    assert drawn.width() == 36
    assert drawn.deviceIndependentSize().width() == 18


def test_icons_of_places_and_settings_exist() -> None:
    known = set(icons.names())
    assert {place.icon for place in PAGES} <= known
    assert {section.icon for section in SECTIONS} <= known


def test_icons_named_in_code_exist() -> None:
    known = set(icons.names())
    used = set()
    pattern = re.compile(
        r"(?:IconButton|IconLabel|SectionButton|EmptyState)\(\s*\"([a-z][a-z-]+)\""
        r"|(?:PrimaryButton|PlainButton|QuietButton|LinkButton)\([^()]*(?:\([^()]*\))?,\s*\"([a-z][a-z-]+)\""
        r"|(?:pixmap|\.icon)\(\s*\"([a-z][a-z-]+)\""
    )
    package = Path(tcf_desktop.__file__).parent / "views"
    for file in package.rglob("*.py"):
        for found in pattern.finditer(file.read_text("utf-8")):
            used.add(next(name for name in found.groups() if name))
    assert len(used) > 10
    assert used <= known
