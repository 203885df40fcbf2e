"""A visit of a day sheet as lines: what stands in each, and how high it is."""

from dataclasses import dataclass, field

from tcf_desktop.domain.day_sheet_print import DaySheet, PrintVisit
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.kit import colour
from tcf_desktop.integrations.pdf.text import Style

INK, MUTED = colour("#1A1E25"), colour("#59616E")

NAME = Style("bold", 11.5, 15.5, INK)
TIME = Style("bold", 10.5, 15.5, INK)
BODY = Style("regular", 10, 13.5, INK)
STRONG = Style("bold", 10, 13.5, INK)
CAPTION = Style("regular", 8.5, 11.5, MUTED)
LABEL = Style("regular", 9, 13.5, MUTED)
CODE = Style("bold", 8.5, 11.5, INK)

_TAG = 62.0  # the column of labels
_QUANTITY = 58.0
_BOX = 8.0
_WRITING = 20.0  # the height of a line to write on
_GAP = 14.0  # between two fields in one line


@dataclass(slots=True)
class Line:
    """One line of a visit. ``pieces``: x from the main column, text, style; ``blanks``: from and to
    of what is written on; ``boxes``: x of a box and whether it is ticked; ``right``: at the right
    edge."""

    height: float
    pieces: list[tuple[float, str, Style]] = field(default_factory=list)
    band: bool = False
    right: str = ""
    blanks: list[tuple[float, float]] = field(default_factory=list)
    boxes: list[tuple[float, bool]] = field(default_factory=list)


class VisitLines:
    """Breaks the texts of visits into lines of ``room`` points."""

    def __init__(self, document: DaySheet, room: float) -> None:
        self._document = document
        self._room = room

    def lines(self, visit: PrintVisit) -> list[Line]:
        """Everything of a visit but what stands at its left."""
        room = self._room
        lines = [_plain(part, NAME) for part in text.wrap(visit.name, NAME, room)]
        lines += [_plain(part, CAPTION) for part in text.wrap(visit.detail, CAPTION, room)]
        lines += self._tagged(visit.facts)
        access = self._tagged((*visit.access, *visit.notes), band=True)
        if access:
            lines += [Line(4), Line(4, band=True), *access, Line(4, band=True), Line(4)]
        if visit.work:
            lines.append(Line(3))
        for work in visit.work:
            lines += self._work(work.quantity, work.name, work.detail, work.price)
        if visit.total:
            total = self._document.total_label
            lines.append(Line(BODY.leading, [(0.0, total, STRONG)], right=visit.total))
        if visit.checklist:
            lines.append(Line(4))
        for what, done in visit.checklist:
            lines += self._check(what, done=done)
        for record in visit.treatments:
            lines += [Line(5), _plain(self._document.treatment_label, STRONG)]
            lines += self._tagged(record)
        if visit.to_fill:
            lines += [Line(5), _plain(self._document.treatment_label, STRONG)]
            lines += [self._fields(row, _WRITING) for row in visit.to_fill]
        if visit.signs:
            share = tuple((label, "") for label in visit.signs)
            lines += [Line(4), self._fields(share, _WRITING + 4, first=0.2)]
        return lines

    def _tagged(self, rows: tuple[tuple[str, str], ...], *, band: bool = False) -> list[Line]:
        inset = 8.0 if band else 0.0
        lines: list[Line] = []
        for label, content in rows:
            wide = max(_TAG, text.width(text.clean(label), LABEL) + 8)
            style = STRONG if label == "Gate code" else BODY
            parts = text.wrap(content, style, self._room - wide - 2 * inset) or [""]
            for number, part in enumerate(parts):
                pieces = [(inset + wide, part, style)]
                if not number:
                    pieces.insert(0, (inset, text.clean(label), LABEL))
                lines.append(Line(style.leading + (1 if band else 0), pieces, band))
        return lines

    def _work(self, quantity: str, name: str, detail: str, price: str) -> list[Line]:
        taken = max(_TAG, text.width(text.clean(quantity), BODY) + 10)
        taken = min(taken, _TAG + _QUANTITY)
        room = self._room - taken - (70 if price else 0)
        parts = text.wrap(name, STRONG, room) or [""]
        shown = text.ellipsis(text.clean(quantity), BODY, taken - 6)
        first = Line(BODY.leading, [(0.0, shown, BODY), (taken, parts[0], STRONG)], right=price)
        lines = [first, *(Line(BODY.leading, [(taken, part, STRONG)]) for part in parts[1:])]
        lines += [
            Line(CAPTION.leading, [(taken, part, CAPTION)])
            for part in text.wrap(detail, CAPTION, room)
        ]
        return lines

    def _check(self, what: str, *, done: bool) -> list[Line]:
        inset = _BOX + 8
        parts = text.wrap(what, BODY, self._room - inset) or [""]
        lines = [Line(BODY.leading + 1.5, [(inset, part, BODY)]) for part in parts]
        lines[0].boxes.append((0.0, done))
        return lines

    def _fields(self, row: tuple[tuple[str, str], ...], height: float, first: float = 0.0) -> Line:
        """Labels side by side, each with what is known or a line to write on; with ``first`` all
        but the last take that share of the width."""
        line = Line(height)
        count = len(row)
        shares = [1 / count] * count if not first else [first] * (count - 1)
        if first:
            shares.append(1 - sum(shares))
        left = 0.0
        for (label, known), share in zip(row, shares, strict=True):
            end = left + share * self._room - (_GAP if label is not row[-1][0] else 0)
            line.pieces.append((left, label, LABEL))
            begin = left + text.width(label, LABEL) + 6
            if known:
                shown = text.ellipsis(text.clean(known), BODY, end - begin)
                line.pieces.append((begin, shown, BODY))
            else:
                line.blanks.append((begin, end))
            left += share * self._room
        return line


def _plain(string: str, style: Style) -> Line:
    return Line(style.leading, [(0.0, string, style)])
