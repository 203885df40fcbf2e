"""The three layouts of documents for customers: sizes, margins and where colour goes."""

import re
from dataclasses import dataclass

from tcf_desktop.domain.billing_settings import DEFAULT_COLOUR
from tcf_desktop.domain.print_look import Look
from tcf_desktop.integrations.pdf.kit import colour
from tcf_desktop.integrations.pdf.text import Style

_INK, _MUTED, _WHITE = colour("#1A1E25"), colour("#59616E"), colour("#FFFFFF")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_LIGHT = 150.0  # of 255: a brighter colour carries dark letters


@dataclass(frozen=True, slots=True)
class Layout:
    """Points and styles. ``accent`` colours rules and titles, ``band`` the bar of the amount,
    ``banner`` is the least height of a coloured head over the whole page (0 for none), ``edge`` a
    coloured line above the letterhead. ``filled`` fills the head of the table and the last sum,
    ``zebra`` tells rows apart by their ground, ``strip`` puts facts and amount side by side.
    """

    margin: float
    top: float
    foot: float
    gap: float
    padding: float
    logo: float
    banner: float
    edge: bool
    filled: bool
    zebra: bool
    strip: bool
    accent: str
    band: str
    rule: str
    strong_rule: str
    body: Style
    strong: Style
    caption: Style
    label: Style
    name: Style
    title: Style
    number: Style
    due: Style
    head_ink: str
    head_muted: str


def layout_of(look: Look) -> Layout:
    """The layout that the look names; an odd colour counts as the usual one."""
    chosen = look.colour if _HEX.fullmatch(look.colour) else DEFAULT_COLOUR
    accent = colour(chosen)
    modern, compact = look.layout == "modern", look.layout == "compact"
    size = 8.5 if compact else 9.5
    lead = 11.5 if compact else 13.0
    on_banner = _WHITE if _brightness(chosen) < _LIGHT else _INK
    title_ink = on_banner if modern else _INK
    return Layout(
        margin=45.0 if compact else 54.0,
        top=40.0 if compact else 46.0,
        foot=60.0 if compact else 72.0,
        gap=14.0 if compact else 26.0,
        padding=3.0 if compact else 5.0,
        logo=28.0 if compact else 36.0,
        banner=96.0 if modern else 0.0,
        edge=compact,
        filled=modern,
        zebra=modern,
        strip=compact,
        accent=accent,
        band=colour(_tinted(chosen, 0.9)) if modern else colour("#EDF1F8"),
        rule=colour("#DDE1E8"),
        strong_rule=accent if modern else colour("#98A1AF"),
        body=Style("regular", size, lead, _INK),
        strong=Style("bold", size, lead, _INK),
        caption=Style("regular", size - 1, lead - 1.5, _MUTED),
        label=Style("regular", size, lead + 0.5, _MUTED),
        name=Style("bold", 11 if compact else 12.5, 14 if compact else 16, title_ink),
        title=Style("bold", 15 if compact else 21, 19 if compact else 26, title_ink),
        number=Style("bold", 9.5 if compact else 11, 12.5 if compact else 15, title_ink),
        due=Style("bold", 10.5 if compact else 13.5, 14 if compact else 17, _INK),
        head_ink=title_ink,
        head_muted=title_ink if modern else _MUTED,
    )


def _channels(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _brightness(value: str) -> float:
    red, green, blue = _channels(value)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _tinted(value: str, share: float) -> str:
    """The colour with so much white in it."""
    mixed = [round(part + (255 - part) * share) for part in _channels(value)]
    return "#" + "".join(f"{part:02X}" for part in mixed)
