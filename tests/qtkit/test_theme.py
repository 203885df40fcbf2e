"""Every pair of colours that meets on the screen can be read, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

import tcf_desktop
from tcf_desktop.qtkit.theme import (
    CREWS,
    MODES,
    STYLES,
    SURFACES,
    TOKENS,
    TONES,
    Theme,
    contrast,
    theme,
)

READABLE = 4.5  # WCAG 2.2, 1.4.3
VISIBLE = 3.0  # WCAG 2.2, 1.4.11
BOTH = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def ratio(first: str, second: str, dark: bool) -> float:
    return contrast(TOKENS[first][dark], TOKENS[second][dark])


def test_contrast_agrees_with_the_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@BOTH
@pytest.mark.parametrize("surface", [*SURFACES, "todayTint"])
@pytest.mark.parametrize("text", ["text", "text2", "text3", "link"])
def test_text_can_be_read_on_every_surface(text: str, surface: str, dark: bool) -> None:
    assert ratio(text, surface, dark) >= READABLE


@BOTH
@pytest.mark.parametrize("tone", TONES)
def test_states_can_be_read_on_their_tint_and_on_cards(tone: str, dark: bool) -> None:
    assert ratio(tone, f"{tone}Tint", dark) >= READABLE
    assert ratio(tone, "surface", dark) >= READABLE
    assert ratio("text", f"{tone}Tint", dark) >= READABLE


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("onAccent", "accent"),
        ("onAccent", "accentHover"),
        ("onAccent", "accentPressed"),
        ("onNow", "now"),
        ("snackText", "snack"),
        ("snackLink", "snack"),
        ("now", "surface"),
    ],
)
def test_text_on_filled_grounds_can_be_read(text: str, ground: str, dark: bool) -> None:
    assert ratio(text, ground, dark) >= READABLE


@BOTH
@pytest.mark.parametrize("line", ["control", "accent", *(f"aging{age}" for age in range(5))])
def test_borders_rings_and_bars_are_visible(line: str, dark: bool) -> None:
    assert ratio(line, "surface", dark) >= VISIBLE


@BOTH
@pytest.mark.parametrize("crew", CREWS, ids=[crew[0] for crew in CREWS])
def test_crew_colours_are_visible_and_hold_text(
    crew: tuple[str, str, str, str, str], dark: bool
) -> None:
    bar, fill = (crew[3], crew[4]) if dark else (crew[1], crew[2])
    assert contrast(bar, TOKENS["surface"][dark]) >= VISIBLE
    assert contrast(TOKENS["text"][dark], fill) >= READABLE
    assert contrast(TOKENS["text2"][dark], fill) >= READABLE


def test_no_widget_holds_a_colour_of_its_own() -> None:
    package = Path(tcf_desktop.__file__).parent
    literal = re.compile(r"[\"']#[0-9A-Fa-f]{6}[\"']")
    found = [
        f"{file.relative_to(package)}:{number}"
        for folder in ("views", "itemmodels", "qtkit")
        for file in (package / folder).rglob("*.py")
        if file.name != "theme.py"
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []


@pytest.fixture
def look(qapp: QApplication) -> Theme:
    found = theme()
    before = found.mode, found.text_scale
    yield found
    found.set_text_scale(before[1])
    found.set_mode(before[0])


def test_mode_changes_the_palette_and_tells(look: Theme, qapp: QApplication, qtbot: object) -> None:
    look.set_mode("light")
    light = look.color("surface").name()
    with qtbot.waitSignal(look.changed):  # type: ignore[attr-defined]
        look.set_mode("dark")
    assert look.is_dark
    assert look.color("surface").name() != light
    assert qapp.palette().base().color() == look.color("surface")
    with pytest.raises(ValueError, match="sepia"):
        look.set_mode("sepia")
    assert MODES == ("follow", "light", "dark")


def test_text_size_scales_fonts_rows_and_stays_in_bounds(look: Theme) -> None:
    look.set_text_scale(100)
    body, row = look.line_height(), look.row_height(2)
    assert row == 46
    look.set_text_scale(200)
    assert look.line_height() > 1.8 * body
    assert look.row_height(2) > row
    assert look.scaled(16) == 32
    look.set_text_scale(900)
    assert look.text_scale == 200
    look.set_text_scale(1)
    assert look.text_scale == 90


def test_styles_have_factor_weight_and_tabular_figures(look: Theme) -> None:
    look.set_text_scale(100)
    for style, (factor, weight) in STYLES.items():
        font = look.font(style)
        assert font.pixelSize() == round(13 * factor)
        assert font.weight() == QFont.Weight(weight)
    metrics = look.metrics()
    assert len({metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}) == 1
