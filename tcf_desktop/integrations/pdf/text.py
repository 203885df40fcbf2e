"""Text for pages: any string is printed literally, measured, wrapped and put into visual order.

Nothing here reads markup. Control characters and invisible format characters are dropped, what no
font has is shown as a box, and length is capped, so that no input can break or swell a document.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from reportlab.pdfbase.ttfonts import ShapedStr, shapeStr

from tcf_desktop.integrations.pdf.fonts import KitFont, font

MAX_CHARS = 10_000
MISSING = "\u25a1"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHT_TO_LEFT_WORD = re.compile(
    "[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks. ``size`` and ``leading`` in points, ``colour`` as PDF fill operands."""

    role: str
    size: float
    leading: float
    colour: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece in one font, in the order in which it is painted from the left."""

    font: KitFont
    text: str


def clean(text: str) -> str:
    """One printable line: composed, without control characters, at most 10,000 characters."""
    if text.isascii() and text.isprintable() and len(text) <= MAX_CHARS:
        return text
    if len(text) > MAX_CHARS:
        text = text[: MAX_CHARS - 1] + "…"
    return "".join(_printable(char) for char in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _printable(char: str) -> str:
    if char in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"} or 0xFE00 <= ord(char) <= 0xFE0F:
        return ""
    if category == "Zs" and char != "\u00a0":
        return " "
    if category in {"Cs", "Co", "Cn"}:
        return MISSING
    if any(font(role).has(char) for role in ("regular", "regular+")):
        return char
    return MISSING


def paragraphs(text: str) -> list[str]:
    """The cleaned lines of a text; at most 10,000 characters of it."""
    if len(text) > MAX_CHARS:
        text = text[: MAX_CHARS - 1] + "…"
    return [clean(line) for line in text.strip().splitlines()]


def width(text: str, style: Style) -> float:
    """Points that one line of cleaned text takes on the page."""
    main = font(style.role)
    if main.covers(text):
        return float(main.stringWidth(text, style.size))
    return sum(run_width(run, style.size) for run in runs(text, style.role, style.size))


def measure(text: str, style: Style) -> float:
    """Points that a text takes before letters are joined: for breaking lines, in linear time."""
    main = font(style.role)
    if main.covers(text):
        return float(main.stringWidth(text, style.size))
    return sum(_advance(style.role, char) for char in text) * style.size


@lru_cache(maxsize=4096)
def _advance(role: str, char: str) -> float:
    chosen, shown = _choose(char, font(role), font(f"{role}+"))
    return float(chosen.stringWidth(shown, 1))


def run_width(run: Run, size: float) -> float:
    """Points that a run takes; shaped text by the advances that harfbuzz gave."""
    if isinstance(run.text, ShapedStr):
        return float(sum(data.x_advance for data in shape_of(run.text))) * size / 1000
    return float(run.font.stringWidth(run.text, size))


def shape_of(text: ShapedStr) -> list[Any]:
    """Advances and offsets that harfbuzz gave for each character, in thousandths of the size."""
    return cast("list[Any]", cast("Any", text).__shapeData__)


def runs(text: str, role: str, size: float) -> list[Run]:
    """The text in visual order, split by font; right-to-left words joined by harfbuzz."""
    main = font(role)
    if main.covers(text):
        return [Run(main, text)]
    if not _RIGHT_TO_LEFT.search(text):
        return _by_font(text, role)
    from bidi import get_display

    visual = _mirrored(str(get_display(text)))
    result, at = [], 0
    for word in _RIGHT_TO_LEFT_WORD.finditer(visual):
        result += _by_font(visual[at : word.start()], role)
        result.append(_shaped(word.group(), role, size))
        at = word.end()
    return result + _by_font(visual[at:], role)


_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "‹": "›"}
_OPENING = {close: opening for opening, close in _PAIRS.items()}


def _mirrored(visual: str) -> str:
    """Turn round the brackets that stand in right-to-left order (rule L4 of Unicode's UAX 9).

    get_display orders but does not mirror: a pair whose closing bracket now comes first was ordered
    from the right.
    """
    chars = list(visual)
    waiting: list[int] = []
    for at, char in enumerate(visual):
        if char not in _PAIRS and char not in _OPENING:
            continue
        last = visual[waiting[-1]] if waiting else ""
        if _OPENING.get(char, "?") == last:
            waiting.pop()
        elif _PAIRS.get(char, "?") == last:
            chars[waiting.pop()], chars[at] = char, last
        else:
            waiting.append(at)
    return "".join(chars)


def _shaped(visual: str, role: str, size: float) -> Run:
    """A right-to-left word. harfbuzz wants it as written and answers in the order of painting."""
    other = font(f"{role}+")
    return Run(other, shapeStr(visual[::-1], other.fontName, size))


def _by_font(text: str, role: str) -> list[Run]:
    result: list[Run] = []
    main, other = font(role), font(f"{role}+")
    for char in text:
        chosen, char = _choose(char, main, other)  # noqa: PLW2901 - a box where no font has it
        if result and result[-1].font is chosen:
            result[-1] = Run(chosen, result[-1].text + char)
        else:
            result.append(Run(chosen, char))
    return result


def _choose(char: str, main: KitFont, other: KitFont) -> tuple[KitFont, str]:
    if main.has(char):
        return main, char
    return (other, char) if other.has(char) else (main, MISSING)


def wrap(text: str, style: Style, room: float, max_lines: int | None = None) -> list[str]:
    """Lines of a text (line breaks kept) that fit ``room`` points; "…" ends what was cut off.

    A word that is wider than the room is broken; time is linear in the length.
    """
    lines: list[str] = []
    for paragraph in paragraphs(text):
        if measure(paragraph, style) <= room:
            lines.append(paragraph)
        else:
            lines += _wrapped(paragraph, style, room)
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], ellipsis(f"{lines[max_lines - 1]}…", style, room)]
    return lines


def ellipsis(text: str, style: Style, room: float) -> str:
    """The text, or its beginning and "…" where it is wider than ``room``."""
    if measure(text, style) <= room:
        return text
    return _fitting(text, style, room - measure("…", style)).rstrip(" …") + "…"


def _wrapped(paragraph: str, style: Style, room: float) -> list[str]:
    lines, line, taken = [], "", 0.0
    space = measure(" ", style)
    for word in paragraph.split(" "):
        wide = measure(word, style)
        if line and taken + space + wide > room:
            lines.append(line)
            line, taken = "", 0.0
        if wide > room:
            *broken, word = _broken(word, style, room)  # noqa: PLW2901 - its end goes on as a word
            lines += broken
            wide = measure(word, style)
        taken = taken + space + wide if line else wide
        line = f"{line} {word}" if line else word
    return [*lines, line]


def _broken(word: str, style: Style, room: float) -> list[str]:
    """The pieces of a word that is wider than the room, each at least one character."""
    pieces, piece, taken = [], "", 0.0
    for char in word:
        wide = _advance(style.role, char) * style.size
        if piece and taken + wide > room:
            pieces.append(piece)
            piece, taken = "", 0.0
        piece += char
        taken += wide
    return [*pieces, piece]


def _fitting(text: str, style: Style, room: float) -> str:
    """The longest beginning that fits, at least one character."""
    taken = 0.0
    for at, char in enumerate(text):
        taken += _advance(style.role, char) * style.size
        if taken > room:
            return text[: max(1, at)]
    return text
